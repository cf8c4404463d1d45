#pragma once

// A circuit of bits over many records at once: what one gate does to a bit, one machine instruction does to a vector of
// records. Equal gates are one gate.

#include <cstdint>
#include <unordered_map>
#include <vector>

namespace carestep::batch {

/// A gate, or its negation.
struct Wire {
  std::uint32_t bits = 0;

  [[nodiscard]] constexpr std::uint32_t gate() const { return bits >> 1U; }
  [[nodiscard]] constexpr bool negated() const { return (bits & 1U) != 0; }
  [[nodiscard]] constexpr Wire operator~() const { return {bits ^ 1U}; }
  friend constexpr auto operator<=>(Wire, Wire) = default;
};
inline constexpr Wire low{0};
inline constexpr Wire high{1};
constexpr Wire wire(bool value) {
  return value ? high : low;
}

class Circuit {
 public:
  enum class Kind : std::uint8_t { constant, input, both, differ };
  struct Gate {
    Kind kind = Kind::constant;
    Wire a;  // of an input: its number
    Wire b;
  };

  Circuit() : gates_(1) {}

  Wire input(std::uint32_t number);
  Wire both(Wire a, Wire b);
  Wire either(Wire a, Wire b) { return ~both(~a, ~b); }
  Wire differ(Wire a, Wire b);
  /// `a` where `condition` holds, else `b`.
  Wire choose(Wire condition, Wire a, Wire b);

  /// INVARIANT: what a gate reads stands before it.
  [[nodiscard]] std::vector<Gate> const& gates() const { return gates_; }

 private:
  Wire intern(Gate gate);
  /// The conjunction of `a` with the gate that `b` negates or is, where that is a simpler one.
  [[nodiscard]] bool simplify(Wire a, Wire b, Wire& result);
  /// Neither `x and p` nor `x and q` is not `x and (p or q)`: what both share is asked once.
  [[nodiscard]] bool share(Wire a, Wire b, Wire& result);

  std::vector<Gate> gates_;
  std::unordered_map<std::uint64_t, std::uint32_t> known_[3];
};

}  // namespace carestep::batch
