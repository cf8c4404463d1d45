#include "check/check.hpp"

#include "check/context.hpp"
#include "check/definition.hpp"
#include "check/example.hpp"
#include "check/guarantee.hpp"
#include "check/input.hpp"
#include "check/move.hpp"
#include "check/rule.hpp"
#include "check/ruleset.hpp"
#include "check/unused.hpp"

namespace carestep {

std::optional<ir::Model> check(ast::Bundle const& bundle, Sink& sink) {
  checking::Context ctx{.bundle = bundle,
                        .sink = sink,
                        .model = {},
                        .names = {},
                        .unread = checking::find_unread(bundle, sink),
                        .bad_inputs = {},
                        .lists = {},
                        .definitions = {},
                        .groups = {}};
  bool const readable = !sink.failed();
  collect_names(ctx);
  check_ruleset(ctx, readable);
  check_levels(ctx, readable);
  check_inputs(ctx);
  check_definitions(ctx);
  check_rules(ctx);
  check_moves(ctx);
  check_guarantees(ctx);
  check_applies(ctx);
  check_examples(ctx);
  if (!sink.failed()) warn_unused(ctx);
  if (sink.failed()) return std::nullopt;
  return std::move(ctx.model);
}

}  // namespace carestep
