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
  /// One plane of a variable each, as many passes over its column as it takes; whether no value seen on the way was out
  /// of range (where nothing was looked at, none was).
  bool read(std::uint32_t var, std::span<PlaneInput const* const> inputs, std::span<std::uint64_t* const> planes) const;
  [[nodiscard]] bool in_range(std::uint32_t var) const;
  /// Whether no value of the column's type is too low.
  [[nodiscard]] bool never_low(std::uint32_t var) const;
  /// Adds the records whose value is out of range to the plane; false where there is none.
  bool add_out_of_range(std::uint32_t var, std::uint64_t* plane) const;
  /// Likewise those with days in a level at no level.
  bool add_days_without_level(std::uint64_t* plane) const;
  [[nodiscard]] bool has(std::uint32_t var) const { return source(var).data != nullptr; }

 private:
  /// Without a previous assessment, `previous X` is X.
  [[nodiscard]] Source const& source(std::uint32_t var) const { return state_.sources[stands_for_[var]]; }
  [[nodiscard]] void const* values(std::uint32_t var) const;
  void known(std::uint32_t var, std::uint64_t* plane) const;
  void at_least(std::uint32_t var, std::int64_t value, std::uint64_t* plane) const;
  void copy_tail();
  template <class Bad>
  bool add(std::uint64_t* plane, Bad bad) const;

  Batch::State const& state_;
  std::vector<std::uint32_t> stands_for_;
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::vector<std::vector<std::uint32_t>> tails_;  // of the last, incomplete block: columns end where they end
};

}  // namespace carestep::batch
