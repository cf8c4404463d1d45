#include "baseline/rule_bitmaps.hpp"

#include <initializer_list>

#include "baseline/place_all.hpp"

namespace bench {
namespace {

enum Field : std::uint8_t {
  withdrawal,
  biomedical,
  psychiatric,
  suicidal,
  home,
  support,
  relapse,
  ready,
  abstinent,
  episodes,
  attended,
  screens,
  obliged,
  level
};
constexpr unsigned top = 4000;

/// `low` to `high` of one input; attendance as the number of the stretch that the thresholds cut out.
struct Stretch {
  Field field;
  unsigned low;
  unsigned high;
};
struct Alternative {
  std::uint8_t level;
  std::initializer_list<Stretch> stretches;
};

using namespace by_hand;

// The most intensive level first: the lowest standing bit is the level asked for.
constexpr std::initializer_list<Alternative> at_least = {
    {detox, {{withdrawal, severe, severe}, {biomedical, monitored, top}}},
    {detox, {{withdrawal, severe, severe}, {abstinent, 0, 5}}},
    {detox, {{withdrawal, moderate, top}, {biomedical, unstable, unstable}}},
    {detox, {{withdrawal, moderate, top}, {psychiatric, severe, severe}, {abstinent, 0, 3}}},
    {residential, {{suicidal, active, active}, {psychiatric, moderate, top}}},
    {residential, {{home, unsafe_home, top}, {relapse, high_relapse, top}, {abstinent, 0, 89}}},
    {residential, {{home, unsafe_home, top}, {support, no_support, top}, {abstinent, 0, 89}}},
    {residential, {{relapse, imminent_relapse, top}, {support, some_support, top}, {ready, contemplation, top}}},
    {residential, {{episodes, 4, top}, {screens, 6, top}, {home, unstable_home, top}}},
    {residential, {{withdrawal, severe, severe}, {support, no_support, top}}},
    {residential, {{withdrawal, severe, severe}, {home, unstable_home, top}}},
    {residential, {{level, detox, detox}, {abstinent, 0, 13}, {relapse, high_relapse, top}}},
    {php, {{psychiatric, severe, severe}, {suicidal, passive, top}}},
    {php, {{psychiatric, severe, severe}, {support, some_support, top}}},
    {php, {{suicidal, passive, top}, {psychiatric, moderate, top}, {support, some_support, top}}},
    {php, {{relapse, high_relapse, top}, {home, unstable_home, top}, {screens, 3, top}}},
    {php, {{level, residential, residential}, {abstinent, 0, 44}, {relapse, high_relapse, top}}},
    {php, {{level, residential, residential}, {abstinent, 0, 44}, {psychiatric, moderate, top}}},
    {php, {{biomedical, unstable, unstable}, {psychiatric, mild, top}}},
    {php, {{biomedical, unstable, unstable}, {obliged, 0, 0}}},
    {iop, {{relapse, high_relapse, top}, {abstinent, 0, 59}}},
    {iop, {{relapse, high_relapse, top}, {screens, 1, top}}},
    {iop, {{ready, contemplation, top}, {episodes, 2, top}, {abstinent, 0, 179}}},
    {iop, {{level, outpatient, outpatient}, {attended, 0, 0}, {screens, 2, top}}},
    {iop, {{psychiatric, moderate, top}}},
    {iop, {{suicidal, passive, passive}, {support, some_support, top}}},
    {iop, {{level, php, residential}, {abstinent, 0, 119}, {ready, preparation, top}}},
    {iop, {{level, php, residential}, {abstinent, 0, 119}, {relapse, moderate_relapse, top}}},
};
// The least intensive level first.
constexpr std::initializer_list<Alternative> at_most = {
    {outpatient, {{abstinent, 365, top}, {relapse, 0, 0}, {withdrawal, 0, 0}, {screens, 0, 0}, {psychiatric, 0, mild}}},
    {iop,
     {{obliged, 1, 1}, {attended, 2, 3}, {support, 0, 0}, {ready, 0, preparation}, {relapse, 0, moderate_relapse}}},
    {iop, {{attended, 3, 3}, {abstinent, 180, top}, {screens, 0, 0}, {episodes, 0, 5}}},
    {php, {{home, 0, neutral_home}, {suicidal, 0, 0}, {withdrawal, 0, mild}, {abstinent, 30, top}}},
    {residential, {{withdrawal, 0, moderate}, {biomedical, 0, 0}, {episodes, 0, 1}}},
};

unsigned table_size(Field field) {
  return field == abstinent ? 3651 : field == attended ? 4 : 32;
}

}  // namespace

std::uint64_t* RuleBitmaps::table(std::size_t input) {
  if (input == abstinent) return days_.data();
  if (input == attended) return attendance_.data();
  return small_[input].data();
}

RuleBitmaps::RuleBitmaps() {
  std::uint64_t used = 0;
  for (std::size_t input = 0; input < input_count; ++input)
    for (unsigned value = 0; value < table_size(Field(input)); ++value) table(input)[value] = ~0ULL;
  auto const add = [&](Alternative const& alternative, unsigned bit) {
    used |= 1ULL << bit;
    for (Stretch const& s : alternative.stretches)
      for (unsigned value = 0; value < table_size(s.field); ++value)
        if (value < s.low || value > s.high) table(s.field)[value] &= ~(1ULL << bit);
  };
  least_.fill(outpatient);
  most_.fill(detox);
  unsigned bit = 0;
  for (Alternative const& alternative : at_least) {
    least_[bit] = alternative.level;
    add(alternative, bit++);
  }
  bit = 0;
  for (Alternative const& alternative : at_most) {
    most_[bit] = alternative.level;
    add(alternative, most_first + bit++);
  }
  for (std::uint64_t& standing : days_) standing &= used;
}

void place_all_bitmaps(RuleBitmaps const& bitmaps, std::span<Record const> records, Placement* out) {
  for (std::size_t i = 0; i < records.size(); ++i) out[i] = bitmaps.place(records[i]);
}

}  // namespace bench
