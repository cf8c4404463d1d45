#include <fmt/format.h>

#include "format/families.hpp"

namespace carestep::format {
namespace {

struct PromiseWriter {
  Writer& w;

  void operator()(ast::LevelAction const& promise) const { write(w, promise); }
  void operator()(ast::NeedsAction const& promise) const { write(w, promise); }
  void operator()(ast::NoConflictPromise) const { w.put("no conflict"); }
  void operator()(ast::EligiblePromise) const { w.put("eligible"); }
};

}  // namespace

void write(Writer& w, ast::GuaranteeDecl const& guarantee) {
  w.put("guarantee ");
  write(w, guarantee.heading);
  write_condition_clause(w, "whenever", guarantee.whenever);
  w.clause("then", guarantee.promise.at.begin);
  std::visit(PromiseWriter{w}, guarantee.promise.kind);
  write(w, guarantee.reasons);
}

void write(Writer& w, ast::WaiveDecl const& waive) {
  w.put(fmt::format("waive {} of {}", waive.check.text, waive.subject.text));
  write_text_clause(w, "because", waive.because);
}

}  // namespace carestep::format
