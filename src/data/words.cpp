#include "data/words.hpp"

#include <carestep/ruleset.hpp>

namespace carestep {

std::string_view to_string(Move move) noexcept {
  switch (move) {
    case Move::admit:
      return "admit";
    case Move::step_up:
      return "step_up";
    case Move::stay:
      return "stay";
    case Move::step_down:
      return "step_down";
    case Move::discharge:
      return "discharge";
    case Move::none:
      return "none";
  }
  return {};
}

std::string_view to_string(Mark mark) noexcept {
  switch (mark) {
    case Mark::not_applicable:
      return "not_applicable";
    case Mark::conflict:
      return "conflict";
    case Mark::not_eligible:
      return "not_eligible";
    case Mark::guarantee_broken:
      return "guarantee_broken";
    case Mark::by_default:
      return "by_default";
    case Mark::held:
      return "held";
    case Mark::off_pathway:
      return "off_pathway";
    case Mark::approximate:
      return "approximate";
    case Mark::draft:
      return "draft";
  }
  return {};
}

std::string_view to_string(DecisionStatus status) noexcept {
  switch (status) {
    case DecisionStatus::determined:
      return "determined";
    case DecisionStatus::undetermined:
      return "undetermined";
    case DecisionStatus::refused:
      return "refused";
  }
  return {};
}

}  // namespace carestep
