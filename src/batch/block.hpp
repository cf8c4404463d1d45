#pragma once

// One block of records: the planes that a program reads, out of columns.

#include "batch/columns.hpp"

namespace carestep::batch {

class BlockReader {
 public:
  explicit BlockReader(Batch::State const& state);

  /// Which planes to read from now on: `inputs`, of the program, and where they go.
  void plan(std::vector<PlaneInput> const& inputs, std::span<std::uint32_t const> used, std::uint64_t* const* planes);
  /// Makes ready for records [first, first + count), at most a block.
  void open(std::size_t first, std::size_t count);
  /// Whether the variable is known for every record of the block.
  [[nodiscard]] bool complete(std::uint32_t var) const;
  /// Likewise for every record of the batch, whatever its values.
  [[nodiscard]] bool all_told(std::uint32_t var) const { return has(var) && source(var).known == nullptr; }
  /// Reads the planes. Adds the records of which some value is out of range, or that have days in a level at no level,
  /// to `refused`; false where there is none.
  bool read(std::uint64_t* refused);
  /// Adds the first half of what the next block is read from, once this one has been: the passes over this one bring
  /// the second half nearer. Memory can have only so many lines on their way at a time.
  void look_ahead(std::vector<Ahead>& ahead) const;
  /// Reads one plane.
  void read(PlaneInput const& input, std::uint64_t* plane) const;
  /// Adds the records whose value is out of range to the plane; false where there is none.
  bool add_out_of_range(std::uint32_t var, std::uint64_t* plane) const;
  /// Likewise those with days in a level at no level.
  bool add_days_without_level(std::uint64_t* plane) const;

 private:
  /// Planes of one column that are made together.
  struct Group {
    std::uint32_t var = 0;
    PlaneInput::Kind kind = PlaneInput::Kind::bit;
    std::size_t count = 0;
    std::array<std::int64_t, most_tests> numbers{};  // at_least: of the values in memory
    std::array<unsigned, most_tests> bits{};
    std::array<std::uint64_t*, most_tests> planes{};
  };
  /// A plane that is not looked for in a column's values.
  struct Copy {
    PlaneInput input;
    std::uint64_t* plane = nullptr;
  };

  /// Without a previous assessment, `previous X` is X.
  [[nodiscard]] Source const& source(std::uint32_t var) const { return state_.sources[stands_for_[var]]; }
  [[nodiscard]] bool has(std::uint32_t var) const { return source(var).data != nullptr; }
  [[nodiscard]] bool in_range(std::uint32_t var) const;
  /// Whether the plane is copied, not found in values.
  [[nodiscard]] bool is_copied(PlaneInput const& input) const;
  [[nodiscard]] bool goes_with(Group const& group, PlaneInput const& input) const;
  void add_to(Group& group, PlaneInput const& input, std::uint64_t* plane) const;
  [[nodiscard]] Pass pass_of(Group const& group) const;
  void add_unseen();
  /// Takes one pass over the variable's column. Whether every value lies within its bounds.
  [[nodiscard]] bool take(Pass pass, std::uint32_t var) const;
  void copy(Copy const& copy) const;
  [[nodiscard]] void const* values(std::uint32_t var) const;
  void known(std::uint32_t var, std::uint64_t* plane) const;
  void at_least(std::uint32_t var, std::int64_t value, std::uint64_t* plane) const;
  void copy_tail();
  template <class Bad>
  bool add(std::uint64_t* plane, Bad bad) const;

  Batch::State const& state_;
  std::vector<std::uint32_t> stands_for_;
  std::vector<Copy> copies_;
  std::vector<Pass> passes_;         // also one over each column of which no plane is read, for its bounds
  std::vector<std::uint32_t> vars_;  // of each pass
  std::size_t first_ = 0;
  std::size_t count_ = 0;
  std::vector<std::vector<std::uint32_t>> tails_;  // of the last, incomplete block: columns end where they end
};

}  // namespace carestep::batch
