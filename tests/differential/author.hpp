#pragma once

// How a random ruleset is written: what `generate.cpp` shares between its parts.

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "differential/generate.hpp"

namespace carestep::differential {

using Words = std::vector<std::string>;

std::string joined(Words const& words, char const* between = ", ");

/// The parts in a row. Parts of a braced list are made from left to right with every compiler, which the operands of
/// `+` and the arguments of a call are not: what draws at random more than once stands in here.
std::string in_order(std::initializer_list<std::string> parts);

/// A duration of whole days, in one of the ways to write it.
std::string days_text(std::int64_t days, Random& random);

enum class SubjectKind : std::uint8_t { yes_no, scale, choice, set, number, date, level };

/// What may be compared: an input, a fact, a grade, a score, or the `previous` of an input.
struct Subject {
  std::string name;
  SubjectKind kind = SubjectKind::yes_no;
  Words values;
  bool directed = false;  // `or worse` may be said of it
  bool lower_is_worse = false;
  bool derived = false;  // a fact, grade or score
  std::int64_t low = 0;  // a number's range, in steps; of a score, values worth comparing with
  std::int64_t high = 0;
  Decimal step = Decimal::from_int(1);
  std::int64_t unit_hours = 0;  // of a number that counts time
  std::string unit;
  bool or_never = false;
};

/// Writes one ruleset.
class Author {
 public:
  /// `small`: few inputs of few values, so that every complete assessment can be tried.
  explicit Author(Random& random, bool small = false) : random_(random), small_(small) {}
  std::vector<std::string> declarations();

 private:
  bool chance(unsigned percent) { return random_.percent(percent); }

  // declarations
  void levels_and_services();
  void level(std::string const& name, std::vector<std::string> const& offers);
  void inputs();
  void input(std::string const& name);
  std::string type_of(Subject& subject);
  std::string number_type(Subject& subject);
  std::string direction_of(Subject& subject);
  std::string assumption(Subject const& subject);
  void definitions();
  void lists();
  void fact();
  void grade();
  void score();
  void criterion();
  void rules();
  void rule(std::size_t number);
  void table(std::size_t number);
  void tree(std::size_t number);
  void moves();
  void step(bool up);
  void chain_down();
  std::string some_levels(std::size_t from, std::size_t to);
  std::string sometimes_when(unsigned percent);
  void guarantees();
  void impossibles();
  std::string ruleset_block();
  void add(std::string text) { texts_.push_back(std::move(text)); }

  // actions
  std::string actions();
  std::string narrowing_action();
  std::string advice(std::set<std::string>& used);
  Words offered_together();

  // conditions: `atom` binds as tightly as a comparison; `inner` may stand in any list; `clause` is a whole clause
  std::string atom();
  std::string inner(int depth);
  std::string clause(int depth = 2);
  std::string bullets();
  std::string comparison(Subject const& subject);
  std::string test(Subject const& subject, std::string const& text);
  std::string ordered_test(Subject const& subject, std::int64_t low, std::int64_t high,
                           std::function<std::string(std::int64_t)> const& value);
  std::string number_test(Subject const& subject);
  std::string set_test(Subject const& subject, std::string const& text);
  std::string date_test(Subject const& subject);
  std::string level_test();
  std::string count_test(Subject const& set, std::string const& text);
  std::string between_names();
  std::string with_list();
  std::string same_test_of_each();
  std::string text_of(Subject const& subject, std::int64_t steps);
  std::string quantifier(std::size_t parts);
  std::vector<Subject> of_kind(std::initializer_list<SubjectKind> kinds, bool derived_too);

  // numbers
  std::string sum();
  std::string term();

  // tables
  std::string cell(Subject const& subject);
  std::string number_cell(Subject const& subject);
  std::string scale_cell(Subject const& subject);

  Random& random_;
  bool small_;
  std::vector<std::string> texts_;
  Words levels_;
  Words services_;
  std::vector<Words> offers_;
  std::vector<Subject> inputs_;
  std::vector<Subject> derived_;
  std::vector<std::pair<std::string, std::vector<Subject>>> lists_;
  Words groups_;  // rules, tables and trees written so far
};

}  // namespace carestep::differential
