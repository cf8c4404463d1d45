#include "batch/output.hpp"

#include <algorithm>

namespace carestep::batch {

Wanted wanted_by(BatchDecisions const& into) {
  return {.move = !into.move.empty(),
          .next = !into.next.empty(),
          .indicated = !into.indicated.empty(),
          .marks = !into.marks.empty(),
          .active = !into.active.empty()};
}

template <class T, class Number>
void BlockWriter::write_numbers(Digits const& digits, std::span<Number> out, std::size_t first, std::size_t count) {
  auto const to = out.begin() + static_cast<std::ptrdiff_t>(first);
  if (digits.count == 0) {
    std::fill_n(to, count, static_cast<Number>(digits.base));
  } else if (count == block_records) {
    to_numbers(digits, reinterpret_cast<T*>(&*to));
  } else {
    auto* const numbers = reinterpret_cast<T*>(numbers_.data());
    to_numbers(digits, numbers);
    std::transform(numbers, numbers + count, to, [](T number) { return static_cast<Number>(number); });
  }
}

void BlockWriter::look_ahead(std::size_t first, std::size_t count, std::vector<Ahead>& ahead) const {
  auto const add = [&](auto list) {
    std::size_t const bytes = count * sizeof(*list.data());
    if (!list.empty()) ahead.push_back({reinterpret_cast<char const*>(list.data() + first), bytes / Ahead::line});
  };
  add(into_.status);
  add(into_.move);
  add(into_.next);
  add(into_.indicated);
  add(into_.marks);
}

void BlockWriter::write(Programs::Compiled const& compiled, Memory const& memory, std::size_t first,
                        std::size_t count) {
  Outputs const& out = compiled.outputs;
  std::vector<Output> const& planes = compiled.schedule.outputs;
  std::uint32_t const level_bits = state_.programs->level_bits();
  auto const digits_of = [&](std::uint32_t from, std::size_t bits, int base) {
    Digits digits;
    digits.base = static_cast<std::uint16_t>(base);
    for (std::uint32_t i = 0; i < bits; ++i) memory.add_digit(planes[from + i], 1U << i, digits);
    return digits;
  };
  if (!into_.status.empty())
    std::fill_n(into_.status.begin() + static_cast<std::ptrdiff_t>(first), count, std::uint8_t{0});
  if (wanted_.move) write_numbers<std::uint8_t>(digits_of(out.move, 3, 0), into_.move, first, count);
  if (wanted_.next) write_numbers<std::uint8_t>(digits_of(out.next, level_bits, -1), into_.next, first, count);
  if (wanted_.indicated)
    write_numbers<std::uint8_t>(digits_of(out.indicated, level_bits, -1), into_.indicated, first, count);
  if (wanted_.marks)
    write_numbers<std::uint16_t>(digits_of(out.marks, marks_of_planes.size(), state_.program->always_marks.bits),
                                 into_.marks, first, count);
  if (wanted_.active) write_active(compiled, memory, first, count);
}

void BlockWriter::write_active(Programs::Compiled const& compiled, Memory const& memory, std::size_t first,
                               std::size_t count) {
  std::size_t const words = BatchDecisions::active_words(state_.size);
  std::size_t const here = BatchDecisions::active_words(count);
  for (std::size_t rule = 0; rule < state_.program->rules.size(); ++rule) {
    Output const& active = compiled.schedule.outputs[compiled.outputs.active + rule];
    std::uint64_t* const out = into_.active.data() + rule * words + first / 64;
    for (std::size_t word = 0; word < here; ++word) out[word] = memory.word(active, word);
    if (count % 64 != 0) out[here - 1] &= (std::uint64_t{1} << count % 64) - 1;
  }
}

void BlockWriter::put(std::size_t record, BriefDecision const& brief) {
  if (!into_.status.empty()) into_.status[record] = static_cast<std::uint8_t>(brief.status);
  if (wanted_.move) into_.move[record] = static_cast<std::uint8_t>(brief.move);
  if (wanted_.next) into_.next[record] = brief.next.index;
  if (wanted_.indicated) into_.indicated[record] = brief.indicated.index;
  if (wanted_.marks) into_.marks[record] = brief.marks.bits;
  if (wanted_.active && brief.status == DecisionStatus::refused) put_active(record, {});
}

void BlockWriter::put_active(std::size_t record, std::vector<RuleId> const& active) {
  std::size_t const words = BatchDecisions::active_words(state_.size);
  std::uint64_t const bit = std::uint64_t{1} << (record % 64);
  for (std::size_t rule = 0; rule < state_.program->rules.size(); ++rule)
    into_.active[rule * words + record / 64] &= ~bit;
  for (RuleId const rule : active) into_.active[rule.index * words + record / 64] |= bit;
}

}  // namespace carestep::batch
