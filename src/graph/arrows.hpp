#pragma once

// What a picture draws of the moves: single arrows, and one broad arrow for the lines that have too many.

#include <string>
#include <vector>

#include "graph/picture.hpp"

namespace carestep::graph {

/// The place before the first level and after the last: outside care.
inline constexpr int outside_care = -1;

enum class ArrowKind : std::uint8_t { admission, up, down, discharge };

struct Arrow {
  ArrowKind kind = ArrowKind::up;
  int from = outside_care;
  int to = outside_care;
  std::string notes;    // the letters of its lines' conditions: `a`, `a c`; empty for a move that is always open
  bool drawn = true;    // one of the ruleset's moves; else only the person's pathway needs it
  int step = 0;         // its number in the person's pathway, from 1; 0: not part of it
  bool closed = false;  // no line of it is open for this person
};

/// The lines of one direction that have too many moves to draw.
struct Broad {
  bool up = true;
  std::string words;
  std::string notes;
};

/// A condition below the picture.
struct Note {
  ArrowKind kind = ArrowKind::up;
  std::string letter;
  std::string words;  // `step down php -> iop`
  std::string when;   // its condition in words
  std::string because;
  std::optional<Truth> open;
};

struct Arrows {
  std::vector<Arrow> arrows;
  std::vector<Broad> broad;
  std::vector<Note> notes;
};

/// Shape    at most `most_ports` arrows of one direction leave or reach a level (the person's pathway aside).
inline constexpr std::size_t most_ports = 6;
Arrows arrows_of(View const& view);

}  // namespace carestep::graph
