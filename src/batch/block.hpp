#pragma once

// One block of records: the planes that a program reads, out of columns.

#include "batch/columns.hpp"

namespace carestep::batch {

class BlockReader {
 public:
  explicit BlockReader(Batch::State const& state);

  /// Makes ready for records [first, first + count), at most a block.
  void open(std::size_t first, std::size_t count);
  /// Whether the variable is known for every record of the block.
  [[nodiscard]] bool complete(std::uint32_t var) const;
  void read(PlaneInput const& input, std::uint64_t* plane) const;
  /// Marks the records with a value out of range, or with days in a level at no level; false where there is none.
  bool find_refused(std::uint64_t* plane) const;
  [[nodiscard]] bool has(std::uint32_t var) const { return source(var).data != nullptr; }

 private:
  /// Without a previous assessment, `previous X` is X.
  [[nodiscard]] Source const& source(std::uint32_t var) const { return state_.sources[stands_for_[var]]; }
  [[nodiscard]] void const* values(std::uint32_t var) const;
  void known(std::uint32_t var, std::uint64_t* plane) const;
  void copy_tail();

  Batch::State const& state_;
  std::vector<std::uint32_t> stands_for_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::vector<std::vector<std::uint32_t>> tails_;  // of the last, incomplete block: columns end where they end
};

}  // namespace carestep::batch
