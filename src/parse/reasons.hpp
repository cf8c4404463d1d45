#pragma once

#include "parse/grammar.hpp"
#include "parse/primitives.hpp"

namespace carestep::parse {

/// `because "…"` and `cites …`, put into the declaration's `reasons`.
inline auto reasons() {
  return (clause("because") > text[([](auto& ctx) { x3::_val(ctx).reasons.because = std::move(x3::_attr(ctx)); })]) |
         cite[([](auto& ctx) { x3::_val(ctx).reasons.cites.push_back(std::move(x3::_attr(ctx))); })];
}

}  // namespace carestep::parse
