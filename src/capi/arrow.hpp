#pragma once

// Columns by the Arrow C data interface: https://arrow.apache.org/docs/format/CDataInterface.html

#include <carestep/batch.hpp>
#include <carestep/carestep.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace carestep::capi {

/// A schema, array or stream that is ours: released exactly once.
template <class T>
class Taken {
 public:
  Taken() = default;
  /// Moves out of what a caller gave, as the specification says; nothing of null or of what is released already.
  explicit Taken(T* from) noexcept {
    if (from == nullptr || from->release == nullptr) return;
    value_ = *from;
    from->release = nullptr;
  }
  Taken(Taken&& other) noexcept : Taken(&other.value_) {}
  Taken& operator=(Taken&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
  }
  ~Taken() {
    if (value_.release != nullptr) value_.release(&value_);
  }

  [[nodiscard]] bool there() const noexcept { return value_.release != nullptr; }
  [[nodiscard]] T& get() noexcept { return value_; }
  [[nodiscard]] T const& get() const noexcept { return value_; }
  /// Moves it out to a caller.
  void give(T* out) noexcept {
    *out = value_;
    value_.release = nullptr;
  }

 private:
  T value_ = {};
};

/// What the columns of a batch stand in: the arrays as they came, and what had to be written anew.
class Memory {
 public:
  explicit Memory(Taken<ArrowArray> columns) : columns_(std::move(columns)) {}
  [[nodiscard]] ArrowArray const& columns() const noexcept { return columns_.get(); }

  /// Room for elements, all 0, that lives as long as this.
  template <class T>
  T* room(std::size_t count) {
    rooms_.push_back(std::make_unique<std::uint64_t[]>((count * sizeof(T) + 7) / 8));
    return reinterpret_cast<T*>(rooms_.back().get());
  }

 private:
  Taken<ArrowArray> columns_;
  std::vector<std::unique_ptr<std::uint64_t[]>> rooms_;
};

/// The type of a column, out of its format string.
struct Layout {
  enum class Kind : std::uint8_t { other, nothing, bits, integer, decimal, text, days, milliseconds, list };

  Kind kind = Kind::other;
  int bytes = 0;  // of a number; of a text's or list's offsets
  bool is_signed = true;
  int decimals = 0;
};
Layout layout_of(std::string_view format) noexcept;

/// One column, with the offsets of what it stands in added up.
struct View {
  ArrowSchema const* schema = nullptr;
  ArrowArray const* array = nullptr;
  std::size_t first = 0;
  std::size_t size = 0;
  std::uint8_t const* known = nullptr;  // a bit a record of `size`, or null

  [[nodiscard]] Layout layout() const noexcept { return layout_of(schema->format); }
  [[nodiscard]] void const* buffer(int number) const noexcept {
    return number < array->n_buffers ? array->buffers[number] : nullptr;
  }
  [[nodiscard]] bool knows(std::size_t record) const noexcept {
    return known == nullptr || (known[record / 8] >> (record % 8) & 1) != 0;
  }
};

/// Whether an array has the parts that its schema speaks of.
bool is_whole(ArrowSchema const& schema, ArrowArray const& array) noexcept;
/// The column of a struct array, or the items of a list; `of` says which elements.
View child_view(View const& of, std::int64_t child, Memory& memory);

/// What is wrong with a column, without its path.
struct Misfit {
  std::string code;
  std::string message;
};
/// A column as a batch takes it; `column` is untouched where it does not fit. Nothing where it knows nothing.
std::optional<Misfit> column_of(InputInfo const& input, View const& view, Memory& memory,
                                std::optional<Column>& column);

/// Sets the columns of a struct array in a batch.
std::optional<Refusal> set_columns(Ruleset const& rules, ArrowSchema const& schema, Memory& memory, Batch& batch);

/// The decisions of a batch as a struct array. `active`: with a struct of rules.
Taken<ArrowSchema> schema_of_decisions(Ruleset const& rules, bool active);
struct DecisionLists;
std::shared_ptr<DecisionLists> lists_for(Ruleset const& rules, std::size_t size, bool active);
BatchDecisions places_in(DecisionLists& lists);
Taken<ArrowArray> array_of_decisions(Ruleset const& rules, std::shared_ptr<DecisionLists> lists, std::size_t refused);

}  // namespace carestep::capi
