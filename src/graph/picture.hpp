#pragma once

// The care-level graph as pictures: for a wall, for a page, for a tool.

#include <carestep/decision.hpp>
#include <carestep/explanation.hpp>

#include <optional>
#include <string>
#include <vector>

#include "ir/model.hpp"

namespace carestep::graph {

/// One person's decision, as a picture shows it.
struct Marks {
  bool determined = true;
  Move move = Move::none;
  std::optional<ir::Index> current;  // none: outside care, or not known
  bool outside = false;              // known to be outside care
  std::optional<ir::Index> next;
  std::optional<ir::Index> indicated;
  std::optional<ir::Index> placement;  // where it is not `next`
  std::vector<ir::Index> plan;         // the levels still to come, the next one first
  ir::LevelMask possible_next = 0;
  ir::LevelMask admissible = 0;
  bool rules_apply = true;  // else `admissible` says nothing
  ir::LevelMask unavailable = 0;
  std::vector<Truth> steps;       // per step line whether it is open now; may be left empty
  std::vector<Truth> discharges;  // likewise
  std::string caption;            // one sentence
};

struct View {
  ir::Model const* model = nullptr;
  std::optional<Marks> marks;
};

/// Graphviz: the complete graph, one edge a move of each line.
std::string render_dot(View const& view);

/// Mermaid: lines with many moves are one arrow.
std::string render_mermaid(View const& view);

/// A self-contained staircase, least intensive at the lower left. Lines with many moves are one broad arrow.
///
/// Cost     linear in the moves drawn, of which there are at most a dozen a level.
std::string render_svg(View const& view);

}  // namespace carestep::graph
