#pragma once

#include <carestep/ruleset.hpp>

#include "error.hpp"

struct carestep_ruleset {
  static constexpr carestep::capi::Tag tag = carestep::capi::Tag::ruleset;
  carestep::capi::Head head;
  carestep::Ruleset rules;
  carestep_diagnostics warnings;
  void const* identity;  // the same for all copies of a ruleset, and for no other
};

namespace carestep::capi {

/// A name's number, `none` and `previous NAME` included; nothing where nothing is called so.
std::optional<std::int32_t> number_of(Ruleset const& rules, std::int32_t kind, std::string_view name);

/// How many of a kind there are; 0 for a kind that is none.
std::size_t count_of(Ruleset const& rules, std::int32_t kind) noexcept;

/// The name of one of them, which must be there.
std::string_view name_of(Ruleset const& rules, std::int32_t kind, std::int32_t number) noexcept;

/// An input of the interface: its number, and whether its previous answer is meant.
struct InputRef {
  InputId id;
  bool previous = false;
};
/// Nothing for a number that is none of the ruleset's inputs.
std::optional<InputRef> input_of(Ruleset const& rules, std::int32_t number) noexcept;

}  // namespace carestep::capi
