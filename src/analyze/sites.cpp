#include "analyze/sites.hpp"

#include <algorithm>
#include <charconv>

#include "ir/words.hpp"

namespace carestep::analyze {
namespace {

using ir::ClauseKind;
using program::Program;

class Reader {
 public:
  explicit Reader(Program const& program) : program_(program), model_(*program.model) {}

  std::vector<Site> read() {
    add({.kind = SiteKind::applies, .where = "applies"}, model_.applies);
    for (ir::Rule const& rule : model_.rules) add_rule(rule);
    for (ir::Criterion const& criterion : model_.criteria) add_criterion(criterion);
    for (ir::StepLine const& line : model_.steps) add_step(line);
    for (ir::DischargeLine const& line : model_.discharges)
      add({.kind = SiteKind::discharge, .where = line.words, .at = codes_of(line.from)}, line.when);
    for (ir::Definition const& definition : model_.definitions) add_definition(definition);
    for (ir::Guarantee const& guarantee : model_.guarantees)
      add({.kind = SiteKind::guarantee, .where = "guarantee " + guarantee.name}, guarantee.whenever);
    return std::move(sites_);
  }

 private:
  [[nodiscard]] program::Slot slot(ir::NodeId node) const { return program_.slot_of_node[node]; }

  [[nodiscard]] std::vector<std::int64_t> codes_of(ir::LevelMask levels) const {
    std::vector<std::int64_t> codes;
    for (std::size_t level = 0; level < model_.levels.size(); ++level)
      if ((levels >> level & 1U) != 0) codes.push_back(static_cast<std::int64_t>(level) + 1);
    return codes;
  }

  void add_rule(ir::Rule const& rule) {
    Site site{.kind = SiteKind::rule, .where = rule.name};
    for (ir::Index const other : rule.overridden_by)
      site.provided.emplace_back(slot(model_.rules[other].active), false);
    if (rule.origin == ir::RuleOrigin::row) require_row_reached(rule.name, site);
    bool const exception = !rule.unless.words.empty() || !rule.unless.parts.empty();
    if (!exception) return add(std::move(site), rule.when);
    site.parts = {{.kind = ClauseKind::all, .parts = {}}, {.kind = ClauseKind::negation, .parts = {}}};
    std::size_t const unless = put(site, rule.unless, 1);
    site.parts[1].parts = {unless};
    site.parts[0].parts = {1};
    if (!rule.when.words.empty() || !rule.when.parts.empty()) {
      std::size_t const when = put(site, rule.when, 0);
      site.parts[0].parts.push_back(when);
    }
    sites_.push_back(std::move(site));
  }

  void add_criterion(ir::Criterion const& criterion) {
    bool const admit = criterion.kind == ir::CriterionKind::admit;
    ir::LevelMask const level = ir::LevelMask{1} << criterion.level;
    Site site{.kind = SiteKind::criterion, .where = ir::words(model_, criterion)};
    site.at = codes_of(admit ? program_.all_levels & ~level : level);
    if (admit) site.at.insert(site.at.begin(), 0);
    require_row_reached(criterion.name, site);
    add(std::move(site), criterion.when);
  }

  void add_step(ir::StepLine const& line) {
    ir::LevelMask from = 0;
    for (auto const& move : line.moves) from |= ir::LevelMask{1} << move.first;
    add({.kind = SiteKind::step, .where = line.words, .at = codes_of(from), .up = line.up}, line.when);
  }

  /// A case counts where no earlier one holds.
  void add_definition(ir::Definition const& definition) {
    Site site{.kind = SiteKind::definition, .where = definition.name};
    for (ir::DefinitionCase const& one : definition.cases) {
      add(site, one.when);
      site.provided.emplace_back(slot(one.when.node), false);
    }
  }

  /// `name` is `TABLE.N` for a row.
  void require_row_reached(std::string const& name, Site& site) const {
    std::size_t const dot = name.find('.');
    if (dot == std::string::npos) return;
    std::size_t row = 0;
    std::from_chars(name.data() + dot + 1, name.data() + name.size(), row);
    for (ir::Table const& table : model_.tables) {
      if (!table.first || name.compare(0, dot, table.name) != 0) continue;
      for (std::size_t earlier = 0; earlier + 1 < row; ++earlier)
        site.provided.emplace_back(slot(table.row_nodes[earlier]), false);
    }
  }

  void add(Site site, ir::Clause const& condition) {
    bool const left_out = condition.words.empty() && condition.parts.empty();
    if (!left_out) put(site, condition, 0);
    sites_.push_back(std::move(site));
  }

  std::size_t put(Site& site, ir::Clause const& clause, std::size_t parent) {
    std::size_t const here = site.parts.size();
    site.parts.push_back({.kind = clause.kind, .n = clause.n, .slot = slot(clause.node), .parent = parent});
    for (ir::Clause const& part : clause.parts) {
      std::size_t const below = put(site, part, here);
      site.parts[here].parts.push_back(below);
    }
    if (!clause.parts.empty()) return here;
    site.parts[here].kind = ClauseKind::test;
    if (clause.node <= 1) {
      site.parts[here].constant = static_cast<std::int8_t>(clause.node);
    } else {
      site.parts[here].clause = site.clauses.size();
      site.clauses.push_back({&clause, slot(clause.node), here});
    }
    return here;
  }

  Program const& program_;
  ir::Model const& model_;
  std::vector<Site> sites_;
};

/// How many of the other parts of a part hold: so many for sure, and so many perhaps.
struct Others {
  std::int64_t number = 0;
  std::int64_t sure = 0;
  std::int64_t perhaps = 0;
};

class Judge {
 public:
  Judge(Site const& site, Truths const& truths) : site_(site), truths_(truths) {}

  /// 0, 1 or unknown_truth.
  [[nodiscard]] std::int8_t truth(std::size_t index) const {
    SitePart const& part = site_.parts[index];
    if (part.kind == ClauseKind::test) return part.clause == SitePart::no_clause ? part.constant : truths_[part.clause];
    Others const all = count(part, no_part);
    auto const between = [&](std::int64_t low, std::int64_t high) -> std::int8_t {
      if (all.sure >= low && all.sure + all.perhaps <= high) return 1;
      return all.sure > high || all.sure + all.perhaps < low ? 0 : unknown_truth;
    };
    switch (part.kind) {
      case ClauseKind::all:
        return between(all.number, all.number);
      case ClauseKind::any:
        return between(1, all.number);
      case ClauseKind::negation:
      case ClauseKind::none:
        return between(0, 0);
      case ClauseKind::at_least:
        return between(part.n, all.number);
      case ClauseKind::at_most:
        return between(0, part.n);
      case ClauseKind::exactly:
        return between(part.n, part.n);
      case ClauseKind::test:
        break;
    }
    return unknown_truth;
  }

  [[nodiscard]] Others count(SitePart const& part, std::size_t without) const {
    Others others;
    for (std::size_t const below : part.parts) {
      if (below == without) continue;
      ++others.number;
      std::int8_t const truth = this->truth(below);
      if (truth == 1) ++others.sure;
      if (truth == unknown_truth) ++others.perhaps;
    }
    return others;
  }

  /// The senses that are possible from a clause up to the whole condition.
  template <class Step>
  void climb(std::size_t clause, Step step) const {
    for (std::size_t below = site_.clauses[clause].part; below != 0; below = site_.parts[below].parent) {
      SitePart const& part = site_.parts[site_.parts[below].parent];
      step(part, count(part, below));
    }
  }

 private:
  static constexpr std::size_t no_part = ~std::size_t{0};

  Site const& site_;
  Truths const& truths_;
};

}  // namespace

std::vector<Site> sites_of(Program const& program) {
  return Reader(program).read();
}

std::vector<Opening> openings(SitePart const& part) {
  auto const others = static_cast<std::int64_t>(part.parts.size()) - 1;
  switch (part.kind) {
    case ClauseKind::test:
      break;
    case ClauseKind::negation:
      return {{0, Sense::against}};
    case ClauseKind::all:
      return {{others, Sense::with}};
    case ClauseKind::any:
      return {{0, Sense::with}};
    case ClauseKind::none:
      return {{0, Sense::against}};
    case ClauseKind::at_least:
      return {{part.n - 1, Sense::with}};
    case ClauseKind::at_most:
      return {{part.n, Sense::against}};
    case ClauseKind::exactly:
      return {{part.n - 1, Sense::with}, {part.n, Sense::against}};
  }
  return {};
}

Sense sense(Site const& site, std::size_t clause, Truths const& truths) {
  int sign = 1;
  Judge(site, truths).climb(clause, [&](SitePart const& part, Others const& others) {
    int step = 0;
    for (Opening const& opening : openings(part))
      if (opening.others == others.sure) step = static_cast<int>(opening.sense);
    sign *= step;
  });
  return static_cast<Sense>(sign);
}

bool may_decide(Site const& site, std::size_t clause, Truths const& truths) {
  bool may = true;
  Judge(site, truths).climb(clause, [&](SitePart const& part, Others const& others) {
    std::vector<Opening> const ways = openings(part);
    may = may && std::any_of(ways.begin(), ways.end(), [&](Opening const& opening) {
            return others.sure <= opening.others && opening.others <= others.sure + others.perhaps;
          });
  });
  return may;
}

}  // namespace carestep::analyze
