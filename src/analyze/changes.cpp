#include "analyze/changes.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <span>

#include "analyze/extended.hpp"
#include "analyze/nearest.hpp"
#include "analyze/patient.hpp"
#include "analyze/placement.hpp"
#include "eval/decide.hpp"
#include "program/assessment_access.hpp"

namespace carestep::analyze {

using diagram::Diagram;
using diagram::Edge;
using diagram::OverBudget;
using diagram::Position;
using diagram::Ref;

namespace {

/// So many searches are made to find the alternatives of a goal.
constexpr int most_searches = 200;

/// Fewer answers first, then fewer values, then the answers that are declared first.
struct Nearer {
  bool operator()(Way const& a, Way const& b) const {
    return std::tie(a.distance, a.answers) < std::tie(b.distance, b.answers);
  }
};

bool stays(ir::Model const& model, Question const& question) {
  ir::InputKind const kind = model.inputs[question.input.index].kind;
  return question.previous || kind == ir::InputKind::level || kind == ir::InputKind::date;
}

Pieces pieces_that_stay(Person const& person) {
  Pieces pieces;
  for (std::uint32_t i = 0; i < person.known().size(); ++i) {
    Known const& known = person.known()[i];
    if (known.kind == Known::Kind::no_previous || stays(person.model(), known.question)) pieces.push_back(i);
  }
  return pieces;
}

/// Whether a decision is what the goal asks for, where `now` is the next level without any change.
bool reaches(Aim const& goal, LevelId now, Move move, LevelId next) {
  switch (goal.kind) {
    case Aim::Kind::step_down:
      return move == Move::step_down;
    case Aim::Kind::step_up:
      return move == Move::step_up;
    case Aim::Kind::lower:
      return move == Move::admit && next.index < now.index;
    case Aim::Kind::higher:
      return move == Move::admit && next.index > now.index;
    case Aim::Kind::level:
      return next == goal.level && next != no_level;
  }
  return false;
}

bool asks_for_less(Aim const& goal, LevelId now) {
  if (goal.kind == Aim::Kind::level) return goal.level.index < now.index;
  return goal.kind == Aim::Kind::step_down || goal.kind == Aim::Kind::lower;
}

/// The decisions of everybody who is like the person in what cannot change.
class Peers {
 public:
  explicit Peers(Person const& person)
      : person_(person),
        space_(person.program(), person.record_of(pieces_that_stay(person)), person.order()),
        placement_(space_) {}

  [[nodiscard]] Space const& space() const { return space_; }

  /// Leaves as `Extended` wants them; each different decision that reaches the goal has a number of its own.
  Ref reaching(Aim const& goal, LevelId now, std::uint64_t budget) {
    Diagram& d = space_.diagram();
    d.allow(budget);
    std::map<eval::DecisionClass, std::uint32_t> numbers;
    Ref const decided = d.map(placement_.decisions(), [&](std::uint32_t leaf) {
      eval::Outcome const& o = placement_.decision_of(leaf);
      if (!reaches(goal, now, o.move, LevelId{o.next})) return Extended::mixed;
      auto const next = static_cast<std::uint32_t>(numbers.size());
      return Extended::wanted + numbers.try_emplace(eval::class_of(o), next).first->second;
    });
    Ref const applied = d.apply(decided, space_.counted(), [](std::uint32_t decision, std::uint32_t applies) {
      return applies != 0 ? decision : Extended::mixed;
    });
    return d.apply(applied, space_.possible(), [](std::uint32_t decision, std::uint32_t possible) {
      return possible != 0 ? decision : Extended::nothing;
    });
  }

  [[nodiscard]] std::vector<Openness> openness() const {
    std::vector<Openness> open;
    for (ir::VarId const var : space_.variables()) {
      bool const known = person_.codes()[var] != eval::unknown_code;
      open.push_back(known ? Openness::told : can_change(var) ? Openness::either : Openness::unknown);
    }
    return open;
  }

  /// What it costs to change each answer; answers are numbered as their inputs.
  [[nodiscard]] std::vector<Terrain> terrain(bool for_less) const {
    std::vector<Terrain> terrain;
    for (ir::VarId const var : space_.variables()) terrain.push_back(terrain_of(var, for_less));
    return terrain;
  }

 private:
  [[nodiscard]] bool can_change(ir::VarId var) const {
    ir::Variable const& variable = person_.model().variables[var];
    return !stays(person_.model(), {{variable.input}, variable.previous});
  }

  [[nodiscard]] Terrain terrain_of(ir::VarId var, bool for_less) const {
    ir::Variable const& variable = person_.model().variables[var];
    ir::Input const& input = person_.model().inputs[variable.input];
    std::int64_t const code = person_.codes()[var];
    Terrain terrain{.answer = variable.input, .own = code, .low = 0, .high = variable.size - 1, .origin = code};
    if (code == eval::unknown_code) {
      std::int64_t const mildest = mildest_code(person_.model(), var);
      bool const directed = input.worse != ir::Worse::undeclared;
      terrain.own = variable.size;  // stays not known
      terrain.origin = for_less && directed ? variable.size - 1 - mildest : mildest;
    } else if (var == ir::days_in_level_var) {
      terrain.low = code;
    }
    if (input.kind == ir::InputKind::choice) {
      terrain.by_values = false;
      terrain.origin = 0;
    }
    return terrain;
  }

  Person const& person_;
  Space space_;
  Placement placement_;
};

/// The alternatives of one goal, nearest first.
class Alternatives {
 public:
  Alternatives(Person const& person, Peers& peers, Aim const& goal, LevelId now, std::uint64_t budget)
      : person_(person),
        peers_(peers),
        goal_(goal),
        now_(now),
        budget_(budget),
        terrain_(peers.terrain(asks_for_less(goal, now))),
        extended_(peers.space().diagram(), peers.reaching(goal, now, budget), peers.openness(), budget) {}

  Changes run() {
    std::vector<Way> ways = nearest_ways();
    Changes changes{goal_, ways.empty() ? Changes::Verdict::none : Changes::Verdict::found, {}, !open_.empty()};
    if (ways.size() > most_alternatives) {
      ways.resize(most_alternatives);
      changes.more = true;
    }
    for (Way const& way : ways) {
      std::optional<Alternative> shown = replayed(way);
      if (!shown) return {goal_, Changes::Verdict::gave_up, {}, false};
      changes.alternatives.push_back(*std::move(shown));
    }
    return changes;
  }

 private:
  /// One way for each set of answers, as many as are shown and those that are as near as the last of them.
  std::vector<Way> nearest_ways() {
    std::vector<Way> ways;
    search({});
    while (!open_.empty() && searches_ < most_searches) {
      auto const [way, kept] = *open_.begin();
      if (ways.size() >= most_alternatives && ways.back().distance < way.distance) break;
      open_.erase(open_.begin());
      if (!among(ways, way)) ways.push_back(way);
      // Another set of answers does without one of these.
      for (std::uint32_t const answer : way.answers) {
        std::vector<std::uint32_t> more = kept;
        more.insert(std::upper_bound(more.begin(), more.end(), answer), answer);
        search(std::move(more));
      }
    }
    std::erase_if(open_, [&](auto const& open) { return among(ways, open.first); });
    std::sort(ways.begin(), ways.end(), Nearer{});
    return ways;
  }

  static bool among(std::vector<Way> const& ways, Way const& way) {
    return std::any_of(ways.begin(), ways.end(), [&](Way const& other) { return other.answers == way.answers; });
  }

  /// The nearest change that leaves these answers alone.
  void search(std::vector<std::uint32_t> kept) {
    if (!searched_.insert(kept).second) return;
    ++searches_;
    std::optional<Way> way = nearest(extended_.diagram(), extended_.function(), Extended::wanted, terrain_, kept);
    if (way) open_.emplace(*std::move(way), std::move(kept));
  }

  [[nodiscard]] std::int64_t code_at(Way const& way, Position at) const {
    return way.codes[at] == Terrain::no_code ? terrain_[at].own : way.codes[at];
  }

  [[nodiscard]] OtherAnswer change_of(Way const& way, std::uint32_t answer) {
    ir::Input const& input = person_.model().inputs[answer];
    OtherAnswer change{{answer}, {}, 0, 0};
    for (ir::VarId var = input.first_var; var < input.first_var + input.width; ++var) {
      Position const at = peers_.space().position(var);
      std::int64_t const code = code_at(way, at);
      change.codes.push_back(code == person_.model().variables[var].size ? eval::unknown_code : code);
    }
    if (input.kind == ir::InputKind::scale || input.kind == ir::InputKind::number) widen(way, change);
    return change;
  }

  /// The codes around the one chosen that lead to the same leaf.
  void widen(Way const& way, OtherAnswer& change) {
    ir::VarId const var = person_.model().inputs[change.input.index].first_var;
    Position const at = peers_.space().position(var);
    std::uint32_t const wanted = leaf_below(extended_.function(), way);
    Ref ref = extended_.function();
    while (extended_.diagram().position(ref) < at) ref = next(ref, code_at(way, extended_.diagram().position(ref)));
    std::int64_t const chosen = change.codes[0];
    std::int64_t low = 0;
    std::int64_t from = -1;  // where the present run of such codes began
    change.low = change.high = chosen;
    for (Edge const& edge : extended_.diagram().edges(ref)) {
      bool const leads_there = leaf_below(edge.to, way) == wanted;
      if (!leads_there && low > chosen) break;
      if (!leads_there) from = -1;
      if (leads_there && from < 0) from = low;
      if (leads_there && edge.high >= chosen) change.high = edge.high;
      if (leads_there && low <= chosen) change.low = from;
      low = edge.high + 1;
    }
    change.low = std::max(change.low, terrain_[at].low);
    change.high = std::min(change.high, terrain_[at].high);
  }

  [[nodiscard]] Ref next(Ref ref, std::int64_t code) {
    for (Edge const& edge : extended_.diagram().edges(ref))
      if (code <= edge.high) return edge.to;
    return ref;  // the last edge reaches the last code
  }

  [[nodiscard]] std::uint32_t leaf_below(Ref ref, Way const& way) {
    while (!ref.is_leaf()) ref = next(ref, code_at(way, extended_.diagram().position(ref)));
    return ref.value();
  }

  /// The changes, made; nothing where the evaluator does not confirm what they lead to.
  std::optional<Alternative> replayed(Way const& way) {
    Alternative alternative;
    Assessment assessment = person_.assessment();
    std::span<program::AnswerCode> const codes = AssessmentAccess::codes(assessment);
    for (std::uint32_t const answer : way.answers) {
      OtherAnswer change = change_of(way, answer);
      ir::VarId const first = person_.model().inputs[answer].first_var;
      for (std::size_t i = 0; i < change.codes.size(); ++i)
        codes[first + i] = static_cast<program::AnswerCode>(change.codes[i]);
      AssessmentAccess::forget_told(assessment, answer);
      alternative.changes.push_back(std::move(change));
    }
    Decision decision;
    eval::decide(person_.program(), assessment, {.allow_out_of_force = true, .brief = true, .budget = budget_},
                 decision);
    alternative.decision = decision;
    bool const confirmed =
        decision.status == DecisionStatus::determined && reaches(goal_, now_, decision.move, decision.next);
    return confirmed ? std::optional(std::move(alternative)) : std::nullopt;
  }

  Person const& person_;
  Peers& peers_;
  Aim goal_;
  LevelId now_;
  std::uint64_t budget_;
  std::vector<Terrain> terrain_;
  Extended extended_;
  std::multimap<Way, std::vector<std::uint32_t>, Nearer> open_;  // with the answers that were left alone
  std::set<std::vector<std::uint32_t>> searched_;
  int searches_ = 0;
};

}  // namespace

std::vector<Aim> usual_aims(Person const& person) {
  bool const in_care = person.codes()[ir::current_level_var] > 0;
  if (in_care) return {{Aim::Kind::step_down, no_level}, {Aim::Kind::step_up, no_level}};
  return {{Aim::Kind::lower, no_level}, {Aim::Kind::higher, no_level}};
}

std::vector<Changes> what_would_change(Person const& person, Decision const& decision, std::vector<Aim> const& goals,
                                       std::uint64_t budget) {
  std::vector<Changes> all;
  Peers peers(person);
  for (Aim const& goal : goals) {
    all.push_back({goal, Changes::Verdict::gave_up, {}, false});
    if (decision.status == DecisionStatus::determined && reaches(goal, decision.next, decision.move, decision.next)) {
      all.back().verdict = Changes::Verdict::already;
      continue;
    }
    try {
      all.back() = Alternatives(person, peers, goal, decision.next, budget).run();
    } catch (OverBudget const&) {
    }
  }
  return all;
}

}  // namespace carestep::analyze
