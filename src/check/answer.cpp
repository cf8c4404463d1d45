#include "check/answer.hpp"

#include "check/number.hpp"
#include "check/range.hpp"

namespace carestep::checking {
namespace {

class AnswerReader {
 public:
  AnswerReader(Context& ctx, ir::Index index, Span at, std::optional<Date> today)
      : ctx_(ctx), input_(ctx.model.inputs[index]), at_(at), today_(today) {}

  std::optional<ir::ValueCodes> operator()(ast::Word const& word) {
    switch (input_.kind) {
      case ir::InputKind::yes_no:
        if (word.text == "yes") return ir::ValueCodes{1};
        if (word.text == "no") return ir::ValueCodes{0};
        return misfit();
      case ir::InputKind::scale:
      case ir::InputKind::choice:
      case ir::InputKind::level:
        if (auto const place = place_of(word)) return ir::ValueCodes{*place};
        return std::nullopt;
      case ir::InputKind::set:
        if (word.text == "none") return ir::ValueCodes(input_.width, 0);
        return misfit();
      case ir::InputKind::date:
        if (word.text != "never") return misfit();
        if (input_.or_never) return ir::ValueCodes{ir::never_code};
        ctx_.sink.report(Code::answer_does_not_fit, at_, "`{}` cannot be `never`", input_.name)
            .help("declare it as `date or never`");
        return std::nullopt;
      case ir::InputKind::number:
        break;
    }
    return misfit();
  }

  std::optional<ir::ValueCodes> operator()(ast::Number const& number) {
    return input_.kind == ir::InputKind::number ? number_code(number.value.scaled) : misfit();
  }

  std::optional<ir::ValueCodes> operator()(ast::Duration const& duration) {
    bool const timed = input_.time_unit || &input_ == &ctx_.model.inputs[ir::days_in_level_var];
    if (input_.kind != ir::InputKind::number || !timed) return misfit();
    auto const hours = scaled_hours(ctx_, duration);
    if (!hours) return std::nullopt;
    std::int64_t const unit = input_.unit[0] == 'h' ? 1 : input_.unit[0] == 'd' ? 24 : 168;
    if (*hours % unit == 0) return number_code(*hours / unit);
    ctx_.sink.report(Code::duration_not_whole, at_, "`{}` is no exact number of {}", ctx_.words(at_), input_.unit);
    return std::nullopt;
  }

  std::optional<ir::ValueCodes> operator()(ast::DateLiteral const& date) {
    if (input_.kind != ir::InputKind::date) return misfit();
    if (!today_) {
      ctx_.sink.report(Code::answer_does_not_fit, at_, "an assumed date is counted back from the assessment")
          .help("write `N days ago` or `never`");
      return std::nullopt;
    }
    std::int64_t const back = std::int64_t{today_->days} - date.value.days;
    if (back < 0) {
      ctx_.sink.report(Code::answer_does_not_fit, at_, "`{}` lies after the assessment date, {}", ctx_.words(at_),
                       to_string(*today_));
      return std::nullopt;
    }
    return day_code(back);
  }

  std::optional<ir::ValueCodes> operator()(ast::DaysAgo const& ago) {
    if (input_.kind != ir::InputKind::date) return misfit();
    auto const days = whole_days(ctx_, ago.ago);
    return days ? day_code(*days) : std::nullopt;
  }

  std::optional<ir::ValueCodes> operator()(ast::SetLiteral const& set) {
    if (input_.kind != ir::InputKind::set) return misfit();
    ir::ValueCodes codes(input_.width, 0);
    bool good = true;
    for (ast::Word const& member : set.members) {
      auto const place = place_of(member);
      good = good && place.has_value();
      if (!place) continue;
      auto& code = codes[static_cast<std::size_t>(*place)];
      if (code == 1)
        ctx_.sink.report(Code::repeated_value, member.at, "`{}` stands in this list twice", member.text)
            .help("leave it out");
      code = 1;
    }
    return good ? std::optional(std::move(codes)) : std::nullopt;
  }

 private:
  std::string_view expected() const {
    switch (input_.kind) {
      case ir::InputKind::yes_no:
        return "write `yes` or `no`";
      case ir::InputKind::scale:
      case ir::InputKind::choice:
        return "write one of its values";
      case ir::InputKind::level:
        return "write a level, or `none`";
      case ir::InputKind::set:
        return "write `none`, or the values that are true in parentheses: `(a, b)`";
      case ir::InputKind::number:
        return input_.time_unit ? "write a duration" : "write a number";
      case ir::InputKind::date:
        return "write a date, `N days ago`, or `never` where it may be never";
    }
    return {};
  }

  std::nullopt_t misfit() {
    ctx_.sink.report(Code::answer_does_not_fit, at_, "`{}` is no answer to `{}`", ctx_.words(at_), input_.name)
        .help("{}", expected());
    return std::nullopt;
  }

  std::optional<std::int64_t> place_of(ast::Word const& word) {
    return value_place(ctx_, input_.values, word, input_.name);
  }

  std::optional<ir::ValueCodes> number_code(std::int64_t scaled) {
    Value subject;
    subject.type = TypeKind::number;
    subject.words = input_.name;
    subject.grid = {input_.low.scaled, input_.step.scaled,
                    (input_.high.scaled - input_.low.scaled) / input_.step.scaled + 1};
    if (!number_in_grid(ctx_, subject, scaled, at_, ast::Relation::equal)) return std::nullopt;
    return ir::ValueCodes{(scaled - input_.low.scaled) / input_.step.scaled};
  }

  std::optional<ir::ValueCodes> day_code(std::int64_t days) {
    if (days <= ir::most_days) return ir::ValueCodes{days};
    ctx_.sink.report(Code::value_out_of_range, at_, "`{}` is more than {} days back", ctx_.words(at_), ir::most_days)
        .help("the nearest value is `{} days ago`", ir::most_days);
    return std::nullopt;
  }

  Context& ctx_;
  ir::Input const& input_;
  Span at_;
  std::optional<Date> today_;
};

}  // namespace

std::optional<ir::ValueCodes> answer_codes(Context& ctx, ir::Index input, ast::GivenValue const& value,
                                           std::optional<Date> today) {
  return std::visit(AnswerReader(ctx, input, value.at, today), value.kind);
}

}  // namespace carestep::checking
