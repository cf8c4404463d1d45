// Which columns fit which inputs. What the batch takes natively stays where it is; the rest is written anew.

#include <carestep/ruleset.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <limits>
#include <unordered_map>

#include "arrow.hpp"

namespace carestep::capi {

// ---- layouts --------------------------------------------------------------------------------------------------------

namespace {

using Kind = Layout::Kind;

/// `d:9,2` or `d:9,2,32`.
Layout decimal_layout(std::string_view format) noexcept {
  std::array<int, 3> numbers{0, 0, 128};
  char const* at = format.data() + 2;
  char const* const end = format.data() + format.size();
  std::size_t count = 0;
  while (count < 3) {
    auto const [behind, error] = std::from_chars(at, end, numbers[count++]);
    if (error != std::errc()) return {};
    at = behind;
    if (at == end || *at != ',') break;
    ++at;
  }
  int const bits = numbers[2];
  if (at != end || count < 2 || (bits != 32 && bits != 64 && bits != 128)) return {};
  return {Kind::decimal, bits / 8, true, numbers[1]};
}

}  // namespace

Layout layout_of(std::string_view format) noexcept {
  if (format.starts_with("d:")) return decimal_layout(format);
  static constexpr std::array<std::pair<std::string_view, Layout>, 16> plain{{
      {"n", {Kind::nothing, 0, false, 0}},
      {"b", {Kind::bits, 0, false, 0}},
      {"c", {Kind::integer, 1, true, 0}},
      {"C", {Kind::integer, 1, false, 0}},
      {"s", {Kind::integer, 2, true, 0}},
      {"S", {Kind::integer, 2, false, 0}},
      {"i", {Kind::integer, 4, true, 0}},
      {"I", {Kind::integer, 4, false, 0}},
      {"l", {Kind::integer, 8, true, 0}},
      {"L", {Kind::integer, 8, false, 0}},
      {"u", {Kind::text, 4, true, 0}},
      {"U", {Kind::text, 8, true, 0}},
      {"tdD", {Kind::days, 4, true, 0}},
      {"tdm", {Kind::milliseconds, 8, true, 0}},
      {"+l", {Kind::list, 4, true, 0}},
      {"+L", {Kind::list, 8, true, 0}},
  }};
  for (auto const& [name, layout] : plain)
    if (name == format) return layout;
  return {};
}

namespace {

// ---- reading elements -----------------------------------------------------------------------------------------------

__extension__ using Wide = __int128;

template <class T>
T element(void const* data, std::size_t at) noexcept {
  T value;
  std::memcpy(&value, static_cast<T const*>(data) + at, sizeof(T));
  return value;
}

/// A number of any width, of `view.buffer(1)`.
Wide number_at(void const* data, Layout const& layout, std::size_t at) noexcept {
  switch (layout.bytes) {
    case 1:
      return layout.is_signed ? Wide{element<std::int8_t>(data, at)} : Wide{element<std::uint8_t>(data, at)};
    case 2:
      return layout.is_signed ? Wide{element<std::int16_t>(data, at)} : Wide{element<std::uint16_t>(data, at)};
    case 4:
      return layout.is_signed ? Wide{element<std::int32_t>(data, at)} : Wide{element<std::uint32_t>(data, at)};
    case 8:
      return layout.is_signed ? Wide{element<std::int64_t>(data, at)} : Wide{element<std::uint64_t>(data, at)};
    default:
      return element<Wide>(data, at);
  }
}

/// Where an element of a text or list begins and ends; nothing where the offsets are none.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};
std::optional<Stretch> stretch_at(View const& view, int bytes, std::size_t at) noexcept {
  Layout const offsets{Kind::integer, bytes, true, 0};
  void const* const data = view.buffer(1);
  if (data == nullptr) return std::nullopt;
  Wide const begin = number_at(data, offsets, view.first + at);
  Wide const end = number_at(data, offsets, view.first + at + 1);
  if (begin < 0 || end < begin) return std::nullopt;
  return Stretch{static_cast<std::size_t>(begin), static_cast<std::size_t>(end)};
}

std::optional<std::string_view> text_at(View const& view, Layout const& layout, std::size_t at) noexcept {
  auto const stretch = stretch_at(view, layout.bytes, at);
  if (!stretch) return std::nullopt;
  if (stretch->begin == stretch->end) return std::string_view();
  auto const* const bytes = static_cast<char const*>(view.buffer(2));
  if (bytes == nullptr) return std::nullopt;
  return std::string_view(bytes + stretch->begin, stretch->end - stretch->begin);
}

// ---- names ----------------------------------------------------------------------------------------------------------

constexpr int no_place = -1;
constexpr int null_place = -2;

/// Names of values to their places in the input.
class Places {
 public:
  explicit Places(InputInfo const& input) {
    for (std::string const& name : input.values) places_.emplace(name, static_cast<int>(places_.size()));
  }
  [[nodiscard]] int of(std::optional<std::string_view> name) const {
    if (!name) return no_place;
    auto const found = places_.find(*name);
    return found == places_.end() ? no_place : found->second;
  }

 private:
  std::unordered_map<std::string_view, int> places_;
};

/// A column of names, whether in a dictionary or written out.
class Names {
 public:
  /// Nothing where it is no column of names.
  static std::optional<Names> make(InputInfo const& input, View const& view, Memory& memory) {
    Names names(view, Places(input));
    if (view.schema->dictionary == nullptr)
      return names.layout_.kind == Kind::text ? std::optional(std::move(names)) : std::nullopt;
    if (names.layout_.kind != Kind::integer || view.array->dictionary == nullptr) return std::nullopt;
    if (!is_whole(*view.schema->dictionary, *view.array->dictionary)) return std::nullopt;
    View const dictionary = dictionary_of(view, memory);
    if (dictionary.layout().kind != Kind::text) return std::nullopt;
    for (std::size_t i = 0; i < dictionary.size; ++i)
      names.dictionary_.push_back(dictionary.knows(i) ? names.places_.of(text_at(dictionary, dictionary.layout(), i))
                                                      : null_place);
    return names;
  }

  /// Whether a record's number in memory is its place already.
  [[nodiscard]] bool native(std::size_t values) const {
    if (view_.schema->dictionary == nullptr || layout_.bytes != 1 || dictionary_.size() > values) return false;
    for (std::size_t i = 0; i < dictionary_.size(); ++i)
      if (dictionary_[i] != static_cast<int>(i)) return false;
    return true;
  }

  /// The place of a record's name, no_place or null_place.
  [[nodiscard]] int at(std::size_t record) const {
    if (view_.schema->dictionary == nullptr) return places_.of(text_at(view_, layout_, record));
    Wide const number = number_at(view_.buffer(1), layout_, view_.first + record);
    return number < 0 || number >= static_cast<Wide>(dictionary_.size())
               ? no_place
               : dictionary_[static_cast<std::size_t>(number)];
  }

 private:
  Names(View const& view, Places places) : view_(view), layout_(view.layout()), places_(std::move(places)) {}

  static View dictionary_of(View const& view, Memory& memory) {
    ArrowArray const& array = *view.array->dictionary;
    View whole{view.schema->dictionary, &array, static_cast<std::size_t>(array.offset),
               static_cast<std::size_t>(array.length), nullptr};
    if (array.null_count != 0 && whole.buffer(0) != nullptr) {
      auto* const known = memory.room<std::uint8_t>((whole.size + 7) / 8);
      auto const* const bits = static_cast<std::uint8_t const*>(whole.buffer(0));
      for (std::size_t i = 0; i < whole.size; ++i)
        known[i / 8] = static_cast<std::uint8_t>(
            known[i / 8] | (bits[(whole.first + i) / 8] >> ((whole.first + i) % 8) & 1) << (i % 8));
      whole.known = known;
    }
    return whole;
  }

  View view_;
  Layout layout_;
  Places places_;
  std::vector<int> dictionary_;
};

// ---- the kinds of inputs --------------------------------------------------------------------------------------------

Misfit wrong_type(std::string expected) {
  return {"E0602", "expected " + std::move(expected)};
}

/// Takes away who is known where the names are null.
std::uint8_t const* known_but(View const& view, std::vector<std::size_t> const& nulls, Memory& memory) {
  if (nulls.empty()) return view.known;
  auto* const known = memory.room<std::uint8_t>((view.size + 7) / 8);
  std::fill_n(known, (view.size + 7) / 8, std::uint8_t{0xff});
  if (view.known != nullptr) std::copy_n(view.known, (view.size + 7) / 8, known);
  for (std::size_t const record : nulls)
    known[record / 8] = static_cast<std::uint8_t>(known[record / 8] & ~(1U << (record % 8)));
  return known;
}

std::optional<Misfit> values_column(InputInfo const& input, View const& view, Memory& memory,
                                    std::optional<Column>& column) {
  constexpr std::uint8_t no_value = 0xff;  // behind every input's values: the record is refused
  auto const names = Names::make(input, view, memory);
  if (!names || input.values.size() >= no_value) return wrong_type("names, as utf8 or in a dictionary of utf8");
  if (names->native(input.values.size())) {
    auto const* const places = static_cast<std::uint8_t const*>(view.buffer(1)) + view.first;
    column = Column::values({places, view.size}, view.known);
    return std::nullopt;
  }
  auto* const places = memory.room<std::uint8_t>(view.size);
  std::vector<std::size_t> nulls;
  for (std::size_t i = 0; i < view.size; ++i) {
    if (!view.knows(i)) continue;
    int const place = names->at(i);
    if (place == null_place) nulls.push_back(i);
    places[i] = place < 0 ? no_value : static_cast<std::uint8_t>(place);
  }
  column = Column::values({places, view.size}, known_but(view, nulls, memory));
  return std::nullopt;
}

/// The bits of a bitmap from one of them on: the bitmap itself where that begins a byte.
std::uint8_t const* bits_from(void const* bitmap, std::size_t first, std::size_t size, Memory& memory) {
  auto const* const bytes = static_cast<std::uint8_t const*>(bitmap) + first / 8;
  unsigned const shift = first % 8;
  if (shift == 0) return bytes;
  std::size_t const count = (size + 7) / 8;
  auto* const moved = memory.room<std::uint8_t>(count);
  std::size_t const there = (shift + size + 7) / 8;
  for (std::size_t i = 0; i < count; ++i) {
    unsigned const next = i + 1 < there ? bytes[i + 1] : 0U;
    moved[i] = static_cast<std::uint8_t>(bytes[i] >> shift | next << (8 - shift));
  }
  return moved;
}

std::optional<Misfit> yes_no_column(View const& view, Memory& memory, std::optional<Column>& column) {
  if (view.layout().kind != Kind::bits) return wrong_type("bool");
  column = Column::yes_no(bits_from(view.buffer(1), view.first, view.size, memory), view.size, view.known);
  return std::nullopt;
}

Column::Type type_of(Layout const& layout) {
  if (layout.bytes == 1) return layout.is_signed ? Column::Type::i8 : Column::Type::u8;
  if (layout.bytes == 2) return layout.is_signed ? Column::Type::i16 : Column::Type::u16;
  return layout.is_signed ? Column::Type::i32 : Column::Type::u32;
}

Column as_it_stands(Column::Kind kind, View const& view, Layout const& layout) {
  Column column;
  column.kind = kind;
  column.type = type_of(layout);
  column.data = static_cast<char const*>(view.buffer(1)) + view.first * static_cast<std::size_t>(layout.bytes);
  column.size = view.size;
  column.known = view.known;
  column.decimals = layout.decimals;
  return column;
}

std::int64_t power_of_ten(int exponent) {
  std::int64_t power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

std::optional<Misfit> numbers_column(InputInfo const& input, View const& view, Memory& memory,
                                     std::optional<Column>& column) {
  Layout const layout = view.layout();
  bool const number = layout.kind == Kind::integer || layout.kind == Kind::decimal;
  if (!number || view.schema->dictionary != nullptr) return wrong_type("integers or decimals");
  if (layout.decimals < 0 || layout.decimals > 8)
    return wrong_type("decimals with at most eight digits behind the point");
  if (layout.bytes <= 4) {
    column = as_it_stands(Column::Kind::numbers, view, layout);
    return std::nullopt;
  }
  // Wider ones are written anew with 32 bits, if all that the input takes fits in them with one to spare.
  using Limits = std::numeric_limits<std::int32_t>;
  std::int64_t const unit = Decimal::one / power_of_ten(layout.decimals);
  bool const fits = input.low.scaled / unit > Limits::min() && input.high.scaled / unit < Limits::max();
  if (!fits) return wrong_type("numbers of at most 32 bits");
  auto* const numbers = memory.room<std::int32_t>(view.size);
  for (std::size_t i = 0; i < view.size; ++i) {
    Wide const value = view.knows(i) ? number_at(view.buffer(1), layout, view.first + i) : Wide{0};
    bool const small = value >= Limits::min() && value <= Limits::max();
    numbers[i] = small ? static_cast<std::int32_t>(value) : Limits::max();  // above the highest: the record is refused
  }
  column = Column::numbers(std::span<std::int32_t const>(numbers, view.size), layout.decimals, view.known);
  return std::nullopt;
}

/// No day that a batch knows: the record is refused.
constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::max();

std::int32_t day_of_milliseconds(std::int64_t value) {
  constexpr std::int64_t of_a_day = 86'400'000;
  if (value % of_a_day != 0) return no_day;
  std::int64_t const day = value / of_a_day;
  bool const fits = day > std::numeric_limits<std::int32_t>::min() && day < no_day;
  return fits ? static_cast<std::int32_t>(day) : no_day;
}

std::int32_t day_of_text(std::optional<std::string_view> text) {
  if (text == "never") return Column::never;
  auto const day = text ? parse_date(*text) : std::nullopt;
  return day ? day->days : no_day;
}

std::optional<Misfit> days_column(View const& view, Memory& memory, std::optional<Column>& column) {
  Layout const layout = view.layout();
  if (view.schema->dictionary != nullptr) return wrong_type("date32, date64 or utf8");
  switch (layout.kind) {
    case Kind::days:
      column = as_it_stands(Column::Kind::days, view, layout);
      return std::nullopt;
    case Kind::milliseconds:
    case Kind::text:
      break;
    default:
      return wrong_type("date32, date64 or utf8");
  }
  auto* const days = memory.room<std::int32_t>(view.size);
  for (std::size_t i = 0; i < view.size; ++i) {
    if (!view.knows(i)) continue;
    days[i] = layout.kind == Kind::text ? day_of_text(text_at(view, layout, i))
                                        : day_of_milliseconds(element<std::int64_t>(view.buffer(1), view.first + i));
  }
  column = Column::days({days, view.size}, view.known);
  return std::nullopt;
}

/// The members that a list names as bits; nothing for what is no list of members, each once.
std::optional<std::uint32_t> members_at(View const& view, Names const& names, View const& items, std::size_t record) {
  auto const stretch = stretch_at(view, view.layout().bytes, record);
  if (!stretch || stretch->end > items.size) return std::nullopt;
  std::uint32_t members = 0;
  for (std::size_t i = stretch->begin; i < stretch->end; ++i) {
    int const place = items.knows(i) ? names.at(i) : no_place;
    if (place < 0 || (members >> place & 1U) != 0) return std::nullopt;
    members |= std::uint32_t{1} << place;
  }
  return members;
}

bool has_whole_child(View const& of, std::int64_t child) {
  ArrowSchema const* const schema = of.schema->children[child];
  ArrowArray const* const array = of.array->children[child];
  return schema != nullptr && array != nullptr && is_whole(*schema, *array);
}

std::optional<Misfit> members_column(InputInfo const& input, View const& view, Memory& memory,
                                     std::optional<Column>& column) {
  Layout const layout = view.layout();
  std::string const expected = "a list of utf8, or an unsigned integer with a bit for each member";
  bool const plain = view.schema->dictionary == nullptr;
  if (plain && layout.kind == Kind::integer && !layout.is_signed && layout.bytes <= 4) {
    column = as_it_stands(Column::Kind::members, view, layout);
    return std::nullopt;
  }
  if (layout.kind != Kind::list || view.schema->n_children != 1 || !has_whole_child(view, 0))
    return wrong_type(expected);
  View const items = child_view(view, 0, memory);
  auto const names = Names::make(input, items, memory);
  if (!names) return wrong_type(expected);
  auto* const members = memory.room<std::uint32_t>(view.size);
  for (std::size_t i = 0; i < view.size; ++i) {
    if (!view.knows(i)) continue;
    auto const found = members_at(view, *names, items, i);
    // A bit that no member has refuses the record; where every bit is a member's, there is none.
    if (!found && input.values.size() == 32) return Misfit{"E0608", "not a list of its members, each once"};
    members[i] = found.value_or(0xffff'ffffU);
  }
  column = Column::members(std::span<std::uint32_t const>(members, view.size), view.known);
  return std::nullopt;
}

/// The validity of `size` elements from `first` on; null where all are valid.
std::uint8_t const* validity(ArrowArray const& array, std::size_t first, std::size_t size, Memory& memory) {
  if (array.null_count == 0 || array.n_buffers == 0 || array.buffers[0] == nullptr) return nullptr;
  return bits_from(array.buffers[0], first, size, memory);
}

}  // namespace

// ---- arrays ---------------------------------------------------------------------------------------------------------

bool is_whole(ArrowSchema const& schema, ArrowArray const& array) noexcept {
  if (schema.format == nullptr || array.length < 0 || array.offset < 0 || array.n_buffers < 0) return false;
  if (array.n_buffers > 0 && array.buffers == nullptr) return false;
  if (schema.n_children != array.n_children || (schema.dictionary == nullptr) != (array.dictionary == nullptr))
    return false;
  if (schema.n_children > 0 && (schema.children == nullptr || array.children == nullptr)) return false;
  // What has no elements may have no data.
  bool const data = array.length == 0 || array.n_buffers < 2 || array.buffers[1] != nullptr;
  switch (layout_of(schema.format).kind) {
    case Layout::Kind::nothing:
      return true;
    case Layout::Kind::text:
      return array.n_buffers == 3 && data;
    case Layout::Kind::other:
      return array.n_buffers >= 1;
    default:
      return array.n_buffers == 2 && data;
  }
}

View child_view(View const& of, std::int64_t child, Memory& memory) {
  ArrowArray const& array = *of.array->children[child];
  // A list's offsets count its items from their own beginning; a struct's children begin where it begins.
  bool const of_list = of.layout().kind == Layout::Kind::list;
  std::size_t const skipped = of_list ? 0 : of.first;
  View view{of.schema->children[child], &array, static_cast<std::size_t>(array.offset) + skipped,
            of_list ? static_cast<std::size_t>(array.length) : of.size, nullptr};
  view.known = validity(array, view.first, view.size, memory);
  if (of_list || of.known == nullptr) return view;
  if (view.known == nullptr) {
    view.known = of.known;
    return view;
  }
  auto* const both = memory.room<std::uint8_t>((view.size + 7) / 8);
  for (std::size_t i = 0; i < (view.size + 7) / 8; ++i)
    both[i] = static_cast<std::uint8_t>(view.known[i] & of.known[i]);
  view.known = both;
  return view;
}

std::optional<Misfit> column_of(InputInfo const& input, View const& view, Memory& memory,
                                std::optional<Column>& column) {
  if (view.layout().kind == Layout::Kind::nothing) return std::nullopt;
  if (view.buffer(1) == nullptr) {
    if (view.size == 0) return std::nullopt;
    return Misfit{"E0602", "expected another type of column"};
  }
  switch (input.type) {
    case InputType::yes_no:
      return yes_no_column(view, memory, column);
    case InputType::level:
    case InputType::scale:
    case InputType::choice:
      return values_column(input, view, memory, column);
    case InputType::number:
      return numbers_column(input, view, memory, column);
    case InputType::date:
      return days_column(view, memory, column);
    case InputType::set:
      break;
  }
  return members_column(input, view, memory, column);
}

std::optional<Refusal> set_columns(Ruleset const& rules, ArrowSchema const& schema, Memory& memory, Batch& batch) {
  constexpr std::string_view before = "previous.";
  ArrowArray const& array = memory.columns();
  View whole{&schema, &array, static_cast<std::size_t>(array.offset), static_cast<std::size_t>(array.length), nullptr};
  whole.known = validity(array, whole.first, whole.size, memory);
  std::vector<std::string_view> seen;
  for (std::int64_t i = 0; i < schema.n_children; ++i) {
    if (!has_whole_child(whole, i) || array.children[i]->length < array.offset + array.length)
      return Refusal{"E0602", "", "a column is shorter than the table, or has not the buffers that its type needs"};
    std::string_view const name = schema.children[i]->name == nullptr ? "" : schema.children[i]->name;
    if (name == "id") continue;
    bool const previous = name.starts_with(before);
    std::string_view const called = previous ? name.substr(before.size()) : name;
    auto const input = rules.input(called);
    // An assessment says what is the matter with a name, and what was perhaps meant.
    if (!input) return rules.assessment({}).set(called, true);
    if (std::find(seen.begin(), seen.end(), name) != seen.end())
      return Refusal{"E0604", std::string(name), "the column is there twice"};
    seen.push_back(name);
    std::optional<Column> column;
    if (auto misfit = column_of(rules.input(*input), child_view(whole, i, memory), memory, column))
      return Refusal{std::move(misfit->code), std::string(name), std::move(misfit->message)};
    if (!column) continue;
    auto refusal = previous ? batch.set_previous(*input, *column) : batch.set(*input, *column);
    if (refusal) return refusal;
  }
  return std::nullopt;
}

}  // namespace carestep::capi
