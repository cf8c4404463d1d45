#include "analyze/patient.hpp"

#include <algorithm>
#include <cstdlib>

#include "program/assessment_access.hpp"

namespace carestep::analyze {
namespace {

using diagram::Diagram;
using diagram::Edge;
using diagram::no;
using diagram::Position;
using diagram::Ref;
using program::Program;

struct Cost {
  std::uint32_t differs = 0;
  std::uint64_t distance = 0;
  friend auto operator<=>(Cost const&, Cost const&) = default;
};

/// The cheapest way from each node to yes.
class Cheapest {
 public:
  explicit Cheapest(Space const& space) : space_(space), diagram_(space.diagram()) {
    for (ir::VarId const var : space.variables()) mildest_.push_back(mildest_code(*space.program().model, var));
  }

  Patient patient(Ref region) {
    Cost const cost = best(region).cost;
    Patient patient{space_.with_previous(), std::vector<std::int64_t>(space_.program().model->variables.size(), -1),
                    cost.differs, cost.distance};
    for (Position at = 0; at < mildest_.size(); ++at) patient.codes[space_.variables()[at]] = mildest_[at];
    while (!region.is_leaf()) {
      Way const way = best(region);
      patient.codes[space_.variables()[diagram_.position(region)]] = way.code;
      region = way.to;
    }
    return patient;
  }

 private:
  struct Way {
    Cost cost;
    std::int64_t code = 0;
    Ref to = no;
  };

  Way best(Ref ref) {
    if (ref.is_leaf()) return {};
    if (auto const it = done_.find(ref.bits); it != done_.end()) return it->second;
    std::int64_t const mildest = mildest_[diagram_.position(ref)];
    std::optional<Way> found;
    std::int64_t low = 0;
    for (Edge const& edge : diagram_.edges(ref)) {
      if (edge.to != no) {
        std::int64_t const from = low <= mildest && mildest <= edge.high ? mildest : next_to_mildest(ref);
        std::int64_t const code = std::clamp(from, low, edge.high);
        Cost cost = best(edge.to).cost;
        cost.differs += code != mildest ? 1 : 0;
        cost.distance += static_cast<std::uint64_t>(std::abs(code - from));
        bool const nearer = found && cost == found->cost && std::abs(code - from) < std::abs(found->code - from);
        if (!found || cost < found->cost || nearer) found = Way{cost, code, edge.to};
      }
      low = edge.high + 1;
    }
    done_.emplace(ref.bits, *found);  // a node that leads to no alone is no node
    return *found;
  }

  [[nodiscard]] std::int64_t next_to_mildest(Ref ref) const {
    return next_to(*space_.program().model, space_.variables()[diagram_.position(ref)],
                   mildest_[diagram_.position(ref)]);
  }

  Space const& space_;
  Diagram const& diagram_;
  std::vector<std::int64_t> mildest_;
  std::unordered_map<std::uint32_t, Way> done_;
};

constexpr std::int64_t a_year = 365;

std::int64_t mildest_date(ir::Input const& input) {
  return input.or_never ? ir::never_code : a_year;
}

}  // namespace

std::int64_t mildest_code(ir::Model const& model, ir::VarId var) {
  ir::Variable const& variable = model.variables[var];
  ir::Input const& input = model.inputs[variable.input];
  if (input.kind == ir::InputKind::date) return mildest_date(input);
  return input.worse == ir::Worse::lower ? variable.size - 1 : 0;
}

std::int64_t next_to(ir::Model const& model, ir::VarId var, std::int64_t code) {
  bool const date = model.inputs[model.variables[var].input].kind == ir::InputKind::date;
  return date && code == ir::never_code ? a_year : code;
}

std::optional<Patient> smallest(Space const& space, Ref region) {
  if (region == no) return std::nullopt;
  return Cheapest(space).patient(region);
}

Date example_date(ir::Model const& model) {
  return model.effective.value_or(*date(2026, 1, 1));
}

Questions decision_inputs(Program const& program) {
  return inputs_of(*program.model, {program.decision_vars.begin(), program.decision_vars.end()});
}

Questions to_tell(Questions const& inputs, bool with_previous) {
  if (with_previous) return inputs;
  Questions told = inputs;
  for (Question& question : told) question.previous = false;
  std::sort(told.begin(), told.end());
  told.erase(std::unique(told.begin(), told.end()), told.end());
  return told;
}

Assessment assessment_of(std::shared_ptr<Program const> const& program, Patient const& patient, Questions const& told) {
  ir::Model const& model = *program->model;
  Assessment assessment = AssessmentAccess::make(program, example_date(model));
  if (program->reads_previous)
    AssessmentAccess::previous(assessment) =
        patient.with_previous ? Assessment::Previous::given : Assessment::Previous::none;
  auto const codes = AssessmentAccess::codes(assessment);
  for (Question const& question : to_tell(told, patient.with_previous)) {
    ir::Input const& input = model.inputs[question.input.index];
    ir::VarId const first = question.previous ? input.first_previous_var : input.first_var;
    for (ir::VarId var = first; var < first + input.width; ++var)
      codes[var] = static_cast<program::AnswerCode>(patient.codes[var]);
  }
  return assessment;
}

}  // namespace carestep::analyze
