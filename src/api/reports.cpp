#include <carestep/analysis.hpp>
#include <carestep/ruleset.hpp>

#include "analyze/overview.hpp"
#include "api/ruleset_state.hpp"
#include "describe/describe.hpp"
#include "eval/decide.hpp"
#include "explain/explain.hpp"
#include "graph/picture.hpp"

namespace carestep {

Explanation Ruleset::explain(Assessment const& assessment, DecideOptions const& options) const {
  return explain(assessment, ExplainOptions{.decide = options, .level = std::nullopt});
}

Explanation Ruleset::explain(Assessment const& assessment, ExplainOptions const& options) const {
  DecideOptions whole = options.decide;
  whole.brief = false;
  return explain::build(*state_->program, state_->sources, state_->sha256, assessment,
                        eval::evaluate(*state_->program, assessment, whole), options);
}

namespace {

// Steps for what the document for review works out: it is to be there at once.
constexpr std::uint64_t review_budget = 1'000'000;
constexpr std::uint64_t steps_for_a_level = 100'000;

template <class Question>
auto within_budget(Question question) -> std::optional<decltype(question())> {
  try {
    return question();
  } catch (diagram::OverBudget const&) {
    return std::nullopt;
  }
}

}  // namespace

std::string Ruleset::describe(DocumentFormat format) const {
  analyze::Analysis analysis(state_->program, review_budget);
  describe::Worked worked;
  worked.levels = within_budget([&] { return analyze::ways_to_levels(analysis, steps_for_a_level); });
  worked.moves = within_budget([&] { return analyze::move_ways(analysis); });
  worked.guarantees =
      prove(*this, {.only = {Check::guarantee}, .limits = {.budget = review_budget, .stop = {}}}).proofs;
  return describe::describe(*state_->model, state_->bundle, state_->sources, format, {state_->sha256}, worked);
}

std::string Ruleset::graph(GraphFormat format, Assessment const* assessment, DecideOptions const& options) const {
  graph::View view{state_->model.get(), std::nullopt};
  if (assessment != nullptr) {
    view.marks = explain::marks(*state_->program, *assessment, eval::evaluate(*state_->program, *assessment, options));
  }
  switch (format) {
    case GraphFormat::dot:
      return graph::render_dot(view);
    case GraphFormat::mermaid:
      return graph::render_mermaid(view);
    case GraphFormat::svg:
      return graph::render_svg(view);
  }
  return {};
}

}  // namespace carestep
