#pragma once

#include <carestep/explanation.hpp>

#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "eval/decide.hpp"
#include "ir/model.hpp"
#include "program/program.hpp"

namespace carestep::explain {

/// One evaluation as the pages show it: the truth of every condition, and the answers in words.
class Seen {
 public:
  Seen(program::Program const& program, Assessment const& assessment, eval::Evaluation const& evaluation)
      : program_(program), model_(*program.model), assessment_(assessment), evaluation_(evaluation) {}

  [[nodiscard]] ir::Model const& model() const { return model_; }
  [[nodiscard]] Assessment const& assessment() const { return assessment_; }
  [[nodiscard]] Decision const& decision() const { return evaluation_.decision; }

  [[nodiscard]] Truth truth(ir::NodeId node) const;

  /// The level the person is at: nothing where it is not known, -1 outside care.
  [[nodiscard]] std::optional<int> current_level() const;

  /// The answer to an input, or to it in the previous assessment.
  [[nodiscard]] ShownAnswer answer(ir::Index input, bool previous) const;
  /// Every answer that is known or was told to be unknown, in the order of declaration.
  [[nodiscard]] std::vector<ShownAnswer> answers() const;
  /// What was assumed in the place of an answer.
  [[nodiscard]] std::vector<ShownAnswer> assumed() const;

  /// A condition clause by clause, the definitions that it reads once each below the clause that reads them first.
  [[nodiscard]] std::vector<ShownClause> clause(ir::Clause const& clause) const;

 private:
  using Told = std::unordered_set<ir::Index>;  // definitions

  ShownClause shown(ir::Clause const& clause, Told& told) const;
  void add_definition(ir::Index index, Told& told, ShownClause& out) const;
  ShownAnswer defined(ir::Index index) const;
  [[nodiscard]] std::optional<eval::Bounds> bounds(ir::NodeId node) const;
  [[nodiscard]] bool was_assumed(ir::Index input) const;
  [[nodiscard]] bool went_stale(ir::Index input) const;

  program::Program const& program_;
  ir::Model const& model_;
  Assessment const& assessment_;
  eval::Evaluation const& evaluation_;
};

}  // namespace carestep::explain
