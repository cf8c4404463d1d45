#include "check/example.hpp"

#include <algorithm>
#include <map>

#include "check/answer.hpp"

namespace carestep::checking {
namespace {

using GivenSubject = ast::Given::Subject;

/// Without a date of its own, an example happens on the first day of the ruleset.
Date usual_date(Context& ctx) {
  return ctx.model.effective.value_or(*date(2026, 1, 1));
}

class GivenReader {
 public:
  GivenReader(Context& ctx, ir::Example& example) : ctx_(ctx), example_(example) {}

  void read(std::vector<ast::Given> const& given) {
    for (ast::Given const& one : given)
      if (one.subject == GivenSubject::assessment_date) read_date(one);
    for (ast::Given const& one : given) read(one);
    report_contradictions(given);
  }

 private:
  void read_date(ast::Given const& given) {
    auto const* day = given.value ? std::get_if<ast::DateLiteral>(&given.value->kind) : nullptr;
    if (day != nullptr)
      example_.assessment_date = day->value;
    else
      ctx_.sink.report(Code::answer_does_not_fit, given.at, "`assessment_date` takes a date")
          .help("write it as `2026-05-14`");
  }

  void read(ast::Given const& given) {
    switch (given.subject) {
      case GivenSubject::assessment_date:
        once("assessment_date", given.at);
        return;
      case GivenSubject::previous_none:
        once("previous none", given.at);
        example_.previous_none = true;
        return;
      case GivenSubject::unavailable:
        unavailable(given);
        return;
      case GivenSubject::input:
        answer(given, false);
        return;
      case GivenSubject::previous:
        answer(given, true);
        return;
    }
  }

  void unavailable(ast::Given const& given) {
    once("unavailable", given.at);
    for (ast::Word const& name : given.levels)
      if (auto const level = level_of(name)) example_.unavailable |= *level < 64 ? ir::LevelMask{1} << *level : 0;
  }

  std::optional<std::size_t> level_of(ast::Word const& name) {
    if (ctx_.model.levels.empty()) return std::nullopt;
    Symbol const* level = resolve(ctx_, name, {NameKind::level}, "level", Use::mentions);
    return level == nullptr ? std::nullopt : std::optional(level->index);
  }

  void answer(ast::Given const& given, bool previous) {
    Symbol const* symbol = resolve(ctx_, given.name, {NameKind::input}, "input", Use::mentions);
    if (symbol == nullptr) return;
    if (previous && symbol->built_in) {
      ctx_.sink.report(Code::no_previous_value, given.name.at, "`{}` has no previous value", given.name.text)
          .help("`previous` takes an input that the ruleset declares");
      return;
    }
    once((previous ? "previous " : "") + given.name.text, given.at);
    check_own_date(given);
    auto const index = static_cast<ir::Index>(symbol->index);
    if (ctx_.bad_inputs[index] || !given.value) return;
    auto codes = answer_codes(ctx_, index, *given.value, example_.assessment_date);
    if (!codes) return;
    ir::GivenAnswer answer{.input = index, .previous = previous, .codes = std::move(*codes), .day = {}, .on = {}};
    if (auto const* day = std::get_if<ast::DateLiteral>(&given.value->kind)) answer.day = day->value;
    if (given.on) answer.on = given.on->value;
    example_.given.push_back(std::move(answer));
  }

  void check_own_date(ast::Given const& given) {
    if (given.on && given.on->value > example_.assessment_date)
      ctx_.sink.report(Code::answer_does_not_fit, given.on->at, "`{}` lies after the assessment date, {}",
                       ctx_.words(given.on->at), to_string(example_.assessment_date));
  }

  void once(std::string what, Span at) {
    auto const [it, fresh] = seen_.emplace(std::move(what), at);
    if (fresh) return;
    ctx_.sink.report(Code::given_twice, at, "`{}` is given twice", it->first)
        .help("leave one of them out")
        .related(it->second, "first given here");
  }

  void report_contradictions(std::vector<ast::Given> const& given) {
    for (ast::Given const& one : given)
      if (one.subject == GivenSubject::previous && example_.previous_none)
        ctx_.sink
            .report(Code::given_twice, one.at, "`previous none` and `previous {}` cannot both be given", one.name.text)
            .help("`previous none` says that there was no previous assessment");
    auto const code_of = [&](ir::Index input) -> std::int64_t {
      for (ir::GivenAnswer const& answer : example_.given)
        if (answer.input == input && !answer.previous) return answer.codes[0];
      return -1;
    };
    if (code_of(ir::current_level_var) != 0 || code_of(ir::days_in_level_var) <= 0) return;
    ctx_.sink
        .report(Code::days_without_a_level, seen_.at("days_in_level"), "nobody who is not in care has days in a level")
        .help("with `current_level none`, `days_in_level` is 0 or left out");
  }

  Context& ctx_;
  ir::Example& example_;
  std::map<std::string, Span> seen_;
};

class ExpectationReader {
 public:
  explicit ExpectationReader(Context& ctx) : ctx_(ctx) {}

  void operator()(ast::ExpectMove const& move) {
    if (move.level) level(*move.level);
  }
  void operator()(ast::ExpectPlaced const& placed) {
    if (placed.level) level(*placed.level);
  }
  void operator()(ast::ExpectIndicated const& indicated) {
    if (indicated.level) level(*indicated.level);
  }
  void operator()(ast::ExpectUndetermined const& undetermined) {
    if (!undetermined.between) return;
    level_or_none(undetermined.between->first);
    level_or_none(undetermined.between->second);
  }
  void operator()(ast::ExpectMark const&) {}
  void operator()(ast::ExpectAsk const& ask) {
    Symbol const* symbol = resolve(ctx_, ask.input, {NameKind::input}, "input", Use::mentions);
    if (symbol == nullptr || !ask.previous || !symbol->built_in) return;
    ctx_.sink.report(Code::no_previous_value, ask.input.at, "`{}` has no previous value", ask.input.text)
        .help("`previous` takes an input that the ruleset declares");
  }
  void operator()(ast::ExpectRule const& rule) {
    std::vector<std::string_view> names;
    for (ir::Rule const& one : ctx_.model.rules) {
      if (one.name == rule.name) return;
      names.push_back(one.name);
    }
    if (ctx_.unread.has(rule.name)) return;
    Symbol const* symbol = ctx_.names.find(rule.name);
    if (symbol != nullptr && symbol->kind == NameKind::rule && symbol->sort == "rule")
      return;  // it has errors of its own
    if (symbol != nullptr && symbol->kind == NameKind::rule) {
      ctx_.sink
          .report(Code::wrong_kind_of_name, rule.at, "`{}` is {}, not one rule", rule.name, with_article(symbol->sort))
          .help("{}", symbol->sort == "table" ? fmt::format("name a row: `{}.1`", rule.name)
                                              : fmt::format("name a leaf: `{}.NODE.yes`", rule.name));
      return;
    }
    suggest(ctx_, ctx_.sink.report(Code::unknown_name, rule.at, "unknown rule, row or leaf `{}`", rule.name), rule.name,
            names);
  }
  void operator()(ast::ExpectSuggest const& suggest) {
    resolve(ctx_, suggest.service, {NameKind::service}, "service", Use::mentions);
  }
  void operator()(ast::ExpectAlert const&) {}
  void operator()(ast::ExpectReassess const& reassess) { (void)whole_days(ctx_, reassess.within); }

 private:
  void level(ast::Word const& name) {
    if (!ctx_.model.levels.empty()) resolve(ctx_, name, {NameKind::level}, "level", Use::mentions);
  }
  void level_or_none(ast::Word const& name) {
    if (name.text != "none") level(name);
  }

  Context& ctx_;
};

}  // namespace

void check_examples(Context& ctx) {
  each<ast::ExampleDecl>(ctx, [&](ast::Decl const&, ast::ExampleDecl const& decl) {
    ir::Example example;
    example.name = decl.name.value;
    example.assessment_date = usual_date(ctx);
    example.expect = &decl.expect;
    example.at = decl.name.at;
    GivenReader(ctx, example).read(decl.given);
    for (ast::Expectation const& expectation : decl.expect) std::visit(ExpectationReader(ctx), expectation.kind);
    ctx.model.examples.push_back(std::move(example));
  });
}

}  // namespace carestep::checking
