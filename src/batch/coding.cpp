#include "batch/coding.hpp"

#include <algorithm>
#include <bit>
#include <set>

namespace carestep::batch {

using program::Op;
using program::OpKind;
using program::Program;

std::uint32_t width_of(std::int64_t most) {
  return static_cast<std::uint32_t>(std::bit_width(static_cast<std::uint64_t>(most)));
}

std::vector<ir::CodeRange> ranges_of(Program const& program, Op const& op) {
  if (op.kind == OpKind::range) return {{op.value, op.step}};
  if (op.kind == OpKind::ranges)
    return {program.ranges.begin() + op.first, program.ranges.begin() + op.first + op.count};
  std::vector<ir::CodeRange> ranges;
  auto const mask = static_cast<std::uint64_t>(op.value);
  for (std::int64_t code = 0; code < program.model->variables[op.var].size; ++code) {
    if ((mask >> code & 1U) == 0) continue;
    if (!ranges.empty() && ranges.back().high == code - 1)
      ranges.back().high = code;
    else
      ranges.push_back({code, code});
  }
  return ranges;
}

namespace {

bool is_atom(Op const& op) {
  return op.kind == OpKind::member || op.kind == OpKind::range || op.kind == OpKind::ranges;
}

/// What settling a record alone has to know besides: the present answer where the previous one is read (without a
/// previous assessment it stands for it), and all of an input that may be assumed.
void read_beside(Program const& program, std::vector<Coding>& codings) {
  for (ir::Input const& input : program.model->inputs) {
    auto const any_read = [&](ir::VarId first) {
      return std::any_of(codings.begin() + first, codings.begin() + first + input.width,
                         [](Coding const& coding) { return coding.read; });
    };
    bool const by_previous = input.first_previous_var != 0 && any_read(input.first_previous_var);
    if (!by_previous && !(input.assume && any_read(input.first_var))) continue;
    for (std::uint32_t i = 0; i < input.width; ++i) {
      codings[input.first_var + i].read = true;
      if (!by_previous) continue;
      // The two take each other's place: what tells codes of one apart tells those of the other.
      Coding& previous = codings[input.first_previous_var + i];
      Coding& present = codings[input.first_var + i];
      previous.read = true;
      previous.number = present.number = previous.number || present.number;
    }
  }
}

}  // namespace

std::vector<Coding> find_codings(Program const& program) {
  std::vector<Coding> codings(program.model->variables.size());
  std::vector<std::set<std::int64_t>> cuts(codings.size());
  auto const read = [&](std::uint32_t var) { codings[var].read = true; };
  for (std::size_t slot = 0; slot < program.decision_ops; ++slot) {
    Op const& op = program.ops[slot];
    if (op.kind == OpKind::reading) {
      read(op.var);
      codings[op.var].number = true;
    }
    if (!is_atom(op)) continue;
    read(op.var);
    for (ir::CodeRange const& range : ranges_of(program, op)) {
      cuts[op.var].insert(range.low);
      cuts[op.var].insert(range.high + 1);
    }
  }
  read(ir::current_level_var);
  for (std::int64_t code = 1; code <= static_cast<std::int64_t>(program.level_count()); ++code)
    cuts[ir::current_level_var].insert(code);
  read_beside(program, codings);
  for (ir::Input const& input : program.model->inputs)
    for (std::uint32_t i = 0; input.first_previous_var != 0 && i < input.width; ++i) {
      std::set<std::int64_t>& present = cuts[input.first_var + i];
      std::set<std::int64_t>& previous = cuts[input.first_previous_var + i];
      present.insert(previous.begin(), previous.end());
      previous = present;
    }
  for (std::size_t var = 0; var < codings.size(); ++var) {
    std::int64_t const size = program.model->variables[var].size;
    codings[var].bits = width_of(size - 1);
    for (std::int64_t const cut : cuts[var])
      if (cut > 0 && cut < size) codings[var].cuts.push_back(cut);
  }
  return codings;
}

}  // namespace carestep::batch
