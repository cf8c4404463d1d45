#pragma once

// Two logics over the same circuits. Exact: every answer is known, a condition is one wire. Kleene: a condition is two,
// what is sure and what is possible; and a number is two, the least and the greatest that it can be.

#include "batch/circuit.hpp"
#include "batch/number.hpp"

namespace carestep::batch {

struct Exact {
  using Truth = Wire;
  using Value = Number;

  Circuit& c;

  static Truth truth(bool value) { return wire(value); }
  static Truth negation(Truth a) { return ~a; }
  Truth both(Truth a, Truth b) const { return c.both(a, b); }
  Truth either(Truth a, Truth b) const { return c.either(a, b); }
  static Wire must(Truth a) { return a; }
  static Wire may(Truth a) { return a; }
  /// A condition on a variable's code, where the variable may be unknown.
  static Truth known_or_open(Wire holds, Wire /*known*/) { return holds; }

  Truth count(std::vector<Truth> const& parts, std::int64_t least) const { return at_least_of(c, parts, least); }
  static Value reading(Arithmetic& math, std::vector<Wire> const& code, Wire /*known*/, std::int64_t most,
                       std::int64_t value, std::int64_t step) {
    return math.scaled(code, most, value, step);
  }
  static Value number(std::int64_t value) { return {value, {}}; }
  static Value add(Arithmetic& math, Value const& a, Value const& b) { return math.add(a, b); }
  static Value lowest(Arithmetic& math, Value const& a, Value const& b) { return math.lowest(a, b); }
  static Value highest(Arithmetic& math, Value const& a, Value const& b) { return math.highest(a, b); }
  static Value choose(Arithmetic& math, Truth condition, Value const& a, Value const& b) {
    return math.choose(condition, a, b);
  }
  static Truth at_least(Arithmetic& math, Value const& a, std::int64_t bound) { return math.at_least(a, bound); }

  static Wire at_least_of(Circuit& circuit, std::vector<Wire> const& parts, std::int64_t least) {
    Arithmetic math(circuit, 1);
    Number sum;
    for (Wire const part : parts) sum = math.add(sum, {0, {part}});
    return math.at_least(sum, least);
  }
};

struct Kleene {
  struct Truth {
    Wire must;
    Wire may;
  };
  struct Value {
    Number least;
    Number most;
  };

  Circuit& c;

  static Truth truth(bool value) { return {wire(value), wire(value)}; }
  static Truth negation(Truth a) { return {~a.may, ~a.must}; }
  Truth both(Truth a, Truth b) const { return {c.both(a.must, b.must), c.both(a.may, b.may)}; }
  Truth either(Truth a, Truth b) const { return {c.either(a.must, b.must), c.either(a.may, b.may)}; }
  static Wire must(Truth a) { return a.must; }
  static Wire may(Truth a) { return a.may; }
  Truth known_or_open(Wire holds, Wire known) const { return {c.both(holds, known), c.either(holds, ~known)}; }

  Truth count(std::vector<Truth> const& parts, std::int64_t least) const {
    std::vector<Wire> sure;
    std::vector<Wire> possible;
    for (Truth const part : parts) {
      sure.push_back(part.must);
      possible.push_back(part.may);
    }
    return {Exact::at_least_of(c, sure, least), Exact::at_least_of(c, possible, least)};
  }
  Value reading(Arithmetic& math, std::vector<Wire> const& code, Wire known, std::int64_t most, std::int64_t value,
                std::int64_t step) const {
    std::vector<Wire> first;
    std::vector<Wire> last;
    for (std::size_t i = 0; i < code.size(); ++i) {
      Wire const open = wire((most >> i & 1) != 0);
      first.push_back(c.both(code[i], known));
      last.push_back(c.choose(known, code[i], open));
    }
    Number const a = math.scaled(first, most, value, step);
    Number const b = math.scaled(last, most, value, step);
    return step >= 0 ? Value{a, b} : Value{b, a};
  }
  static Value number(std::int64_t value) { return {{value, {}}, {value, {}}}; }
  static Value add(Arithmetic& math, Value const& a, Value const& b) {
    return {math.add(a.least, b.least), math.add(a.most, b.most)};
  }
  static Value lowest(Arithmetic& math, Value const& a, Value const& b) {
    return {math.lowest(a.least, b.least), math.lowest(a.most, b.most)};
  }
  static Value highest(Arithmetic& math, Value const& a, Value const& b) {
    return {math.highest(a.least, b.least), math.highest(a.most, b.most)};
  }
  /// Where the condition is open, either is possible.
  static Value choose(Arithmetic& math, Truth condition, Value const& a, Value const& b) {
    Number const least = math.choose(condition.may, math.lowest(a.least, b.least), b.least);
    Number const most = math.choose(condition.may, math.highest(a.most, b.most), b.most);
    return {math.choose(condition.must, a.least, least), math.choose(condition.must, a.most, most)};
  }
  static Truth at_least(Arithmetic& math, Value const& a, std::int64_t bound) {
    return {math.at_least(a.least, bound), math.at_least(a.most, bound)};
  }
};

}  // namespace carestep::batch
