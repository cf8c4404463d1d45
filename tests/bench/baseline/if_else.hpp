#pragma once

// The rules of sud-continuum.care by hand, as a programmer would write them into an application: the yardstick of the
// measurements, and the judge of every other form.

#include "workload.hpp"

namespace bench {

/// The least intensive level that every `at least` asks for, and whether an `at most` forbids it.
struct Placement {
  std::uint8_t level = 1;  // of level_names
  bool conflict = false;
  friend bool operator==(Placement, Placement) = default;
};

namespace by_hand {

enum : std::uint8_t { mild = 1, moderate = 2, severe = 3 };  // withdrawal, psychiatric severity
enum : std::uint8_t { stable = 0, monitored = 1, unstable = 2 };
enum : std::uint8_t { passive = 1, active = 2 };
enum : std::uint8_t { neutral_home = 1, unstable_home = 2, unsafe_home = 3 };
enum : std::uint8_t { strong_support = 0, some_support = 1, no_support = 2 };
enum : std::uint8_t { low_relapse = 0, moderate_relapse = 1, high_relapse = 2, imminent_relapse = 3 };
enum : std::uint8_t { action = 0, preparation = 1, contemplation = 2 };
enum : std::uint8_t { outpatient = 1, iop = 2, php = 3, residential = 4, detox = 5 };

inline bool needs_detox(Record const& r) {
  if (r.withdrawal_risk < moderate) return false;
  if (r.withdrawal_risk == severe && (r.biomedical_stability >= monitored || r.days_abstinent <= 5)) return true;
  return r.biomedical_stability == unstable || (r.psychiatric_severity == severe && r.days_abstinent <= 3);
}

inline bool needs_residential(Record const& r) {
  if (r.suicidality == active && r.psychiatric_severity >= moderate) return true;
  if (r.home_environment == unsafe_home && r.days_abstinent < 90 &&
      (r.relapse_risk >= high_relapse || r.social_support == no_support))
    return true;
  if (r.relapse_risk == imminent_relapse && r.social_support != strong_support && r.readiness >= contemplation)
    return true;
  if (r.home_environment >= unstable_home && r.prior_treatment_episodes >= 4 && r.positive_screens_30d >= 6)
    return true;
  if (r.withdrawal_risk == severe && (r.social_support == no_support || r.home_environment >= unstable_home))
    return true;
  return r.current_level == detox && r.days_abstinent < 14 && r.relapse_risk >= high_relapse;
}

inline bool needs_php(Record const& r) {
  if (r.psychiatric_severity == severe && (r.suicidality != 0 || r.social_support != strong_support)) return true;
  if (r.suicidality >= passive && r.psychiatric_severity >= moderate && r.social_support >= some_support) return true;
  if (r.relapse_risk >= high_relapse && r.home_environment >= unstable_home && r.positive_screens_30d >= 3) return true;
  if (r.current_level == residential && r.days_abstinent < 45 &&
      (r.relapse_risk >= high_relapse || r.psychiatric_severity >= moderate))
    return true;
  return r.biomedical_stability == unstable && (r.psychiatric_severity >= mild || r.has_obligations == 0);
}

inline bool needs_iop(Record const& r) {
  if (r.relapse_risk >= high_relapse && (r.days_abstinent < 60 || r.positive_screens_30d >= 1)) return true;
  if (r.psychiatric_severity >= moderate || (r.suicidality == passive && r.social_support != strong_support))
    return true;
  if (r.readiness >= contemplation && r.prior_treatment_episodes >= 2 && r.days_abstinent < 180) return true;
  if (r.current_level == outpatient && r.attendance_rate < 5500 && r.positive_screens_30d >= 2) return true;
  return (r.current_level == php || r.current_level == residential) && r.days_abstinent < 120 &&
         !(r.readiness == action && r.relapse_risk == low_relapse);
}

inline std::uint8_t least_level(Record const& r) {
  if (needs_detox(r)) return detox;
  if (needs_residential(r)) return residential;
  if (needs_php(r)) return php;
  return needs_iop(r) ? iop : outpatient;
}

inline std::uint8_t most_level(Record const& r) {
  if (r.days_abstinent >= 365 && r.relapse_risk == low_relapse && r.withdrawal_risk == 0 &&
      r.positive_screens_30d == 0 && r.psychiatric_severity <= mild)
    return outpatient;
  if (r.has_obligations != 0 && r.attendance_rate >= 8500 && r.social_support == strong_support &&
      r.readiness <= preparation && r.relapse_risk <= moderate_relapse)
    return iop;
  if (r.attendance_rate >= 9200 && r.days_abstinent >= 180 && r.positive_screens_30d == 0 &&
      r.prior_treatment_episodes <= 5)
    return iop;
  if (r.home_environment <= neutral_home && r.suicidality == 0 && r.withdrawal_risk <= mild && r.days_abstinent >= 30)
    return php;
  if (r.withdrawal_risk <= moderate && r.biomedical_stability == stable && r.prior_treatment_episodes <= 1)
    return residential;
  return detox;
}

}  // namespace by_hand

inline Placement place(Record const& record) {
  std::uint8_t const level = by_hand::least_level(record);
  // Nothing lies below the least intensive level, so no `at most` can forbid it.
  return {level, level != by_hand::outpatient && level > by_hand::most_level(record)};
}

// ---- the move, as the language defines it where there are no step lines
// ------------------------------------------------

enum class MoveWord : std::uint8_t { admit, step_up, stay, step_down };

struct HandDecision {
  MoveWord move = MoveWord::stay;
  std::uint8_t next = 0;
  std::uint8_t indicated = 0;
  bool conflict = false;
  friend bool operator==(HandDecision const&, HandDecision const&) = default;
};

/// Nobody is stepped down in a conflict.
inline HandDecision brief_decision(std::uint8_t current, Placement placement) {
  std::uint8_t const level = placement.level;
  if (current == 0) return {MoveWord::admit, level, level, placement.conflict};
  if (level > current) return {MoveWord::step_up, level, level, placement.conflict};
  if (level == current || placement.conflict) return {MoveWord::stay, current, level, placement.conflict};
  return {MoveWord::step_down, level, level, false};
}

inline HandDecision decide(Record const& record) {
  return brief_decision(record.current_level, place(record));
}

}  // namespace bench
