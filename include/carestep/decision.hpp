#pragma once

#include <carestep/assessment.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carestep {

/// A level of one ruleset, least intensive first; or `no_level`, which is below every level.
struct LevelId {
  std::int8_t index = -1;
  friend constexpr auto operator<=>(LevelId, LevelId) = default;
};
inline constexpr LevelId no_level{};

/// A set of levels, and whether `none` belongs to it.
struct LevelSet {
  std::uint64_t bits = 0;
  bool none = false;

  [[nodiscard]] bool contains(LevelId level) const noexcept {
    return level == no_level ? none : ((bits >> static_cast<unsigned>(level.index)) & 1U) != 0;
  }
  friend constexpr bool operator==(LevelSet const&, LevelSet const&) = default;
};

/// Indices into `Ruleset::rules()`, `services()`, `guarantees()`.
struct RuleId {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(RuleId, RuleId) = default;
};
struct ServiceId {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(ServiceId, ServiceId) = default;
};
struct GuaranteeId {
  std::uint32_t index = 0;
  friend constexpr auto operator<=>(GuaranteeId, GuaranteeId) = default;
};

/// A question still to ask: an input, or what it was in the previous assessment.
struct Question {
  InputId input;
  bool previous = false;
  friend constexpr auto operator<=>(Question, Question) = default;
};

enum class DecisionStatus : std::uint8_t { determined, undetermined, refused };

/// In the order in which a provisional decision prefers them.
enum class Move : std::uint8_t { admit, step_up, stay, step_down, discharge, none };

/// In the order in which they are written.
enum class Mark : std::uint8_t {
  not_applicable,
  conflict,
  not_eligible,
  guarantee_broken,
  by_default,
  held,
  off_pathway,
  approximate,
  draft,
};
inline constexpr int mark_count = 9;

struct MarkSet {
  std::uint16_t bits = 0;

  [[nodiscard]] bool contains(Mark mark) const noexcept { return ((bits >> static_cast<unsigned>(mark)) & 1U) != 0; }
  void insert(Mark mark) noexcept { bits = static_cast<std::uint16_t>(bits | (1U << static_cast<unsigned>(mark))); }
  friend constexpr bool operator==(MarkSet, MarkSet) = default;
};

/// The heart of a decision: where to, and how sure.
///
/// Shape    as the fields of the same names of Decision.
/// Threads  a value.
struct BriefDecision {
  DecisionStatus status = DecisionStatus::determined;
  Move move = Move::none;
  LevelId next;
  LevelId indicated;
  MarkSet marks;
  LevelSet possible_next;
  LevelSet possible_indicated;
};

/// What the rules say about one assessment.
///
/// Shape    `determined`: all completions of the unknown answers decide alike. `undetermined`: they do not; then
/// `move`,
///          `next`, `indicated`, `admissible`, `plan`, `marks`, `reassess_on` and `placement` are the provisional
///          decision's (the most intensive next level that is possible), and `ask` names what still matters.
///          `refused`: only `refusals` is filled. Texts are views into the ruleset: keep a copy of it as long as you
///          read them.
/// Source   rule language, "The move" and "What is not known".
/// Threads  a value.
struct Decision : BriefDecision {
  LevelSet admissible;
  /// The pathway, next level first; empty for `stay`, `discharge` and `none`; nothing where completions differ in it.
  std::optional<std::vector<LevelId>> plan;
  std::vector<Question> ask;
  std::vector<RuleId> active;
  std::vector<RuleId> open;
  std::vector<ServiceId> suggest;
  std::vector<std::string_view> alerts;
  std::vector<std::string_view> open_alerts;
  std::vector<std::string_view> notes;
  std::optional<Date> reassess_on;
  std::vector<InputId> assumed;
  std::vector<InputId> stale;
  /// Names of rules that cannot be met together, or of criteria that fail (`admit detox`).
  std::vector<std::string_view> conflict;
  std::vector<GuaranteeId> broken_guarantees;
  std::vector<GuaranteeId> open_guarantees;
  std::optional<LevelId> placement;
  std::vector<ServiceId> lacking;
  std::vector<Refusal> refusals;
};

}  // namespace carestep
