#pragma once

// The decisions of one block, out of planes.

#include "batch/memory.hpp"

namespace carestep::batch {

Wanted wanted_by(BatchDecisions const& into);

class BlockWriter {
 public:
  BlockWriter(Batch::State const& state, BatchDecisions const& into)
      : state_(state), into_(into), wanted_(wanted_by(into)) {}

  /// Adds where `write` writes them, but for the active rules.
  void look_ahead(std::size_t first, std::size_t count, std::vector<Ahead>& ahead) const;
  /// Writes what is wanted of records [first, first + count), as if all were determined.
  void write(Programs::Compiled const& compiled, Memory const& memory, std::size_t first, std::size_t count);
  /// Writes one record's decision; without its active rules, but that a refused record has none.
  void put(std::size_t record, BriefDecision const& brief);
  void put_active(std::size_t record, std::vector<RuleId> const& active);

 private:
  template <class T, class Number>
  void write_numbers(Digits const& digits, std::span<Number> out, std::size_t first, std::size_t count);
  void write_active(Programs::Compiled const& compiled, Memory const& memory, std::size_t first, std::size_t count);

  Batch::State const& state_;
  BatchDecisions const& into_;
  Wanted wanted_;
  std::array<std::uint16_t, block_records> numbers_{};  // of the last, incomplete block
};

}  // namespace carestep::batch
