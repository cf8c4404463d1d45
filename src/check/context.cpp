#include "check/context.hpp"

#include <algorithm>

namespace carestep::checking {

std::string text_of(std::optional<ast::Text> const& text) {
  return text ? text->value : std::string();
}

std::vector<ir::Citation> citations_of(Context& ctx, std::vector<ast::Cite> const& cites) {
  std::vector<ir::Citation> citations;
  for (ast::Cite const& cite : cites)
    if (Symbol const* source = resolve(ctx, cite.source, {NameKind::source}, "source"))
      citations.push_back({static_cast<ir::Index>(source->index), text_of(cite.where)});
  return citations;
}

ir::Reasons reasons_of(Context& ctx, ast::Reasons const& reasons) {
  return {text_of(reasons.because), citations_of(ctx, reasons.cites)};
}

std::vector<ir::Code> codes_of(std::vector<ast::CodeClause> const& clauses) {
  std::vector<ir::Code> codes;
  for (ast::CodeClause const& clause : clauses) codes.push_back({clause.system.text, clause.value.value});
  return codes;
}

std::optional<std::int64_t> value_place(Context& ctx, std::vector<std::string> const& values, ast::Word const& word,
                                        std::string_view owner) {
  auto const it = std::find(values.begin(), values.end(), word.text);
  if (it != values.end()) return it - values.begin();
  suggest(ctx, ctx.sink.report(Code::unknown_value, word.at, "`{}` has no value `{}`", owner, word.text), word.text,
          {values.begin(), values.end()}, fmt::format("its values are {}", fmt::join(values, ", ")));
  return std::nullopt;
}

std::string circle_words(std::vector<std::string> const& names) {
  constexpr std::size_t most = 12;
  if (names.size() <= most) return fmt::format("{} -> {}", fmt::join(names, " -> "), names.front());
  auto const begin = names.begin();
  return fmt::format("{} -> … -> {} -> {}", fmt::join(begin, begin + most - 2, " -> "), names.back(), names.front());
}

std::optional<ir::Index> level_index(Context& ctx, ast::Word const& name) {
  if (ctx.model.levels.empty()) return std::nullopt;
  Symbol const* level = resolve(ctx, name, {NameKind::level}, "level");
  return level == nullptr ? std::nullopt : std::optional(static_cast<ir::Index>(level->index));
}

void guard_size(Context& ctx, Span at) {
  if (!ctx.model.nodes.exhausted() || ctx.overgrown) return;
  ctx.overgrown = true;
  ctx.sink.report(Code::conditions_too_large, at, "the conditions of this ruleset grow too large here")
      .help("facts and scores that use each other many times over multiply: write them out in fewer steps");
}

std::optional<std::int64_t> scaled_hours(Context& ctx, ast::Duration const& duration) {
  constexpr std::int64_t most_hours = 24 * 100 * ir::most_days;
  if (duration.amount.scaled <= most_hours / hours_in(duration.unit) * Decimal::one)
    return duration.amount.scaled * hours_in(duration.unit);
  ctx.sink.report(Code::number_too_large, duration.at, "`{}` is too long", ctx.words(duration.at))
      .help("durations are shorter than 10,000 years");
  return std::nullopt;
}

std::optional<std::int32_t> whole_days(Context& ctx, ast::Duration const& duration) {
  auto const hours = scaled_hours(ctx, duration);
  if (!hours) return std::nullopt;
  std::int64_t const day = hours_in(ast::TimeUnit::day) * Decimal::one;
  if (*hours % day == 0) return static_cast<std::int32_t>(*hours / day);
  ctx.sink.report(Code::duration_not_whole, duration.at, "`{}` is no whole number of days", ctx.words(duration.at))
      .help("days are counted as whole days here");
  return std::nullopt;
}

std::vector<std::string> texts_of(std::vector<ast::Word> const& words) {
  std::vector<std::string> texts;
  for (ast::Word const& word : words) texts.push_back(word.text);
  return texts;
}

}  // namespace carestep::checking
