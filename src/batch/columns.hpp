#pragma once

// The answers of a batch in memory: columns as the caller has them, or planes in the library's own form.

#include <carestep/batch.hpp>

#include <memory>
#include <new>
#include <vector>

#include "batch/kernels.hpp"
#include "batch/planes.hpp"
#include "program/program.hpp"

namespace carestep::batch {

/// Memory for planes begins where a vector of any machine may be loaded, and may be read a little past its end.
template <class T>
struct PlaneAllocator {
  using value_type = T;
  static constexpr std::align_val_t alignment{128};

  PlaneAllocator() = default;
  template <class U>
  PlaneAllocator(PlaneAllocator<U> const&) {}
  T* allocate(std::size_t count) { return static_cast<T*>(::operator new(count * sizeof(T) + 128, alignment)); }
  void deallocate(T* memory, std::size_t) { ::operator delete(memory, alignment); }
  friend bool operator==(PlaneAllocator, PlaneAllocator) { return true; }
};
using PlaneWords = std::vector<std::uint64_t, PlaneAllocator<std::uint64_t>>;

/// One variable's column; code = value - offset.
struct Source {
  Raw raw = Raw::u8;
  void const* data = nullptr;  // null: unknown for everybody
  std::uint8_t const* known = nullptr;
  std::int64_t offset = 0;
  std::int64_t least = 0;  // of the values in memory
  std::int64_t most = 0;
  bool is_member = false;  // of a set: code = bit number `bit` of the value
  unsigned bit = 0;
};

/// One block of planes after the other.
struct Packed {
  struct Place {
    std::uint32_t first = 0;  // plane of the block; behind its bits stands the plane of who is known
    bool read = false;
  };
  std::vector<Place> places;  // per variable
  std::uint32_t planes = 0;   // of a block; the first says who is refused
  PlaneWords words;
  std::vector<std::uint8_t> complete;  // per block: all that is read is known, and nothing refused

  [[nodiscard]] std::uint64_t const* plane(std::size_t block, std::uint32_t number) const {
    return words.data() + (block * planes + number) * block_words;
  }
};

/// The code of a record's variable in a column; unknown_code where it is unknown.
std::int64_t code_at(Source const& source, std::size_t record);

std::shared_ptr<Batch::State> make_state(std::shared_ptr<program::Program const> program, Programs const& programs,
                                         std::shared_ptr<void const> keeps, std::size_t size, Date date);

}  // namespace carestep::batch

namespace carestep {

struct Batch::State {
  std::shared_ptr<program::Program const> program;
  batch::Programs const* programs = nullptr;  // belongs to the ruleset, which `keeps` holds
  std::shared_ptr<void const> keeps;
  std::size_t size = 0;
  Date date;
  Assessment::Previous previous = Assessment::Previous::unknown;

  std::vector<batch::Source> sources;  // per variable
  std::vector<std::shared_ptr<void const>> owned;
  std::shared_ptr<batch::Packed const> packed;

  // Of a batch that was collected one by one, where they differ from the rest.
  std::vector<Assessment::Previous> previous_of;
  std::vector<std::uint64_t> unavailable_of;
  std::vector<std::vector<std::int32_t>> codes_of;  // per variable, until it is packed
};

}  // namespace carestep
