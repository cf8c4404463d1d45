#include "analyze/overview.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

#include "analyze/sites.hpp"
#include "ir/words.hpp"

namespace carestep::analyze {
namespace {

using diagram::no;
using diagram::Ref;
using diagram::yes;
using program::Program;

constexpr std::size_t most_combinations = 24;  // for one level; a longer list is not read

/// Somebody without a previous assessment is somebody for whom nothing has changed, so that one space speaks for all.
World& everybody(Analysis& analysis) {
  Program const& program = analysis.program();
  std::vector<program::Slot> slots = program.impossible;
  slots.push_back(program.applies);
  return analysis.world(reads_previous(united(analysis.decision_reads(), analysis.reads(slots))));
}

/// A clause of a rule or criterion, or that somebody is at a level with criteria.
struct Literal {
  ClauseTruth clause;
  Ref holds;
  Ref fails;
  bool narrows = false;  // of a rule that excludes some level, or of a criterion
};

/// Indices of literals, and how each comes out.
using Term = std::vector<std::pair<std::size_t, bool>>;

class LevelTable {
 public:
  LevelTable(Analysis& analysis, std::uint64_t steps)
      : analysis_(analysis),
        steps_(steps),
        program_(analysis.program()),
        model_(analysis.model()),
        world_(everybody(analysis)),
        space_(world_.space),
        sites_(sites_of(program_)) {
    collect_literals();
  }

  std::vector<WaysToLevel> build() {
    std::vector<WaysToLevel> all;
    earlier_ = no;
    add(
        Stand::conflict, eval::no_level_index, [](eval::Outcome const& o) { return o.conflict; }, all);
    add(
        Stand::not_eligible, eval::no_level_index, [](eval::Outcome const& o) { return o.not_eligible; }, all);
    add(
        Stand::by_default, eval::no_level_index, [](eval::Outcome const& o) { return o.by_default; }, all);
    for (auto level = static_cast<std::int8_t>(program_.level_count()); level-- > 0;)
      add(
          Stand::level, level, [&](eval::Outcome const& o) { return o.indicated == level; }, all);
    return all;
  }

 private:
  void collect_literals() {
    std::map<program::Slot, std::size_t> known;
    of_site_.resize(sites_.size());
    for (std::size_t s = 0; s < sites_.size(); ++s) {
      Site const& site = sites_[s];
      if (site.kind != SiteKind::rule && site.kind != SiteKind::criterion) continue;
      bool const narrows = site.kind == SiteKind::criterion || program_.rules[s - first_rule].narrows;
      for (SiteClause const& clause : site.clauses) {
        auto const [at, added] = known.emplace(clause.slot, literals_.size());
        if (added) add_literal({clause.clause->words, true, clause.slot}, space_.condition(clause.slot));
        literals_[at->second].narrows |= narrows;
        of_site_[s].push_back(at->second);
      }
    }
    for (std::size_t level = 0; level < program_.level_count(); ++level)
      if (((program_.with_admit | program_.with_continue) >> level & 1U) != 0) add_level(level);
  }

  void add_literal(ClauseTruth clause, Ref holds) {
    literals_.push_back({std::move(clause), holds, space_.diagram().negation(holds), false});
  }

  void add_level(std::size_t level) {
    std::vector<diagram::Edge> edges;
    auto const code = static_cast<std::int64_t>(level) + 1;
    std::int64_t const last = space_.diagram().size(0) - 1;
    edges.push_back({code - 1, no});
    edges.push_back({code, yes});
    if (code < last) edges.push_back({last, no});
    add_literal(
        {"current_level is " + model_.levels[level].name, true, Program::no_slot, static_cast<std::int8_t>(level)},
        space_.diagram().node(0, edges));
    literals_.back().narrows = true;
  }

  // ---- one stand
  // -----------------------------------------------------------------------------------------------------

  template <class Stands>
  void add(Stand stand, std::int8_t level, Stands stands, std::vector<WaysToLevel>& all) {
    analysis_.renew();
    diagram::Diagram& d = space_.diagram();
    Ref const here = d.both(space_.counted(), world_.placement.where_indicated(stands));
    Ref const all_here = space_.without(here, earlier_);
    earlier_ = d.either(earlier_, here);
    if (all_here == no) return;
    WaysToLevel ways{stand, level, {}, true};
    fill(ways, all_here, space_.without(space_.counted(), earlier_));
    std::stable_sort(ways.combinations.begin(), ways.combinations.end(), [](auto const& a, auto const& b) {
      return std::pair(a.rules, a.clauses.size()) < std::pair(b.rules, b.clauses.size());
    });
    all.push_back(std::move(ways));
  }

  void fill(WaysToLevel& ways, Ref here, Ref elsewhere) {
    space_.diagram().allow(steps_);
    std::vector<Term> terms;
    try {
      find_terms(here, elsewhere, terms, ways.complete);
      if (ways.complete) leave_out_covered(terms, here);
    } catch (diagram::OverBudget const&) {
      ways.complete = false;
    }
    analysis_.renew();
    for (Term const& term : terms) ways.combinations.push_back(combination(term, ways.level, here));
  }

  /// Terms that hold for nobody `elsewhere`, until they hold for all the rest.
  void find_terms(Ref rest, Ref elsewhere, std::vector<Term>& terms, bool& complete) {
    while (rest != no) {
      Term term = reduced(starting_term(*smallest(space_, rest), elsewhere), elsewhere);
      Ref const covered = region(term, rest);
      complete = covered != no && terms.size() < most_combinations;
      if (!complete) return;
      rest = space_.without(rest, covered);
      terms.push_back(std::move(term));
    }
  }

  void leave_out_covered(std::vector<Term>& terms, Ref here) {
    for (std::size_t i = 0; i < terms.size();) {
      Ref alone = region(terms[i], here);
      for (std::size_t other = 0; other < terms.size() && alone != no; ++other)
        if (other != i) alone = space_.without(alone, region(terms[other], alone));
      if (alone == no)
        terms.erase(terms.begin() + static_cast<std::ptrdiff_t>(i));
      else
        ++i;
    }
  }

  /// The people of `within` for whom every clause comes out so. The clauses first: few are left when it comes to
  /// `within`, which may be large.
  Ref region(Term const& term, Ref within) {
    Ref together = yes;
    for (auto const& [literal, holds] : term) {
      together = space_.diagram().both(together, holds ? literals_[literal].holds : literals_[literal].fails);
      if (together == no) return no;
    }
    return space_.diagram().both(together, within);
  }

  /// Clauses that are enough: of one active rule, else of all active ones, else all.
  Term starting_term(Patient const& patient, Ref elsewhere) {
    std::set<std::size_t> of_active;
    for (std::size_t rule = 0; rule < program_.rules.size(); ++rule) {
      std::vector<std::size_t> const& own = of_site_[first_rule + rule];
      if (!program_.rules[rule].narrows || own.empty()) continue;
      if (!space_.contains(space_.condition(program_.rules[rule].active), patient.codes)) continue;
      if (Term term = term_of(own, patient); region(term, elsewhere) == no) return term;
      of_active.insert(own.begin(), own.end());
    }
    if (Term term = term_of(of_active, patient); region(term, elsewhere) == no) return term;
    std::vector<std::size_t> all(literals_.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    return term_of(all, patient);
  }

  template <class Literals>
  Term term_of(Literals const& literals, Patient const& patient) const {
    Term term;
    for (std::size_t const literal : literals)
      term.emplace_back(literal, space_.contains(literals_[literal].holds, patient.codes));
    return term;
  }

  /// Leaves out what is not needed: clauses that narrow nothing first, then those that do not hold, the last ones
  /// first.
  Term reduced(Term term, Ref elsewhere) {
    std::vector<std::size_t> order;
    for (auto const& [literal, holds] : term) order.push_back(literal);
    auto const worth = [&](std::size_t literal) {
      bool const holds = std::find(term.begin(), term.end(), std::pair(literal, true)) != term.end();
      return (literals_[literal].narrows ? 2 : 0) + (holds ? 1 : 0);
    };
    std::map<std::size_t, int> worths;
    for (std::size_t const literal : order) worths[literal] = worth(literal);
    std::reverse(order.begin(), order.end());
    std::stable_sort(order.begin(), order.end(), [&](auto a, auto b) { return worths[a] < worths[b]; });
    for (std::size_t const literal : order) {
      Term fewer = term;
      std::erase_if(fewer, [&](auto const& part) { return part.first == literal; });
      if (region(fewer, elsewhere) == no) term = std::move(fewer);
    }
    return term;
  }

  Combination combination(Term const& term, std::int8_t level, Ref here) {
    Combination result;
    for (bool const wanted : {true, false})
      for (auto const& [literal, holds] : term)
        if (holds == wanted) {
          result.clauses.push_back(literals_[literal].clause);
          result.clauses.back().holds = holds;
        }
    name_rules(term, level, region(term, here), result);
    return result;
  }

  void name_rules(Term const& term, std::int8_t level, Ref people, Combination& result) {
    std::vector<std::size_t> const rules = rules_above(level);
    for (std::size_t const rule : rules)
      if (space_.without(people, space_.condition(program_.rules[rule].active)) == no)
        result.rules.push_back(static_cast<ir::Index>(rule));
    if (!result.rules.empty()) return;
    for (std::size_t const rule : rules) {
      Ref const active = space_.condition(program_.rules[rule].active);
      if (!reads_of(rule, term) || space_.diagram().both(people, active) == no) continue;
      result.rules.push_back(static_cast<ir::Index>(rule));
      people = space_.without(people, active);
    }
    result.one_of = true;
    if (people != no) result.rules.clear();
  }

  /// The rules that exclude something below the level.
  [[nodiscard]] std::vector<std::size_t> rules_above(std::int8_t level) const {
    program::LevelMask const below = level == eval::no_level_index ? program_.all_levels : eval::below(level);
    std::vector<std::size_t> rules;
    for (std::size_t rule = 0; rule < program_.rules.size(); ++rule)
      if ((~program_.rules[rule].admits & below) != 0) rules.push_back(rule);
    return rules;
  }

  [[nodiscard]] bool reads_of(std::size_t rule, Term const& term) const {
    std::vector<std::size_t> const& own = of_site_[first_rule + rule];
    return std::any_of(term.begin(), term.end(),
                       [&](auto const& part) { return std::find(own.begin(), own.end(), part.first) != own.end(); });
  }

  static constexpr std::size_t first_rule = 1;  // in the sites, behind `applies`

  Analysis& analysis_;
  std::uint64_t steps_;
  Program const& program_;
  ir::Model const& model_;
  World& world_;
  Space& space_;
  std::vector<Site> sites_;
  std::vector<Literal> literals_;
  std::vector<std::vector<std::size_t>> of_site_;  // the literals of each site
  Ref earlier_ = no;                               // who stands as something before says
};

// ---- moves ----------------------------------------------------------------------------------------------------------

/// The leaves below a node.
void leaves(diagram::Diagram const& diagram, Ref ref, std::set<Ref>& seen, std::set<std::uint32_t>& found) {
  if (!seen.insert(ref).second) return;
  if (ref.is_leaf()) {
    found.insert(ref.value());
    return;
  }
  for (diagram::Edge const& edge : diagram.edges(ref)) leaves(diagram, edge.to, seen, found);
}

}  // namespace

std::vector<WaysToLevel> ways_to_levels(Analysis& analysis, std::uint64_t steps) {
  analysis.renew();
  return LevelTable(analysis, steps).build();
}

std::vector<MoveWays> move_ways(Analysis& analysis) {
  analysis.renew();
  World& world = everybody(analysis);
  diagram::Diagram& d = world.space.diagram();
  Ref const decided = d.apply(world.placement.decisions(), world.space.counted(),
                              [](std::uint32_t leaf, std::uint32_t counted) { return counted != 0 ? leaf + 1 : 0; });
  std::vector<MoveWays> all;
  for (std::int64_t code = 0; code < d.size(0); ++code) {
    Ref there = decided;
    if (d.position(decided) == 0) {
      auto const edges = d.edges(decided);
      there = std::find_if(edges.begin(), edges.end(), [&](auto const& edge) { return edge.high >= code; })->to;
    }
    std::set<Ref> seen;
    std::set<std::uint32_t> found;
    leaves(d, there, seen, found);
    // INVARIANT: false sorts before true, so that what is plain comes first.
    std::map<std::tuple<std::int8_t, bool, bool>, std::set<std::pair<Move, std::int8_t>>> moves;
    for (std::uint32_t const leaf : found) {
      if (leaf == 0) continue;
      eval::Outcome const& o = world.placement.decision_of(leaf - 1);
      moves[{o.indicated, o.conflict, o.by_default}].insert({o.move, o.next});
    }
    for (auto const& [key, some] : moves)
      all.push_back({static_cast<std::int8_t>(code - 1),
                     std::get<0>(key),
                     std::get<1>(key),
                     std::get<2>(key),
                     {some.begin(), some.end()}});
  }
  return all;
}

}  // namespace carestep::analyze
