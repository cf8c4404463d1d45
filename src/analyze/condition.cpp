#include "analyze/condition.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <unordered_set>

#include "analyze/answers.hpp"
#include "ir/words.hpp"

namespace carestep::analyze {

using diagram::Diagram;
using diagram::Edge;
using diagram::no;
using diagram::Position;
using diagram::Ref;
using ir::InputKind;

namespace {

constexpr std::size_t most_terms = 3;
constexpr std::size_t most_stretches = 3;             // of one input's answers
constexpr std::size_t most_literals = 6;              // of a term
constexpr std::size_t longest_condition = 60;         // of several tests, to be used as one
constexpr std::uint64_t steps_for_words = 2'000'000;  // of all tests, to begin with
constexpr std::uint64_t steps_for_terms = 150'000;    // of one region
constexpr std::uint64_t steps_for_all_terms = 1'500'000;
constexpr std::size_t most_bounds = 12;  // of one input

bool within(Diagram& d, Ref a, Ref b) {
  return d.both(a, d.negation(b)) == no;
}

/// The codes at which nodes of this position divide.
void bounds_at(Diagram const& d, Ref ref, Position at, std::unordered_set<std::uint32_t>& seen,
               std::set<std::int64_t>& bounds) {
  if (ref.is_leaf() || d.position(ref) > at || !seen.insert(ref.bits).second) return;
  for (Edge const& edge : d.edges(ref)) {
    if (d.position(ref) == at)
      bounds.insert(edge.high);
    else
      bounds_at(d, edge.to, at, seen, bounds);
  }
}

}  // namespace

// ---- what there is to say
// ---------------------------------------------------------------------------------------------

Describer::Describer(Match const& match, std::vector<JointWorld*> worlds, Questions reads)
    : match_(match), worlds_(std::move(worlds)), reads_(std::move(reads)) {
  for (JointWorld* const world : worlds_)
    counters_.emplace_back(world->space().diagram(), world->space().positions_of(reads_));
  steps_left_ = steps_for_all_terms;
  allow(steps_for_words);
  for (Side const side : both_sides) add_tests(side);
  of_the_rules_ = literals_.size();
}

void Describer::add(std::string words, std::vector<Ref> where) {
  if (std::all_of(where.begin(), where.end(), [](Ref ref) { return ref.is_leaf(); })) return;
  if (known_.try_emplace(where, literals_.size()).second) literals_.push_back({std::move(words), std::move(where)});
}

void Describer::add_tests(Side side) {
  ir::Model const& model = *match_.programs[index(side)]->model;
  add_clause(side, model.applies);
  for (ir::Rule const& rule : model.rules) {
    add_clause(side, rule.when);
    add_clause(side, rule.unless);
  }
  for (ir::Criterion const& criterion : model.criteria) add_clause(side, criterion.when);
  for (ir::StepLine const& line : model.steps) add_clause(side, line.when);
  for (ir::DischargeLine const& line : model.discharges) add_clause(side, line.when);
  for (ir::Impossible const& one : model.impossibles) add_clause(side, one.when);
  for (ir::Definition const& definition : model.definitions)
    for (ir::DefinitionCase const& one : definition.cases) add_clause(side, one.when);
}

void Describer::add_clause(Side side, ir::Clause const& clause) {
  add_test(side, clause);
  for (ir::Clause const& part : clause.parts) add_clause(side, part);
}

/// A condition of the rules, and its contrary, where it reads nothing that is not counted.
void Describer::add_test(Side side, ir::Clause const& clause) {
  program::Slot const slot = match_.programs[index(side)]->slot_of_node[clause.node];
  std::string text = ir::words(clause);
  bool const single = clause.kind == ir::ClauseKind::test;
  if (slot == program::Program::no_slot || text.empty() || (!single && text.size() > longest_condition)) return;
  std::vector<Ref> where;
  std::vector<Ref> contrary;
  for (JointWorld* const world : worlds_) {
    where.push_back(world->carried(side, world->own(side).space.condition(slot), no));
    contrary.push_back(world->space().diagram().negation(where.back()));
    if (!counted(*world, where.back())) return;
  }
  if (!single) text = "(" + text + ")";
  // The same words may mean another thing now.
  if (side == Side::older)
    meanings_.emplace(text, where);
  else if (auto const old = meanings_.find(text); old != meanings_.end() && old->second != where)
    text += " (new version)";
  add(text, std::move(where));
  add("not " + text, std::move(contrary));
}

bool Describer::counted(JointWorld& world, Ref ref) const {
  std::vector<bool> const positions = world.space().positions_of(reads_);
  std::unordered_set<std::uint32_t> seen;
  auto const walk = [&](auto& self, Ref at) -> bool {
    if (at.is_leaf() || !seen.insert(at.bits).second) return true;
    if (!positions[world.space().diagram().position(at)]) return false;
    for (Edge const& edge : world.space().diagram().edges(at))
      if (!self(self, edge.to)) return false;
    return true;
  };
  return walk(walk, ref);
}

/// Comparisons of single inputs, at the bounds of this region.
void Describer::add_inputs(std::vector<Scene> const& scenes) {
  while (literals_.size() > of_the_rules_) {
    known_.erase(literals_.back().where);
    literals_.pop_back();
  }
  for (Question const& question : reads_) add_codes(question, scenes);
}

void Describer::add_codes(Question const& question, std::vector<Scene> const& scenes) {
  ir::Input const& input = match_.joint->model->inputs[question.input.index];
  ir::VarId const first = question.previous ? input.first_previous_var : input.first_var;
  std::string const name = name_of(input, question.previous);
  if (input.kind == InputKind::set || input.kind == InputKind::yes_no) {
    for (ir::VarId var = first; var < first + input.width; ++var) {
      std::vector<Ref> where;
      std::vector<Ref> contrary;
      for (JointWorld* const world : worlds_) {
        where.push_back(world->space().diagram().node(world->space().position(var),
                                                      std::array{Edge{0, no}, Edge{1, diagram::yes}}));
        contrary.push_back(world->space().diagram().negation(where.back()));
      }
      std::string const text = input.kind == InputKind::set ? name + " includes " + input.values[var - first] : name;
      add(text, std::move(where));
      add("not " + text, std::move(contrary));
    }
    return;
  }
  std::set<std::int64_t> bounds;
  std::int64_t last = 0;
  for (Scene const& scene : scenes) {
    std::unordered_set<std::uint32_t> seen;
    Position const at = scene.world->space().position(first);
    last = scene.world->space().diagram().size(at) - 1;
    bounds_at(scene.world->space().diagram(), scene.region, at, seen, bounds);
  }
  bounds.insert(last);
  if (bounds.size() > most_bounds) return;
  std::int64_t low = 0;
  for (std::int64_t const high : bounds) {
    add_stretch(question, low, high);
    if (low > 0) add_stretch(question, low, last);
    if (high < last) add_stretch(question, 0, high);
    low = high + 1;
  }
}

void Describer::add_stretch(Question const& question, std::int64_t low, std::int64_t high) {
  ir::Input const& input = match_.joint->model->inputs[question.input.index];
  std::string const name = name_of(input, question.previous);
  std::vector<Ref> where;
  for (JointWorld* const world : worlds_) {
    Position const at = world->space().position(question.previous ? input.first_previous_var : input.first_var);
    std::int64_t const last = world->space().diagram().size(at) - 1;
    std::vector<Edge> edges;
    if (low > 0) edges.push_back({low - 1, no});
    edges.push_back({high, diagram::yes});
    if (high < last) edges.push_back({last, no});
    where.push_back(world->space().diagram().node(at, edges));
  }
  add(words_of_stretch(input, name, low, high), std::move(where));
}

// ---- saying it
// ----------------------------------------------------------------------------------------------------------

Ref Describer::where(Term const& term, std::size_t world, Ref among) const {
  Diagram& d = worlds_[world]->space().diagram();
  for (std::size_t const literal : term) among = d.both(among, literals_[literal].where[world]);
  return among;
}

/// The literal that goes best with what was chosen: one that leaves much of what remains among little else, or, where
/// none does, one that leaves relatively more of it.
std::optional<std::size_t> Describer::next_literal(std::size_t world, Ref now, Ref remaining) {
  Diagram& d = worlds_[world]->space().diagram();
  std::optional<std::size_t> dense;
  std::optional<std::size_t> pure;
  Count dense_hits = size(world, d.both(now, remaining));
  Count dense_all = size(world, now);
  Count pure_hits = dense_hits;
  Count pure_all = dense_all;
  for (std::size_t i = 0; i < literals_.size(); ++i) {
    Ref const there = d.both(now, literals_[i].where[world]);
    if (there == now || there == no) continue;
    Ref const hits_there = d.both(there, remaining);
    if (hits_there == no) continue;
    Count const hits = size(world, hits_there);
    Count const all = size(world, there);
    if (hits * hits * dense_all > dense_hits * dense_hits * all) {
      dense = i;
      dense_hits = hits;
      dense_all = all;
    }
    Count const purer = hits * pure_all - pure_hits * all;
    if (purer > 0 || (purer == 0 && pure && hits > pure_hits)) {
      pure = i;
      pure_hits = hits;
      pure_all = all;
    }
  }
  return dense ? dense : pure;
}

/// A conjunction that holds nowhere outside of the region, and in some of what remains of it.
std::optional<Describer::Term> Describer::term(Scene const& scene, std::size_t world, Ref remaining) {
  Diagram& d = worlds_[world]->space().diagram();
  Term chosen;
  Ref now = scene.among;
  while (!within(d, now, scene.region)) {
    if (chosen.size() == most_literals) return std::nullopt;
    std::optional<std::size_t> const next = next_literal(world, now, remaining);
    if (!next) return std::nullopt;
    chosen.push_back(*next);
    now = d.both(now, literals_[*next].where[world]);
  }
  // What was chosen first may have become superfluous.
  for (std::size_t i = 0; i < chosen.size();) {
    Term fewer = chosen;
    fewer.erase(fewer.begin() + static_cast<std::ptrdiff_t>(i));
    if (within(d, where(fewer, world, scene.among), scene.region))
      chosen = std::move(fewer);
    else
      ++i;
  }
  return chosen;
}

std::string Describer::words(std::vector<Term> const& terms) const {
  std::vector<std::string> all;
  for (Term const& term : terms) {
    std::vector<std::string> parts;
    for (std::size_t const literal : term) parts.push_back(literals_[literal].words);
    all.push_back(parts.empty() ? "always" : fmt::format("{}", fmt::join(parts, " and ")));
  }
  return fmt::format("{}", fmt::join(all, "; or "));
}

Condition Describer::shortest(std::vector<Scene> const& scenes) {
  std::vector<Term> terms;
  std::vector<Ref> remaining;
  for (Scene const& scene : scenes) remaining.push_back(scene.region);
  auto const is_open = [](Ref ref) { return ref != no; };
  while (terms.size() < most_terms && std::any_of(remaining.begin(), remaining.end(), is_open)) {
    // Where there is most to say: in the last world that is not done.
    std::size_t const world =
        static_cast<std::size_t>(std::find_if(remaining.rbegin(), remaining.rend(), is_open).base() -
                                 remaining.begin()) -
        1;
    auto const found = term(scenes[world], world, remaining[world]);
    if (!found) break;
    bool holds = true;
    for (std::size_t w = 0; w < scenes.size(); ++w)
      holds = holds && within(worlds_[w]->space().diagram(), where(*found, w, scenes[w].among), scenes[w].region);
    if (!holds) break;
    for (std::size_t w = 0; w < scenes.size(); ++w)
      remaining[w] = worlds_[w]->space().without(remaining[w], where(*found, w, scenes[w].among));
    terms.push_back(*found);
  }
  if (terms.empty()) return {};
  bool const whole = std::none_of(remaining.begin(), remaining.end(), is_open);
  return {words(terms), whole ? ConditionKind::exact : ConditionKind::sufficient};
}

/// What the region's assessments answer to each input, as far as that is less than what anybody answers.
Condition Describer::necessary(std::vector<Scene> const& scenes) const {
  struct Bound {
    std::string words;
    std::int64_t answers = 0;
    std::int64_t of = 0;
  };
  std::vector<Bound> bounds;
  std::vector<Answers> here;
  std::vector<Answers> anywhere;
  for (Scene const& scene : scenes) {
    here.push_back(answers_in(scene.world->space().diagram(), scene.region, scene.world->space().variables().size()));
    anywhere.push_back(
        answers_in(scene.world->space().diagram(), scene.among, scene.world->space().variables().size()));
  }
  for (Question const& question : reads_) {
    ir::Input const& input = match_.joint->model->inputs[question.input.index];
    ir::VarId const first = question.previous ? input.first_previous_var : input.first_var;
    for (ir::VarId var = first; var < first + input.width; ++var) {
      Stretches some;
      Stretches all;
      for (std::size_t w = 0; w < scenes.size(); ++w) {
        Position const at = scenes[w].world->space().position(var);
        some.insert(some.end(), here[w][at].begin(), here[w][at].end());
        all.insert(all.end(), anywhere[w][at].begin(), anywhere[w][at].end());
      }
      join_stretches(some);
      join_stretches(all);
      if (some == all || some.size() > most_stretches) continue;
      bounds.push_back(
          {words_of_answers(input, name_of(input, question.previous), var - first, some), size_of(some), size_of(all)});
    }
  }
  if (bounds.empty()) return {};
  std::stable_sort(bounds.begin(), bounds.end(),
                   [](Bound const& a, Bound const& b) { return a.answers * b.of < b.answers * a.of; });
  if (bounds.size() > most_literals) bounds.resize(most_literals);
  std::vector<std::string> parts;
  for (Bound const& bound : bounds) parts.push_back(bound.words);
  return {fmt::format("{}", fmt::join(parts, " and ")), ConditionKind::necessary};
}

Count Describer::size(std::size_t world, Ref region) {
  Counter& counter = counters_[world];
  std::size_t const before = counter.visited();
  Count result = counter.of(region);
  worlds_[world]->space().diagram().step(1 + counter.visited() - before);
  return result;
}

void Describer::allow(std::uint64_t steps) {
  for (JointWorld* const world : worlds_) {
    world->space().diagram().allow(steps);
    for (Side const side : both_sides) world->own(side).space.diagram().allow(steps);
  }
}

Condition Describer::describe(std::vector<Scene> const& scenes) {
  try {
    std::uint64_t const steps = std::min(steps_for_terms, steps_left_);
    steps_left_ -= steps;
    allow(steps);
    add_inputs(scenes);
    if (Condition found = shortest(scenes); found.kind != ConditionKind::none) return found;
  } catch (diagram::OverBudget const&) {
    // Perhaps there is less to say.
  }
  return necessary(scenes);
}

}  // namespace carestep::analyze
