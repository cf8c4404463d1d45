#pragma once

// A compiled batch program: the planes it reads (one bit a record), the steps on them, and the planes it gives.

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <vector>

#include "program/program.hpp"

namespace carestep::batch {

/// Records that go through the steps together: a plane of them is 512 bytes.
inline constexpr std::size_t block_records = 4096;
inline constexpr std::size_t block_words = block_records / 64;

/// One plane that a program reads.
struct PlaneInput {
  enum class Kind : std::uint8_t { at_least, bit, known };
  std::uint32_t var = 0;
  Kind kind = Kind::bit;
  std::int64_t arg = 0;  // at_least: the code; bit: its number
};

/// Steps, each of which makes a plane out of others, one behind the other. A step: the plane that it makes; how many
/// conjunctions; for each of these how many planes as they are, how many negated, and which. It is what the first
/// conjunction holds for and none of the others does. Without a conjunction: the difference of two planes.
struct Steps {
  std::vector<std::uint32_t> code;
  std::size_t count = 0;
};

/// Where an output stands: in a plane, as it is or negated; or it is the same for everybody.
struct Output {
  bool constant = false;
  bool negated = false;  // of a constant: it holds
  std::uint32_t plane = 0;

  [[nodiscard]] bool never() const { return constant && !negated; }
};

/// Planes are numbered: inputs first, then the memory of steps.
struct Schedule {
  std::vector<std::uint32_t> used;  // inputs
  Steps steps;
  std::size_t planes = 0;
  std::vector<Output> outputs;
};

/// What a caller wants to know of each record.
struct Wanted {
  bool move = false;
  bool next = false;
  bool indicated = false;
  bool marks = false;
  bool active = false;
  bool guarantees = false;  // which are broken

  [[nodiscard]] std::size_t number() const {
    return (move ? 1U : 0U) | (next ? 2U : 0U) | (indicated ? 4U : 0U) | (marks ? 8U : 0U) | (active ? 16U : 0U) |
           (guarantees ? 32U : 0U);
  }
  static constexpr std::size_t combinations = 64;
};

/// Which output planes stand where: in the order of this list, those that were wanted.
struct Outputs {
  std::uint32_t open = 0;     // left to exact settlement
  std::uint32_t refused = 0;  // impossible
  std::uint32_t move = 0;     // 3 planes: the number of the move
  std::uint32_t next = 0;     // `level_bits` planes: 0 none, i + 1 the i-th level
  std::uint32_t indicated = 0;
  std::uint32_t marks = 0;   // one for each mark in `marks_of_planes`
  std::uint32_t active = 0;  // one for each rule
  std::uint32_t guarantees = 0;
  std::uint32_t count = 0;
};
inline constexpr std::array marks_of_planes = {Mark::not_applicable,   Mark::conflict,   Mark::not_eligible,
                                               Mark::guarantee_broken, Mark::by_default, Mark::held,
                                               Mark::off_pathway};

/// How the codes of a variable stand in planes.
struct Coding {
  bool read = false;
  bool number = false;             // its code is added or compared with others
  std::vector<std::int64_t> cuts;  // ascending: the codes at which some condition changes
  std::uint32_t bits = 0;          // of the code itself
};

/// Where an input's planes come from: columns as they are, or the library's own packed form.
enum class Form : std::uint8_t { columns, packed };

/// The batch programs of one ruleset, each compiled when it is first wanted.
class Programs {
 public:
  explicit Programs(program::Program const& program);

  /// Too many levels for circuits: every record goes the single way.
  [[nodiscard]] bool usable() const { return usable_; }
  [[nodiscard]] std::vector<Coding> const& codings() const { return codings_; }
  [[nodiscard]] std::uint32_t level_bits() const { return level_bits_; }

  struct Compiled {
    std::vector<PlaneInput> inputs;
    Schedule schedule;
    Outputs outputs;
  };
  /// `complete`: every answer that is read is known.
  Compiled const& compiled(Form form, bool complete, Wanted wanted) const;

  /// A packed variable: the bits of its code, or of its cell (how many cuts it has reached).
  [[nodiscard]] std::uint32_t packed_bits(std::uint32_t var) const;
  [[nodiscard]] bool packed_as_cells(std::uint32_t var) const;

 private:
  struct Lazy {
    std::once_flag once;
    Compiled compiled;
  };

  program::Program const& program_;
  bool usable_ = false;
  std::uint32_t level_bits_ = 0;
  std::vector<Coding> codings_;
  std::unique_ptr<std::array<Lazy, 4 * Wanted::combinations>> lazy_;
};

/// The steps that give these wires.
Schedule schedule(class Circuit const& circuit, std::vector<struct Wire> const& outputs, std::size_t inputs);

}  // namespace carestep::batch
