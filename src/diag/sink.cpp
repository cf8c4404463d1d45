#include "diag/sink.hpp"

#include <algorithm>
#include <numeric>

namespace carestep {

Sink::Entry Sink::add(Code code, Span at, std::string message) {
  Diagnostic& diagnostic = diagnostics_.emplace_back();
  diagnostic.code = code_text(code);
  diagnostic.severity = code_severity(code);
  diagnostic.message = std::move(message);
  diagnostic.place = sources_->place(at);
  spans_.push_back(at);
  return {diagnostic, *sources_};
}

Diagnostics Sink::take() {
  std::vector<std::size_t> order(diagnostics_.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return std::pair(spans_[a].file, spans_[a].begin) < std::pair(spans_[b].file, spans_[b].begin);
  });
  Diagnostics sorted;
  for (std::size_t const i : order) sorted.push_back(std::move(diagnostics_[i]));
  diagnostics_.clear();
  spans_.clear();
  return sorted;
}

}  // namespace carestep
