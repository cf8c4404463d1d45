#pragma once

// The records that the planes of a block leave open, settled together: each is repeated for every completion of its
// unknown answers, all of these are decided at once by the exact circuit, and what they have in common is the decision.

#include <optional>

#include "batch/memory.hpp"

namespace carestep::batch {

/// What is wanted of each completion: everything that tells one from another.
Wanted wanted_of_completions(Wanted wanted);

/// Records repeated for their completions, until there is a block of them.
///
/// Errors   what does not fit (many completions, assumptions, nothing that is possible) is left to be settled singly.
class Completions {
 public:
  Completions(Batch::State const& state, Wanted wanted);

  struct Settled {
    std::size_t record = 0;
    bool possible = true;  // otherwise no completion is: it is settled singly
    BriefDecision brief;   // but for the possible levels
    std::vector<RuleId> active;
  };

  /// The planes of the block that the next records come from.
  void open(Programs::Compiled const& kleene, Memory const& memory);
  /// Adds record `place` of the block; false where it has to be settled singly. `days_there`: it is known to have days
  /// in a level. `settled(Settled const&)` takes what had to make room.
  template <class Take>
  [[nodiscard]] bool add(std::size_t place, std::size_t record, bool no_previous, bool days_there, Take settled) {
    std::size_t const count = count_completions(place, no_previous, days_there);
    if (count == 0 || count > block_records) return false;
    if (filled_ + count > block_records) flush(settled);
    repeat(place, count);
    records_.push_back({record, filled_, filled_ += count});
    return true;
  }
  template <class Take>
  void flush(Take settled) {
    if (records_.empty()) return;
    decide();
    for (Repeated const& one : records_) {
      sum_up(one);
      settled(settled_);
    }
    records_.clear();
    filled_ = 0;
  }
  [[nodiscard]] bool level_unknown(std::size_t place) const;

 private:
  /// A variable, or one and what it was in a previous assessment that never was: the bytes of a row that say it.
  struct Variable {
    std::uint32_t choices = 0;  // cells; 0 where there are too many
    std::uint32_t first_byte = 0;
    std::vector<std::uint8_t> clear;   // per byte: the bits of the rest of the row
    std::vector<std::uint8_t> choose;  // `stride()` a byte: the bits of each choice
    [[nodiscard]] std::size_t bytes() const { return clear.size(); }
    [[nodiscard]] std::size_t stride() const { return (choices + 15U) / 16U * 16U; }
  };
  struct Known {
    std::uint32_t var = 0;
    bool assumable = false;
    std::optional<std::uint32_t> present;  // of a previous answer: the place of the present one in the list
    Variable alone;
    Variable with_previous;  // choices are 0 where the previous answer is not read
  };
  struct Open {
    Variable const* variable = nullptr;
    std::uint32_t first = 0;  // of the choices
  };
  struct Repeated {
    std::size_t record = 0;
    std::size_t first = 0;
    std::size_t last = 0;
  };
  /// The least and the greatest rank, and the marks of those with the greatest.
  struct Common {
    unsigned least = 0;
    unsigned most = 0;
    unsigned marks = 0;
  };

  void lay_out();
  void find_planes(Programs::Compiled const& kleene);
  Variable variable_of(std::vector<std::uint32_t> const& vars) const;
  [[nodiscard]] bool bit_of(PlaneInput const& input, std::uint32_t choice) const;
  [[nodiscard]] std::uint32_t choices_of(std::uint32_t var) const;
  std::size_t count_completions(std::size_t place, bool no_previous, bool days_there);
  void repeat(std::size_t place, std::size_t count);
  void repeat_byte(std::uint8_t* out, std::uint32_t byte, std::uint8_t base, std::size_t count) const;
  /// The next bits of a byte of the rows.
  [[nodiscard]] Pass row_pass(std::size_t byte, std::size_t first) const;
  void decide();
  void read_outputs();
  void compare();
  [[nodiscard]] Common common_of(Repeated const& one) const;
  void sum_up(Repeated const& one);

  Batch::State const& state_;
  Wanted wanted_;
  Form form_;
  Programs::Compiled const* exact_ = nullptr;
  Programs::Compiled const* kleene_ = nullptr;
  std::vector<std::uint32_t> row_;           // the inputs of `exact_`, bit by bit
  std::vector<std::uint32_t> row_planes_;    // where they stand among the inputs of `kleene_`
  std::vector<std::uint32_t> known_planes_;  // likewise who is known, of `known_`
  std::vector<Known> known_;
  std::vector<std::vector<std::uint8_t>> base_;         // of the block at hand: its rows, a list a byte
  std::vector<std::vector<std::uint8_t>> known_bytes_;  // likewise: a bit for each of `known_`
  std::vector<Open> unknown_;                           // of the record at hand
  std::vector<std::vector<std::uint8_t>> rows_;         // of the completions
  std::vector<Pass> row_passes_;                        // the planes out of them
  std::vector<Repeated> records_;
  std::size_t filled_ = 0;
  Memory memory_;
  std::vector<std::uint16_t> record_;  // of each completion: its number among `records_`
  std::vector<std::uint16_t> rank_;
  std::vector<std::uint16_t> marks_;
  // Of each completion and the next ones of its record:
  std::vector<std::uint16_t> least_;
  std::vector<std::uint16_t> most_;
  std::vector<std::uint16_t> common_marks_;
  std::vector<std::vector<std::uint8_t>> shared_;  // a bit for each guarantee that is broken, then for each active rule
  Settled settled_;
};

}  // namespace carestep::batch
