#pragma once

#include <carestep/ruleset.hpp>

#include <vector>

#include "eval/outcome.hpp"
#include "eval/record.hpp"
#include "eval/settlement.hpp"

namespace carestep::eval {

/// What is possible for one record: the distinct outcomes of its completions, and how far each rule and guarantee
/// holds. The lists are in the order of declaration.
struct Findings {
  std::vector<Outcome> outcomes;  // distinct, at least one
  std::vector<RuleId> active;     // in every completion
  std::vector<RuleId> open;       // in some
  std::vector<GuaranteeId> broken;
  std::vector<GuaranteeId> open_guarantees;
  std::vector<Question> ask;
  std::vector<InputId> assumed;
  bool approximate = false;

  void add_rule(std::uint32_t rule, Extent extent) {
    if (extent == Extent::always) active.push_back({rule});
    if (extent == Extent::sometimes) open.push_back({rule});
  }
  void add_guarantee(std::uint32_t guarantee, Extent is_broken) {
    if (is_broken == Extent::always) broken.push_back({guarantee});
    if (is_broken == Extent::sometimes) open_guarantees.push_back({guarantee});
  }
  void clear_rules() {
    active.clear();
    open.clear();
    broken.clear();
    open_guarantees.clear();
  }
};

/// A superset of what is possible, found without settling how open conditions hang together.
void find_roughly(program::Program const& program, Record const& record, std::vector<Bounds> const& bounds,
                  Findings& findings);

}  // namespace carestep::eval
