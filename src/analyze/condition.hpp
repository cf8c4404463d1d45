#pragma once

// A region of assessments in words: `withdrawal_risk is severe and current_level is php`.
//
// The words are tests that the authors of the rules wrote, in either version, and comparisons of single inputs where
// the region has its bounds. They are joined to terms, each term as short as it gets; whether the terms make up the
// whole region is decided on the diagrams, not guessed.

#include <carestep/analysis.hpp>

#include <string>
#include <vector>

#include "analyze/joint.hpp"

namespace carestep::analyze {

/// A region in one world, among the profiles that are looked at there. Both read counted inputs only.
struct Scene {
  JointWorld* world = nullptr;
  diagram::Ref among = diagram::no;
  diagram::Ref region = diagram::no;
};

struct Condition {
  std::string words;
  ConditionKind kind = ConditionKind::none;
};

/// Finds words for regions of assessments that read no other inputs than `reads`.
class Describer {
 public:
  Describer(Match const& match, std::vector<JointWorld*> worlds, Questions reads);

  /// `scenes`: one a world. What takes too many steps is left unsaid.
  Condition describe(std::vector<Scene> const& scenes);

 private:
  struct Literal {
    std::string words;
    std::vector<diagram::Ref> where;  // one a world
  };
  using Term = std::vector<std::size_t>;  // literals, all of which hold

  void add(std::string words, std::vector<diagram::Ref> where);
  void add_tests(Side side);
  void add_clause(Side side, ir::Clause const& clause);
  void add_test(Side side, ir::Clause const& clause);
  void add_inputs(std::vector<Scene> const& scenes);
  void add_codes(Question const& question, std::vector<Scene> const& scenes);
  void add_stretch(Question const& question, std::int64_t low, std::int64_t high);
  [[nodiscard]] bool counted(JointWorld& world, diagram::Ref ref) const;

  [[nodiscard]] Condition shortest(std::vector<Scene> const& scenes);
  [[nodiscard]] std::optional<std::size_t> next_literal(std::size_t world, diagram::Ref now, diagram::Ref remaining);
  [[nodiscard]] std::optional<Term> term(Scene const& scene, std::size_t world, diagram::Ref remaining);
  [[nodiscard]] diagram::Ref where(Term const& term, std::size_t world, diagram::Ref among) const;
  [[nodiscard]] Condition necessary(std::vector<Scene> const& scenes) const;
  [[nodiscard]] std::string words(std::vector<Term> const& terms) const;

  Match const& match_;
  /// Counts, and takes a step for each node that was not looked at before.
  Count size(std::size_t world, diagram::Ref region);
  void allow(std::uint64_t steps);

  std::vector<JointWorld*> worlds_;
  std::vector<Counter> counters_;  // one a world
  Questions reads_;
  std::vector<Literal> literals_;
  std::map<std::vector<diagram::Ref>, std::size_t> known_;
  std::map<std::string, std::vector<diagram::Ref>> meanings_;  // of the old version's words
  std::uint64_t steps_left_ = 0;
  std::size_t of_the_rules_ = 0;  // literals that every region can use; those of one region stand behind
};

}  // namespace carestep::analyze
