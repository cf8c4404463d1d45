#pragma once

// The conditions that the author of a ruleset wrote, clause by clause, each with the assessments in which it counts.
//
// A clause *decides* a condition in an assessment when turning that clause alone would turn the condition. What has to
// hold of the other clauses for that depends on where the clause stands: inside `all of` the others hold, inside `any
// of` none does, inside `at least n of` exactly n - 1 do.

#include <cstdint>
#include <string>
#include <vector>

#include "program/program.hpp"

namespace carestep::analyze {

/// A test of a condition: what its author would call one clause.
struct SiteClause {
  ir::Clause const* clause = nullptr;
  program::Slot slot = 0;
  std::size_t part = 0;  // in Site::parts
};

/// A part of a condition.
struct SitePart {
  ir::ClauseKind kind = ir::ClauseKind::test;
  std::int64_t n = 0;
  program::Slot slot = program::Program::no_slot;  // no_slot: made of its parts here
  std::vector<std::size_t> parts = {};
  std::size_t parent = 0;
  std::size_t clause = no_clause;  // in Site::clauses, of a test that is not constant
  std::int8_t constant = 0;        // of one that is

  static constexpr std::size_t no_clause = ~std::size_t{0};
};

enum class SiteKind : std::uint8_t { applies, rule, criterion, step, discharge, definition, guarantee };

struct Site {
  SiteKind kind = SiteKind::rule;
  std::string where;                 // `unsafe_home`, `admit detox`, `step down php -> iop`
  std::vector<SitePart> parts = {};  // the whole condition first; none where it was left out
  std::vector<SiteClause> clauses = {};
  /// It counts where these conditions come out as said, ...
  std::vector<std::pair<program::Slot, bool>> provided = {};
  /// ... for people at these levels (codes of `current_level`); empty: at any.
  std::vector<std::int64_t> at = {};
  bool up = false;  // a step line
};

/// In the order in which coverage is reported: `applies`, rules, criteria, step lines, discharge lines, definitions,
/// guarantees.
std::vector<Site> sites_of(program::Program const& program);

/// What is known of the truth of each clause of a site: 0, 1 or unknown_truth.
using Truths = std::vector<std::int8_t>;
inline constexpr std::int8_t unknown_truth = -1;

/// How the condition follows a clause, the others being as they are: with it, against it, or not at all.
enum class Sense : std::int8_t { against = -1, none = 0, with = 1 };

/// A part follows one of its parts when just so many of the others hold.
struct Opening {
  std::int64_t others = 0;
  Sense sense = Sense::with;
};
std::vector<Opening> openings(SitePart const& part);

/// All truths known.
Sense sense(Site const& site, std::size_t clause, Truths const& truths);
/// Whether what is not known of the other clauses can be such that the clause decides.
bool may_decide(Site const& site, std::size_t clause, Truths const& truths);

}  // namespace carestep::analyze
