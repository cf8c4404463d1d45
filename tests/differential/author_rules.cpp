#include <algorithm>
#include <array>
#include <fmt/format.h>

#include "differential/author.hpp"

namespace carestep::differential {

// ---- actions ------------------------------------------------------------------------------------------------------

/// Services that some level offers together; nothing when no level offers any.
Words Author::offered_together() {
  auto const& offers = random_.pick(offers_);
  return offers.empty() ? Words{} : random_.some(offers, 1, std::min<std::size_t>(2, offers.size()));
}

std::string Author::narrowing_action() {
  switch (random_.below(10)) {
    case 0:
      return "at most " + random_.pick(levels_);
    case 1:
      return "only " + joined(random_.some(levels_, 1, levels_.size()));
    case 2:
      return "not " + joined(random_.some(levels_, 1, levels_.size() - 1));
    case 3:
    case 4:
      if (auto const services = offered_together(); !services.empty()) return "needs " + joined(services);
      break;
    default:
      break;
  }
  return "at least " + random_.pick(levels_);
}

std::string Author::advice(std::set<std::string>& used) {
  switch (random_.below(4)) {
    case 0:
      if (services_.empty() || !used.insert("suggest").second) return "";
      return "suggest " + joined(random_.some(services_, 1, std::min<std::size_t>(2, services_.size())));
    case 1:
      return used.insert("alert").second ? fmt::format("alert \"Alert {}\"", random_.below(5)) : "";
    case 2:
      return used.insert("note").second ? fmt::format("note \"Note {}\"", random_.below(4)) : "";
    default:
      return used.insert("reassess").second ? "reassess in " + days_text(random_.between(1, 21), random_) : "";
  }
}

std::string Author::actions() {
  Words written;
  std::set<std::string> used;
  if (chance(75)) written.push_back(narrowing_action());
  if (chance(6)) {
    auto const low = random_.below(levels_.size());
    auto const high = low + random_.below(levels_.size() - low);
    written = {"at least " + levels_[low], "at most " + levels_[high]};
  }
  while (written.empty() || chance(30)) {
    if (auto const more = advice(used); !more.empty()) written.push_back(more);
    if (used.size() == 4) break;
  }
  return joined(written, " and ");
}

// ---- rules, tables, trees -----------------------------------------------------------------------------------------

void Author::rules() {
  if (chance(25)) add("rule everyone\n  then at least " + levels_.front() + "\n");
  auto const count = random_.between(1, 7);
  for (std::int64_t i = 1; i <= count; ++i) rule(static_cast<std::size_t>(i));
  auto const tables = random_.between(0, 2);
  for (std::int64_t i = 1; i <= tables; ++i) table(static_cast<std::size_t>(i));
  if (chance(40)) tree(1);
  if (chance(40)) rule(static_cast<std::size_t>(count) + 1);
  auto const criteria = chance(50) ? random_.between(1, 3) : 0;
  for (std::int64_t i = 0; i < criteria; ++i) criterion();
}

void Author::rule(std::size_t number) {
  auto const name = fmt::format("r{}", number);
  auto text = fmt::format("rule {}{}\n", name, chance(30) ? " \"Rule\"" : "");
  if (chance(88)) text += "  when " + clause() + "\n";
  if (chance(18)) text += "  unless " + clause(1) + "\n";
  text += "  then " + actions() + "\n";
  if (!groups_.empty() && chance(18)) {
    text += "  overrides " + joined(random_.some(groups_, 1, std::min<std::size_t>(2, groups_.size()))) + "\n";
  }
  if (chance(20)) text += "  because \"It is so\"\n";
  add(text);
  groups_.push_back(name);
}

std::string Author::number_cell(Subject const& subject) {
  auto const upper = [&] { return text_of(subject, random_.between(subject.low + 1, subject.high)); };
  auto const lower = [&] { return text_of(subject, random_.between(subject.low, subject.high - 1)); };
  switch (random_.below(subject.directed ? 9 : 8)) {
    case 0:
      return upper();
    case 1:
      return in_order({text_of(subject, subject.low), " or ", upper()});
    case 2:
      return upper() + " or more";
    case 3:
      return lower() + " or less";
    case 4:
      return "< " + upper();
    case 5:
      return "<= " + lower();
    case 6:
      return "> " + lower();
    case 7: {
      auto const first = random_.between(subject.low, subject.high - 2);
      return in_order({text_of(subject, first), " to ", text_of(subject, first + 1)});
    }
    default:
      return subject.lower_is_worse ? lower() + " or worse" : upper() + " or worse";
  }
}

std::string Author::scale_cell(Subject const& subject) {
  auto const& values = subject.values;
  auto const last = values.size() - 1;
  auto const upper = values[1 + random_.below(last)];
  auto const lower = values[random_.below(last)];
  if (subject.kind == SubjectKind::choice) return joined(random_.some(values, 1, last), " or ");
  switch (random_.below(subject.directed ? 6 : 4)) {
    case 0:
      return joined(random_.some(values, 1, last), " or ");
    case 1:
      return ">= " + upper;
    case 2:
      return "< " + upper;
    case 3:
      return last < 2 ? upper : values[0] + " to " + values[last - 1];
    case 4:
      return (subject.lower_is_worse ? lower : upper) + " or worse";
    default:
      return (subject.lower_is_worse ? upper : lower) + " or better";
  }
}

std::string Author::cell(Subject const& subject) {
  if (chance(30)) return "-";
  switch (subject.kind) {
    case SubjectKind::yes_no:
      return chance(50) ? "yes" : "no";
    case SubjectKind::set:
      return joined(random_.some(subject.values, 1, 2), " or ");
    case SubjectKind::number:
      return number_cell(subject);
    default:
      return scale_cell(subject);
  }
}

void Author::table(std::size_t number) {
  auto pool = of_kind(
      {SubjectKind::yes_no, SubjectKind::scale, SubjectKind::choice, SubjectKind::set, SubjectKind::number}, true);
  Subject current;
  current.name = "current_level";
  current.kind = SubjectKind::choice;
  current.values = levels_;
  current.values.push_back("none");
  if (levels_.size() > 2 && chance(30)) pool.push_back(current);
  if (pool.empty()) return;
  random_.shuffle(pool);
  auto columns = random_.some(pool, 1, std::min<std::size_t>(3, pool.size()));
  for (auto& column : columns) {
    if (column.kind == SubjectKind::set && chance(50)) {
      column.name = "count of " + column.name;
      column.kind = SubjectKind::number;
      column.high = static_cast<std::int64_t>(column.values.size());
      column.directed = false;
    } else if (!column.derived && column.name != "current_level" && chance(15)) {
      column.name = "previous " + column.name;
    }
  }
  auto const name = fmt::format("t{}", number);
  auto const first = chance(50);
  auto text = fmt::format("table {}{}\n  |", name, first ? " first" : "");
  for (auto const& column : columns) text += " " + column.name + " |";
  text += " then |\n";
  auto const rows = random_.between(2, 5);
  for (std::int64_t row = 0; row < rows; ++row) {
    text += "  |";
    auto anything = true;
    for (std::size_t i = 0; i < columns.size(); ++i) {
      auto written = cell(columns[i]);
      while (written == "-" && anything && i + 1 == columns.size()) written = cell(columns[i]);
      anything = anything && written == "-";
      text += " " + written + " |";
    }
    if (chance(12)) {
      text += in_order({chance(60) ? " admit " : " continue ", random_.pick(levels_), " |\n"});
    } else {
      text += chance(12) ? " - |\n" : " " + actions() + " |\n";
    }
  }
  if (first && chance(30)) {
    text += "  |";
    for (std::size_t i = 0; i < columns.size(); ++i) text += " - |";
    text += " " + actions() + " |\n";
  }
  add(text);
  groups_.push_back(name);
}

void Author::tree(std::size_t number) {
  auto const name = fmt::format("tree{}", number);
  auto const nodes = static_cast<std::size_t>(random_.between(2, 4));
  std::vector<std::array<std::string, 2>> targets(nodes);
  for (std::size_t node = 1; node < nodes; ++node) {  // every node is reached from an earlier one
    std::vector<std::string*> free;
    for (std::size_t from = 0; from < node; ++from) {
      for (auto& target : targets[from]) {
        if (target.empty()) free.push_back(&target);
      }
    }
    *random_.pick(free) = fmt::format("n{}", node + 1);
  }
  auto text = fmt::format("tree {}\n", name);
  for (std::size_t node = 0; node < nodes; ++node) {
    for (std::size_t branch = 0; branch < 2; ++branch) {
      auto& target = targets[node][branch];
      if (!target.empty()) continue;
      auto const join = fmt::format("n{}", node + 2 + random_.below(2));
      auto const joins = node + 2 < nodes && chance(35) && targets[node][1 - branch] != join;
      target = joins ? join : (chance(15) ? "-" : actions());
    }
    text += in_order({fmt::format("  n{}", node + 1), chance(30) ? " \"Well?\": " : ": ", inner(1)});
    text += fmt::format("\n    yes -> {}\n    no -> {}\n", targets[node][0], targets[node][1]);
  }
  add(text);
  groups_.push_back(name);
}

// ---- moves, promises, impossibles ---------------------------------------------------------------------------------

/// Between one and three of the levels `from` to `to`, counted from 0.
std::string Author::some_levels(std::size_t from, std::size_t to) {
  auto const begin = levels_.begin();
  Words const range(begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(to) + 1);
  return joined(random_.some(range, 1, std::min<std::size_t>(3, range.size())));
}

std::string Author::sometimes_when(unsigned percent) {
  return chance(percent) ? "\n  when " + clause(1) + "\n" : "\n";
}

void Author::step(bool up) {
  auto const last = levels_.size() - 1;
  auto const split = random_.below(last);
  auto const* word = up ? "step up " : "step down ";
  if (chance(20)) {
    add(in_order({word, "any -> any", sometimes_when(50)}));
  } else if (up) {
    add(in_order({word, some_levels(0, split), " -> ", some_levels(split + 1, last), sometimes_when(50)}));
  } else {
    add(in_order({word, some_levels(split + 1, last), " -> ", some_levels(0, split), sometimes_when(50)}));
  }
}

/// Down from each level to the next, so that pathways are long.
void Author::chain_down() {
  for (auto i = levels_.size() - 1; i > 0; --i) {
    auto const last = i == 1 || chance(75) ? i - 1 : i - 2;
    add(in_order({"step down ", levels_[i], " -> ", levels_[last], sometimes_when(20)}));
  }
}

void Author::moves() {
  if (chance(70)) {
    if (chance(45)) chain_down();
    auto const ups = random_.between(0, 3);
    for (std::int64_t i = 0; i < ups; ++i) step(true);
    auto const downs = random_.between(0, 4);
    for (std::int64_t i = 0; i < downs; ++i) step(false);
  }
  if (chance(60)) {
    add(in_order({"discharge ", chance(30) ? "any" : some_levels(0, levels_.size() - 1), sometimes_when(80)}));
  }
}

void Author::guarantees() {
  auto const count = random_.between(1, 3);
  for (std::int64_t i = 1; i <= count; ++i) {
    auto const promise = [&]() -> std::string {
      if (chance(15)) return "no conflict";
      if (chance(15)) return "eligible";
      return narrowing_action();
    };
    add(in_order({fmt::format("guarantee p{}\n  whenever ", i), clause(1), "\n  then ", promise(), "\n"}));
  }
}

void Author::impossibles() {
  auto const count = random_.between(1, 2);
  for (std::int64_t i = 1; i <= count; ++i) {
    auto const some_comparison = [&] { return comparison(random_.pick(inputs_)); };
    add(in_order({fmt::format("impossible i{}\n  when ", i), some_comparison(), " and ", some_comparison(), "\n"}));
  }
}

}  // namespace carestep::differential
