#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>

#include "batch/coding.hpp"
#include "batch/completions.hpp"
#include "batch/logic.hpp"
#include "batch/planes.hpp"
#include "batch/section6.hpp"

namespace carestep::batch {
namespace {

using program::Op;
using program::OpKind;
using program::Program;
using program::Slot;

constexpr std::size_t most_levels = 16;  // pathways are circuits whose size grows with the cube of the levels

/// The planes that a circuit reads, each once.
class Sources {
 public:
  Sources(Programs const& programs, Form form, Circuit& circuit) : programs_(programs), form_(form), c_(circuit) {}

  Wire within(std::uint32_t var, std::vector<ir::CodeRange> const& ranges, std::int64_t size) {
    Coding const& coding = programs_.codings()[var];
    bool const as_cells = form_ == Form::packed && programs_.packed_as_cells(var);
    auto const place = [&](std::int64_t code) {
      return as_cells ? std::upper_bound(coding.cuts.begin(), coding.cuts.end(), code) - coding.cuts.begin() : code;
    };
    std::int64_t const places = place(size - 1) + 1;
    if (!in_planes(coding) && places <= 64) {
      std::uint64_t set = 0;
      for (ir::CodeRange const& range : ranges)
        for (std::int64_t i = place(range.low); i <= place(range.high); ++i) set |= std::uint64_t{1} << i;
      return one_of(c_, as_cells ? cell_of(var) : code_of(var), set, static_cast<std::uint64_t>(places));
    }
    Wire any = low;
    for (ir::CodeRange const& range : ranges) {
      Wire const behind = range.high + 1 < size ? at_least(var, range.high + 1, size) : low;
      any = c_.either(any, c_.both(at_least(var, range.low, size), ~behind));
    }
    return any;
  }

  std::vector<Wire> code_of(std::uint32_t var) { return bits(var, programs_.codings()[var].bits); }
  Wire known(std::uint32_t var) { return plane({var, PlaneInput::Kind::known, 0}); }
  Wire plane(PlaneInput const& input) {
    auto const [it, fresh] =
        numbers_.try_emplace({input.var, input.kind, input.arg}, static_cast<std::uint32_t>(inputs_.size()));
    if (fresh) inputs_.push_back(input);
    return c_.input(it->second);
  }
  [[nodiscard]] std::vector<PlaneInput> const& inputs() const { return inputs_; }

 private:
  /// Few cuts have a plane each, straight from a comparison.
  [[nodiscard]] bool in_planes(Coding const& coding) const {
    return form_ == Form::columns && !coding.number && coding.cuts.size() <= coding.bits;
  }
  std::vector<Wire> cell_of(std::uint32_t var) { return bits(var, programs_.packed_bits(var)); }

  /// Whether the variable's code is at least so much.
  Wire at_least(std::uint32_t var, std::int64_t code, std::int64_t size) {
    Coding const& coding = programs_.codings()[var];
    if (code <= 0) return high;
    if (in_planes(coding)) return plane({var, PlaneInput::Kind::at_least, code});
    if (form_ == Form::columns || !programs_.packed_as_cells(var))
      return batch::at_least(c_, code_of(var), static_cast<std::uint64_t>(code), static_cast<std::uint64_t>(size - 1));
    auto const reached = std::upper_bound(coding.cuts.begin(), coding.cuts.end(), code) - coding.cuts.begin();
    return batch::at_least(c_, cell_of(var), static_cast<std::uint64_t>(reached), coding.cuts.size());
  }

  std::vector<Wire> bits(std::uint32_t var, std::uint32_t count) {
    std::vector<Wire> wires;
    for (std::uint32_t i = 0; i < count; ++i) wires.push_back(plane({var, PlaneInput::Kind::bit, i}));
    return wires;
  }

  Programs const& programs_;
  Form form_;
  Circuit& c_;
  std::vector<PlaneInput> inputs_;
  std::map<std::tuple<std::uint32_t, PlaneInput::Kind, std::int64_t>, std::uint32_t> numbers_;
};

/// The conditions of a program in one of the logics.
template <class Logic>
class Conditions {
 public:
  using Truth = typename Logic::Truth;
  using Value = typename Logic::Value;

  Conditions(Program const& program, Sources& sources, Circuit& circuit)
      : program_(program), sources_(sources), logic_{circuit}, truths_(program.decision_ops) {}

  Truth operator()(Slot slot) {
    if (!truths_[slot]) truths_[slot] = build(program_.ops[slot]);
    return *truths_[slot];
  }

  Logic& logic() { return logic_; }

  /// Whether the current level has one of these codes: 0 none, i + 1 the i-th level.
  Truth at_levels(std::int64_t first, std::int64_t last) {
    if (first > last) return Logic::truth(false);
    std::int64_t const size = static_cast<std::int64_t>(program_.level_count()) + 1;
    return logic_.known_or_open(sources_.within(ir::current_level_var, {{first, last}}, size),
                                sources_.known(ir::current_level_var));
  }

 private:
  [[nodiscard]] Slot kid(Op const& op, std::uint32_t i) const { return program_.kids[op.first + i]; }

  Truth build(Op const& op) {
    switch (op.kind) {
      case OpKind::member:
      case OpKind::range:
      case OpKind::ranges:
        return atom(op);
      case OpKind::negation:
        return Logic::negation((*this)(kid(op, 0)));
      case OpKind::all:
      case OpKind::any:
        return joined(op);
      case OpKind::count: {
        std::vector<Truth> parts;
        for (std::uint32_t i = 0; i < op.count; ++i) parts.push_back((*this)(kid(op, i)));
        return logic_.count(parts, op.value);
      }
      case OpKind::at_least: {
        Arithmetic math(logic_.c, unit_under(kid(op, 0)));
        return Logic::at_least(math, value(math, kid(op, 0)), op.value);
      }
      default:
        return Logic::truth(op.value != 0);
    }
  }

  Truth joined(Op const& op) {
    Truth result = Logic::truth(op.kind == OpKind::all);
    for (std::uint32_t i = 0; i < op.count; ++i)
      result = op.kind == OpKind::all ? logic_.both(result, (*this)(kid(op, i)))
                                      : logic_.either(result, (*this)(kid(op, i)));
    return result;
  }

  Truth atom(Op const& op) {
    std::int64_t const size = program_.model->variables[op.var].size;
    Wire const holds = sources_.within(op.var, ranges_of(program_, op), size);
    if (op.var != ir::days_in_level_var) return logic_.known_or_open(holds, sources_.known(op.var));
    // Nobody who is at no level has days in it: there the answer is 0, whether it was given or not.
    Truth const here = logic_.known_or_open(holds, sources_.known(op.var));
    Truth const outside = at_levels(0, 0);
    std::vector<ir::CodeRange> const ranges = ranges_of(program_, op);
    Truth const at_zero = Logic::truth(ranges.front().low == 0);
    return logic_.either(logic_.both(outside, at_zero), logic_.both(Logic::negation(outside), here));
  }

  Value reading(Arithmetic& math, Op const& op) {
    std::int64_t const most = program_.model->variables[op.var].size - 1;
    Value const here = logic_.reading(math, sources_.code_of(op.var), sources_.known(op.var), most, op.value, op.step);
    if (op.var != ir::days_in_level_var) return here;
    return Logic::choose(math, at_levels(0, 0), Logic::number(op.value), here);
  }

  Value value(Arithmetic& math, Slot slot) {
    Op const& op = program_.ops[slot];
    switch (op.kind) {
      case OpKind::reading:
        return reading(math, op);
      case OpKind::sum: {
        Value sum = Logic::number(op.value);
        for (std::uint32_t i = 0; i < op.count; ++i) sum = Logic::add(math, sum, value(math, kid(op, i)));
        return sum;
      }
      case OpKind::choose: {
        Value result = value(math, kid(op, op.count - 1));
        for (std::uint32_t i = op.count - 1; i >= 2; i -= 2)
          result = Logic::choose(math, (*this)(kid(op, i - 2)), value(math, kid(op, i - 1)), result);
        return result;
      }
      case OpKind::lowest:
      case OpKind::highest: {
        Value result = value(math, kid(op, 0));
        for (std::uint32_t i = 1; i < op.count; ++i)
          result = op.kind == OpKind::lowest ? Logic::lowest(math, result, value(math, kid(op, i)))
                                             : Logic::highest(math, result, value(math, kid(op, i)));
        return result;
      }
      default:
        return Logic::number(op.value);
    }
  }

  /// What every number under a comparison is a multiple of.
  std::int64_t unit_under(Slot number) {
    std::int64_t unit = 0;
    std::vector<Slot> pending{number};
    while (!pending.empty()) {
      Op const& op = program_.ops[pending.back()];
      pending.pop_back();
      if (op.kind == OpKind::number || op.kind == OpKind::sum || op.kind == OpKind::reading)
        unit = std::gcd(unit, op.value);
      if (op.kind == OpKind::reading) unit = std::gcd(unit, op.step);
      for (std::uint32_t i = 0; i < op.count; ++i)
        if (op.kind != OpKind::choose || i + 1 == op.count || i % 2 == 1) pending.push_back(kid(op, i));
    }
    return unit == 0 ? 1 : unit;
  }

  Program const& program_;
  Sources& sources_;
  Logic logic_;
  std::vector<std::optional<Truth>> truths_;
};

/// The planes that a wanted combination gives.
template <class Logic>
class Compiler {
 public:
  using Truth = typename Logic::Truth;

  Compiler(Program const& program, Programs const& programs, Form form)
      : program_(program),
        programs_(programs),
        sources_(programs, form, circuit_),
        conditions_(program, sources_, circuit_),
        logic_(conditions_.logic()) {}

  /// `beside`: inputs of this program that have to be read as well, with who is known.
  Programs::Compiled compile(Wanted wanted, Programs::Compiled const* beside = nullptr) {
    std::set<std::uint32_t> read_beside;
    if (beside != nullptr)
      for (std::uint32_t const i : beside->schedule.used) {
        PlaneInput const& input = beside->inputs[i];
        for (Wire const plane : {sources_.plane(input), sources_.known(input.var)})
          read_beside.insert(circuit_.gates()[plane.gate()].a.bits);
      }
    std::vector<Truth> rules;
    for (program::RuleEffect const& rule : program_.rules) rules.push_back(conditions_(rule.active));
    Section6<Logic> section6(program_, logic_, conditions_, rules);
    Placed<Truth> const placed = section6.place();
    refuse();
    Programs::Compiled result;
    Outputs& out = result.outputs;
    wires_.resize(2);  // open, refused
    out.refused = 1;
    out.move = add(wanted.move, placed.move);
    out.next = add(wanted.next, coded(placed.next));
    out.indicated = add(wanted.indicated, coded(placed.indicated));
    out.marks = add(wanted.marks, marks(placed, section6));
    std::vector<Truth> active;
    for (Truth const rule : rules) active.push_back(logic_.both(rule, section6.applies()));
    out.active = add(wanted.active, active);
    out.guarantees = add(wanted.guarantees, broken_);
    // The status of a record is sure only where its class is, whatever is wanted of it.
    for (Truth const part : placed.move) settle(part);
    for (Truth const level : placed.next) settle(level);
    for (Truth const level : placed.indicated) settle(level);
    for (Truth const part : {placed.conflict, placed.not_eligible, placed.not_applicable}) settle(part);
    wires_[0] = circuit_.both(open_, ~refused_);
    wires_[1] = refused_;
    out.count = static_cast<std::uint32_t>(wires_.size());
    result.inputs = sources_.inputs();
    result.schedule = schedule(circuit_, wires_, result.inputs.size());
    read_beside.insert(result.schedule.used.begin(), result.schedule.used.end());
    result.schedule.used.assign(read_beside.begin(), read_beside.end());
    return result;
  }

 private:
  /// Impossible for sure: refused; perhaps: settled exactly. So are records in which an assumed input is unknown.
  void refuse() {
    for (Slot const slot : program_.impossible) {
      Truth const impossible = conditions_(slot);
      refused_ = circuit_.either(refused_, Logic::must(impossible));
      settle(impossible);
    }
    if constexpr (std::is_same_v<Logic, Kleene>)
      for (std::uint32_t const i : program_.assumable_inputs) {
        ir::VarId const var = program_.model->inputs[i].first_var;
        bool const read =
            std::any_of(program_.decision_vars.begin(), program_.decision_vars.end(),
                        [&](std::uint32_t v) { return v >= var && v < var + program_.model->inputs[i].width; });
        if (read) open_ = circuit_.either(open_, ~sources_.known(var));
      }
  }

  void settle(Truth truth) { open_ = circuit_.either(open_, circuit_.both(Logic::may(truth), ~Logic::must(truth))); }

  template <class Truths>
  std::uint32_t add(bool wanted, Truths const& truths) {
    auto const first = static_cast<std::uint32_t>(wires_.size());
    if (!wanted) return first;
    for (Truth const truth : truths) {
      wires_.push_back(Logic::must(truth));
      settle(truth);
    }
    return first;
  }

  /// One plane a level to the bits of its number, 0 for none.
  std::vector<Truth> coded(std::vector<Truth> const& levels) {
    std::vector<Truth> bits(programs_.level_bits(), Logic::truth(false));
    for (std::size_t level = 0; level < levels.size(); ++level)
      for (std::size_t bit = 0; bit < bits.size(); ++bit)
        if (((level + 1) >> bit & 1U) != 0) bits[bit] = logic_.either(bits[bit], levels[level]);
    return bits;
  }

  std::vector<Truth> marks(Placed<Truth> const& placed, Section6<Logic>& section6) {
    Truth broken = Logic::truth(false);
    for (program::GuaranteeTest const& guarantee : program_.guarantees) {
      Truth const whenever = logic_.both(section6.applies(), conditions_(guarantee.whenever));
      broken_.push_back(logic_.both(whenever, section6.breaks(placed, guarantee)));
      broken = logic_.either(broken, broken_.back());
    }
    return {placed.not_applicable, placed.conflict, placed.not_eligible, broken,
            placed.by_default,     placed.held,     placed.off_pathway};
  }

  Program const& program_;
  Programs const& programs_;
  Circuit circuit_;
  Sources sources_;
  Conditions<Logic> conditions_;
  Logic& logic_;
  std::vector<Wire> wires_;
  std::vector<Truth> broken_;  // each guarantee
  Wire open_ = low;
  Wire refused_ = low;
};

}  // namespace

Programs::Programs(Program const& program)
    : program_(program),
      usable_(program.level_count() <= most_levels),
      level_bits_(width_of(static_cast<std::int64_t>(program.level_count()))),
      codings_(find_codings(program)),
      lazy_(std::make_unique<std::array<Lazy, 4 * Wanted::combinations>>()) {}

Programs::Compiled const& Programs::compiled(Form form, bool complete, Wanted wanted) const {
  std::size_t const which = (form == Form::packed ? 2U : 0U) + (complete ? 1U : 0U);
  Lazy& lazy = (*lazy_)[which * Wanted::combinations + wanted.number()];
  std::call_once(lazy.once, [&] {
    lazy.compiled = complete ? Compiler<Exact>(program_, *this, form).compile(wanted)
                             : Compiler<Kleene>(program_, *this, form)
                                   .compile(wanted, &compiled(form, true, wanted_of_completions(wanted)));
  });
  return lazy.compiled;
}

bool Programs::packed_as_cells(std::uint32_t var) const {
  return !codings_[var].number;
}

std::uint32_t Programs::packed_bits(std::uint32_t var) const {
  Coding const& coding = codings_[var];
  return packed_as_cells(var) ? width_of(static_cast<std::int64_t>(coding.cuts.size())) : coding.bits;
}

}  // namespace carestep::batch
