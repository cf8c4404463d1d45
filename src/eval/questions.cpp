#include "eval/questions.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace carestep::eval {

using diagram::Diagram;
using diagram::Edge;
using diagram::leaf_position;
using diagram::no;
using diagram::Position;
using diagram::Ref;
using program::Program;

namespace {

__extension__ using Wide = __int128;

/// How useful an answer is: the number of decisions still open, summed over the possible values of the input.
struct Expected {
  std::int64_t open = 0;
  std::int64_t values = 0;

  /// Fewer open decisions on average.
  friend bool operator<(Expected const& a, Expected const& b) {
    return static_cast<Wide>(a.open) * b.values < static_cast<Wide>(b.open) * a.values;
  }
};

/// One function of the completions, asked how each input bears on it. Leaves are what completions differ in;
/// `Settlement::impossible_leaf` marks completions that do not count.
class Bearing {
 public:
  Bearing(Diagram& diagram, Ref function) : diagram_(diagram), function_(function) {}

  /// Whether two possible completions that differ in these variables alone differ in the function. The variables are
  /// neighbours in the order.
  bool matters(std::vector<Position> const& at) {
    Position const first = at.front();
    Position const last = at.back();
    std::set<Ref> seen;
    std::set<Ref> entries;
    collect_entries(function_, first, last, seen, entries);
    return std::any_of(entries.begin(), entries.end(), [&](Ref entry) { return exits_differ(entry, last); });
  }

  /// Of the possible values of these variables: how many there are, and how many leaves each leaves open.
  Expected expected(std::vector<Position> const& at) {
    std::set<Ref> seen;
    std::set<Ref> entries;
    collect_entries(function_, at.front(), leaf_position, seen, entries);
    std::map<Ref, Ref> projected;
    Ref all = Ref::leaf(set_of({}));
    for (Ref const entry : entries)
      all = diagram_.apply(all, project(entry, at.back(), projected),
                           [&](std::uint32_t a, std::uint32_t b) { return united(a, b); });
    std::map<std::pair<Ref, std::size_t>, Expected> done;
    return sum(all, at, 0, done);
  }

 private:
  using LeafSet = std::vector<std::uint32_t>;

  /// The nodes at which paths from the top meet the stretch [first, last]; with last = leaf_position, also those that
  /// lie behind it.
  void collect_entries(Ref ref, Position first, Position last, std::set<Ref>& seen, std::set<Ref>& entries) {
    if (!seen.insert(ref).second) return;
    diagram_.step();
    Position const at = diagram_.position(ref);
    if (at >= first) {
      if (at <= last) entries.insert(ref);
      return;
    }
    for (std::size_t i = 0; i < diagram_.edges(ref).size(); ++i)
      collect_entries(diagram_.edges(ref)[i].to, first, last, seen, entries);
  }

  bool exits_differ(Ref entry, Position last) {
    std::set<Ref> seen;
    std::vector<Ref> exits;
    collect_exits(entry, last, seen, exits);
    for (std::size_t i = 0; i < exits.size(); ++i)
      for (std::size_t j = i + 1; j < exits.size(); ++j)
        if (differ(exits[i], exits[j])) return true;
    return false;
  }

  void collect_exits(Ref ref, Position last, std::set<Ref>& seen, std::vector<Ref>& exits) {
    if (!seen.insert(ref).second) return;
    if (diagram_.position(ref) > last) {
      exits.push_back(ref);
      return;
    }
    for (Edge const& edge : diagram_.edges(ref)) collect_exits(edge.to, last, seen, exits);
  }

  /// Whether two functions have different possible leaves somewhere.
  bool differ(Ref a, Ref b) {
    if (a == b) return false;
    Ref const impossible = Ref::leaf(Settlement::impossible_leaf);
    if (a == impossible || b == impossible) return false;
    if (a.is_leaf() && b.is_leaf()) return true;
    if (b < a) std::swap(a, b);
    auto const [it, fresh] = differ_.try_emplace({a, b}, false);
    if (!fresh) return it->second;
    diagram_.step();
    Position const at = std::min(diagram_.position(a), diagram_.position(b));
    bool result = false;
    for_aligned(at, a, b, [&](Ref x, Ref y) { result = result || differ(x, y); });
    differ_[{a, b}] = result;
    return result;
  }

  template <class Visit>
  void for_aligned(Position at, Ref a, Ref b, Visit visit) {
    std::int64_t const end = diagram_.size(at) - 1;
    std::vector<Edge> const ea = diagram_.position(a) == at ? copy(a) : std::vector<Edge>{{end, a}};
    std::vector<Edge> const eb = diagram_.position(b) == at ? copy(b) : std::vector<Edge>{{end, b}};
    for (std::size_t i = 0, j = 0; i < ea.size() && j < eb.size();) {
      visit(ea[i].to, eb[j].to);
      std::int64_t const high = std::min(ea[i].high, eb[j].high);
      if (ea[i].high == high) ++i;
      if (eb[j].high == high) ++j;
    }
  }

  std::vector<Edge> copy(Ref ref) {
    auto const edges = diagram_.edges(ref);
    return {edges.begin(), edges.end()};
  }

  // ---- sets of leaves, interned ----

  std::uint32_t set_of(LeafSet set) {
    auto const [it, fresh] = set_numbers_.try_emplace(std::move(set), static_cast<std::uint32_t>(sets_.size()));
    if (fresh) sets_.push_back(it->first);
    return it->second;
  }

  std::uint32_t united(std::uint32_t a, std::uint32_t b) {
    if (a == b) return a;
    auto const [it, fresh] = unions_.try_emplace(std::minmax(a, b), 0);
    if (!fresh) return it->second;
    LeafSet both;
    std::set_union(sets_[a].begin(), sets_[a].end(), sets_[b].begin(), sets_[b].end(), std::back_inserter(both));
    std::uint32_t const result = set_of(std::move(both));
    unions_[std::minmax(a, b)] = result;
    return result;
  }

  /// The possible leaves below a node.
  std::uint32_t leaves(Ref ref) {
    if (ref.is_leaf()) return set_of(ref.value() == Settlement::impossible_leaf ? LeafSet{} : LeafSet{ref.value()});
    if (auto const it = leaves_.find(ref); it != leaves_.end()) return it->second;
    diagram_.step();
    std::uint32_t all = set_of({});
    for (Edge const& edge : diagram_.edges(ref)) all = united(all, leaves(edge.to));
    leaves_.emplace(ref, all);
    return all;
  }

  /// Forgets the variables behind `last`: a leaf is the set of leaves that were there.
  Ref project(Ref ref, Position last, std::map<Ref, Ref>& done) {
    if (diagram_.position(ref) > last) return Ref::leaf(leaves(ref));
    if (auto const it = done.find(ref); it != done.end()) return it->second;
    std::vector<Edge> edges = copy(ref);
    for (Edge& edge : edges) edge.to = project(edge.to, last, done);
    Ref const result = diagram_.node(diagram_.position(ref), edges);
    done.emplace(ref, result);
    return result;
  }

  Expected sum(Ref ref, std::vector<Position> const& at, std::size_t next,
               std::map<std::pair<Ref, std::size_t>, Expected>& done) {
    if (next == at.size()) {
      auto const count = static_cast<std::int64_t>(sets_[ref.value()].size());
      return {count, count > 0 ? 1 : 0};
    }
    if (auto const it = done.find({ref, next}); it != done.end()) return it->second;
    Expected total;
    auto const take = [&](Ref below, std::int64_t codes) {
      Expected const one = sum(below, at, next + 1, done);
      total.open += one.open * codes;
      total.values += one.values * codes;
    };
    if (diagram_.position(ref) == at[next]) {
      std::int64_t low = 0;
      for (Edge const& edge : copy(ref)) {
        take(edge.to, edge.high - low + 1);
        low = edge.high + 1;
      }
    } else {
      take(ref, diagram_.size(at[next]));
    }
    done.emplace(std::pair(ref, next), total);
    return total;
  }

  Diagram& diagram_;
  Ref function_;
  std::map<std::pair<Ref, Ref>, bool> differ_;
  std::map<LeafSet, std::uint32_t> set_numbers_;
  std::vector<LeafSet> sets_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> unions_;
  std::map<Ref, std::uint32_t> leaves_;
};

struct Candidate {
  Question question;
  std::vector<Position> at;  // neighbours in the order
  bool assumed = false;
};

/// The unknown inputs that some decision reads.
std::vector<Candidate> candidates(Program const& program, Record const& record, Settlement& settlement,
                                  std::vector<InputId> const& assumed) {
  std::vector<Candidate> found;
  for (UnknownInput const& unknown : unknown_inputs(program, record)) {
    Candidate candidate{unknown.question, {}, false};
    for (ir::VarId const var : unknown.variables)
      if (auto const at = settlement.residual().position(var)) candidate.at.push_back(*at);
    if (candidate.at.empty()) continue;
    candidate.assumed = !unknown.question.previous &&
                        std::find(assumed.begin(), assumed.end(), unknown.question.input) != assumed.end();
    found.push_back(std::move(candidate));
  }
  return found;
}

/// Completions to their decision classes.
Ref decision_classes(Settlement& settlement) {
  std::map<DecisionClass, std::uint32_t> numbers;
  Ref const decisions = settlement.decisions();
  return settlement.residual().diagram().map(decisions, [&](std::uint32_t leaf) {
    if (leaf == Settlement::impossible_leaf) return leaf;
    return numbers.try_emplace(class_of(settlement.outcomes()[leaf]), static_cast<std::uint32_t>(numbers.size()))
        .first->second;
  });
}

/// What only travels with a decision: each alert, and the reassessment date, as functions of the completions.
std::vector<Ref> advice_functions(Program const& program, Settlement& settlement) {
  Diagram& d = settlement.residual().diagram();
  std::map<std::string, Ref> alerts;
  for (std::size_t i = 0; i < program.rules.size(); ++i)
    for (std::string const& alert : program.model->rules[i].alerts) {
      Ref& given = alerts.try_emplace(alert, no).first->second;
      given = d.either(given, settlement.where(program.rules[i].active));
    }
  std::vector<Ref> functions;
  for (auto const& [alert, given] : alerts)
    functions.push_back(d.apply(given, settlement.possible(), [](std::uint32_t is_given, std::uint32_t possible) {
      return possible != 0 ? is_given : Settlement::impossible_leaf;
    }));
  functions.push_back(d.map(settlement.decisions(), [&](std::uint32_t leaf) {
    return leaf == Settlement::impossible_leaf ? leaf
                                               : static_cast<std::uint32_t>(settlement.outcomes()[leaf].reassess + 1);
  }));
  return functions;
}

/// Without `impossible`s in the way some single answer always matters; with them, every input that has more than one
/// possible value can take part in the difference.
std::vector<Candidate> all_that_vary(std::vector<Candidate> const& candidates, Bearing& decisions) {
  std::vector<Candidate> varying;
  for (Candidate const& candidate : candidates)
    if (decisions.expected(candidate.at).values > 1) varying.push_back(candidate);
  return varying;
}

}  // namespace

std::vector<UnknownInput> unknown_inputs(Program const& program, Record const& record) {
  std::vector<UnknownInput> unknown;
  std::vector<ir::Input> const& inputs = program.model->inputs;
  for (bool const previous : {false, true}) {
    for (std::uint32_t i = 0; i < inputs.size(); ++i) {
      ir::VarId const first = previous ? inputs[i].first_previous_var : inputs[i].first_var;
      if (previous && first == 0) continue;
      UnknownInput one{{{i}, previous}, {}};
      for (ir::VarId var = first; var < first + inputs[i].width; ++var)
        if (record.codes[var] == unknown_code && record.stands_for[var] == var) one.variables.push_back(var);
      if (!one.variables.empty()) unknown.push_back(std::move(one));
    }
  }
  return unknown;
}

std::vector<Question> questions(Program const& program, Record const& record, Settlement& settlement,
                                std::vector<InputId> const& assumed, bool undetermined) {
  Diagram& d = settlement.residual().diagram();
  std::vector<Candidate> const open = candidates(program, record, settlement, assumed);
  Bearing decisions(d, decision_classes(settlement));
  std::vector<Candidate> deciding;
  for (Candidate const& candidate : open)
    if (decisions.matters(candidate.at)) deciding.push_back(candidate);
  if (deciding.empty() && undetermined) deciding = all_that_vary(open, decisions);

  std::vector<Candidate> advising;
  std::vector<Bearing> advice;
  for (Ref const function : advice_functions(program, settlement)) advice.emplace_back(d, function);
  for (Candidate const& candidate : open) {
    bool const decides = std::any_of(deciding.begin(), deciding.end(),
                                     [&](Candidate const& other) { return other.question == candidate.question; });
    if (decides) continue;
    if (std::any_of(advice.begin(), advice.end(), [&](Bearing& b) { return b.matters(candidate.at); }))
      advising.push_back(candidate);
  }

  std::vector<Question> order;
  auto const append = [&](std::vector<Candidate> const& group, auto belongs) {
    std::vector<std::pair<Expected, Question>> ranked;
    for (Candidate const& candidate : group)
      if (belongs(candidate)) ranked.emplace_back(decisions.expected(candidate.at), candidate.question);
    std::stable_sort(ranked.begin(), ranked.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
    for (auto const& [expected, question] : ranked) order.push_back(question);
  };
  append(deciding, [](Candidate const& c) { return !c.assumed; });
  append(deciding, [](Candidate const& c) { return c.assumed; });
  append(advising, [](Candidate const&) { return true; });
  return order;
}

}  // namespace carestep::eval
