#include "ruleset.hpp"

#include <carestep/version.hpp>

#include <string>

#include "border.hpp"

using namespace carestep;
using namespace carestep::capi;

namespace carestep::capi {

std::size_t count_of(Ruleset const& rules, std::int32_t kind) noexcept {
  switch (kind) {
    case CARESTEP_KIND_LEVEL:
      return rules.level_count();
    case CARESTEP_KIND_INPUT:
      return rules.input_count();
    case CARESTEP_KIND_RULE:
      return rules.rule_count();
    case CARESTEP_KIND_SERVICE:
      return rules.service_count();
    case CARESTEP_KIND_GUARANTEE:
      return rules.guarantee_count();
    default:
      return 0;
  }
}

std::string_view name_of(Ruleset const& rules, std::int32_t kind, std::int32_t number) noexcept {
  auto const index = static_cast<std::uint32_t>(number);
  switch (kind) {
    case CARESTEP_KIND_LEVEL:
      return rules.level(LevelId{static_cast<std::int8_t>(number)}).name;
    case CARESTEP_KIND_INPUT:
      return rules.input(InputId{index}).name;
    case CARESTEP_KIND_RULE:
      return rules.rule(RuleId{index}).name;
    case CARESTEP_KIND_SERVICE:
      return rules.service(ServiceId{index}).name;
    default:
      return rules.guarantee(GuaranteeId{index}).name;
  }
}

std::optional<std::int32_t> number_of(Ruleset const& rules, std::int32_t kind, std::string_view name) {
  constexpr std::string_view previous = "previous ";
  if (kind == CARESTEP_KIND_LEVEL && name == "none") return CARESTEP_LEVEL_NONE;
  if (kind == CARESTEP_KIND_INPUT) {
    bool const before = name.starts_with(previous);
    auto const input = rules.input(before ? name.substr(previous.size()) : name);
    if (!input) return std::nullopt;
    return static_cast<std::int32_t>(input->index) | (before ? CARESTEP_PREVIOUS : 0);
  }
  for (std::size_t i = 0; i < count_of(rules, kind); ++i)
    if (auto const number = static_cast<std::int32_t>(i); name_of(rules, kind, number) == name) return number;
  return std::nullopt;
}

std::optional<InputRef> input_of(Ruleset const& rules, std::int32_t number) noexcept {
  std::int32_t const plain = number & ~CARESTEP_PREVIOUS;
  if (plain < 0 || static_cast<std::size_t>(plain) >= rules.input_count()) return std::nullopt;
  return InputRef{{static_cast<std::uint32_t>(plain)}, plain != number};
}

}  // namespace carestep::capi

namespace {

bool declared(Ruleset const& rules, std::int32_t kind, std::int32_t number) {
  if (kind == CARESTEP_KIND_LEVEL && number == CARESTEP_LEVEL_NONE) return true;
  return number >= 0 && static_cast<std::size_t>(number) < count_of(rules, kind);
}

void describe_input(InputInfo const& input, carestep_declaration& out) {
  out.label = text_of(input.label);
  out.question = text_of(input.question);
  out.help = text_of(input.help);
  out.unit = text_of(input.unit);
  out.low = input.low.scaled;
  out.high = input.high.scaled;
  out.step = input.step.scaled;
  out.type = static_cast<std::int32_t>(input.type);
  out.or_never = input.or_never ? 1 : 0;
  out.value_count = static_cast<std::uint32_t>(input.values.size());
}

}  // namespace

void carestep_abi_version(int32_t* major, int32_t* minor) {
  if (major != nullptr) *major = CARESTEP_ABI_MAJOR;
  if (minor != nullptr) *minor = CARESTEP_ABI_MINOR;
}

char const* carestep_engine_version(void) {
  return text_of(engine_version());
}

char const* carestep_ruleset_name(carestep_ruleset const* ruleset) {
  return is(ruleset) ? text_of(ruleset->rules.name()) : "";
}
char const* carestep_ruleset_title(carestep_ruleset const* ruleset) {
  return is(ruleset) ? text_of(ruleset->rules.title()) : "";
}
char const* carestep_ruleset_version(carestep_ruleset const* ruleset) {
  return is(ruleset) ? text_of(ruleset->rules.version()) : "";
}
char const* carestep_ruleset_status(carestep_ruleset const* ruleset) {
  return is(ruleset) ? text_of(ruleset->rules.status()) : "";
}
char const* carestep_ruleset_sha256(carestep_ruleset const* ruleset) {
  return is(ruleset) ? text_of(ruleset->rules.sha256()) : "";
}

carestep_diagnostics const* carestep_ruleset_warnings(carestep_ruleset const* ruleset) {
  return is(ruleset) ? &ruleset->warnings : nullptr;
}

size_t carestep_ruleset_count(carestep_ruleset const* ruleset, int32_t kind) {
  return is(ruleset) ? count_of(ruleset->rules, kind) : 0;
}

carestep_status carestep_ruleset_find(carestep_ruleset const* ruleset, int32_t kind, char const* name, int32_t* out) {
  if (!is(ruleset) || name == nullptr || out == nullptr) return CARESTEP_ERR_ARGUMENT;
  return guarded(nullptr, {}, [&]() -> carestep_status {
    auto const number = number_of(ruleset->rules, kind, name);
    if (!number) return CARESTEP_ERR_NOT_FOUND;
    *out = *number;
    return CARESTEP_OK;
  });
}

carestep_status carestep_ruleset_get(carestep_ruleset const* ruleset, int32_t kind, int32_t number,
                                     carestep_declaration* out) {
  if (!is(ruleset) || !declared(ruleset->rules, kind, number)) return CARESTEP_ERR_ARGUMENT;
  Ruleset const& rules = ruleset->rules;
  carestep_declaration filled = {};
  filled.name = text_of(name_of(rules, kind, number));
  filled.label = filled.because = filled.question = filled.help = filled.unit = "";
  auto const index = static_cast<std::uint32_t>(number);
  switch (kind) {
    case CARESTEP_KIND_LEVEL:
      filled.label = text_of(rules.level(LevelId{static_cast<std::int8_t>(number)}).label);
      break;
    case CARESTEP_KIND_INPUT:
      describe_input(rules.input(InputId{index}), filled);
      break;
    case CARESTEP_KIND_RULE:
      filled.label = text_of(rules.rule(RuleId{index}).label);
      filled.because = text_of(rules.rule(RuleId{index}).because);
      break;
    case CARESTEP_KIND_SERVICE:
      filled.label = text_of(rules.service(ServiceId{index}).label);
      break;
    default:
      filled.label = text_of(rules.guarantee(GuaranteeId{index}).label);
  }
  return fill_sized(out, filled) ? CARESTEP_OK : CARESTEP_ERR_ARGUMENT;
}

char const* carestep_ruleset_value(carestep_ruleset const* ruleset, int32_t input, size_t value) {
  if (!is(ruleset)) return "";
  auto const ref = input_of(ruleset->rules, input);
  if (!ref) return "";
  auto const values = ruleset->rules.input(ref->id).values;
  return value < values.size() ? values[value].c_str() : "";
}
