#pragma once

// Memory for the columns and planes of many records.

#include <cstdlib>
#include <cstring>
#include <memory>
#include <new>
#include <span>

#include "baseline/columns.hpp"

namespace bench {

/// Zeroed memory that starts on a page, with room for whole blocks.
template <class T>
class Column {
 public:
  explicit Column(std::size_t count) : bytes_((count * sizeof(T) + page - 1) / page * page) {
    memory_.reset(static_cast<T*>(std::aligned_alloc(page, bytes_)));
    if (!memory_) throw std::bad_alloc();
    std::memset(memory_.get(), 0, bytes_);
  }
  [[nodiscard]] T* data() { return memory_.get(); }
  [[nodiscard]] T const* data() const { return memory_.get(); }
  T& operator[](std::size_t i) { return memory_.get()[i]; }
  T const& operator[](std::size_t i) const { return memory_.get()[i]; }

 private:
  static constexpr std::size_t page = 4096;
  struct Free {
    void operator()(void* memory) const { std::free(memory); }
  };
  std::size_t bytes_;
  std::unique_ptr<T, Free> memory_;
};

/// `count` records (a multiple of block_records) as byte columns; `records` are repeated as often as needed.
class ColumnStore {
 public:
  ColumnStore(std::span<Record const> records, std::size_t count);
  [[nodiscard]] ByteColumns const& columns() const { return columns_; }
  /// Reading everything once: no form over these columns can be faster.
  [[nodiscard]] std::uint64_t sum() const;

  static constexpr std::size_t bytes_a_record = 16;

 private:
  Column<std::uint8_t> narrow_;
  Column<std::uint16_t> wide_;
  ByteColumns columns_;
};

/// Likewise as planes.
class PlaneStore {
 public:
  PlaneStore(std::span<Record const> records, std::size_t count);
  [[nodiscard]] std::uint64_t const* planes() const { return planes_.data(); }
  [[nodiscard]] std::size_t blocks() const { return blocks_; }
  [[nodiscard]] std::uint64_t sum() const;

  static constexpr std::size_t bytes_a_record = input_planes / 8;

 private:
  std::size_t blocks_;
  Column<std::uint64_t> planes_;
};

}  // namespace bench
