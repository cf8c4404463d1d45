#include "explain/reasons.hpp"

#include "analyze/reasons.hpp"

namespace carestep::explain {
namespace {

ReasonStrength strength(analyze::Proof proof) {
  switch (proof) {
    case analyze::Proof::smallest:
      return ReasonStrength::smallest;
    case analyze::Proof::irreducible:
      return ReasonStrength::irreducible;
    case analyze::Proof::sufficient:
      return ReasonStrength::sufficient;
    case analyze::Proof::gave_up:
      break;
  }
  return ReasonStrength::not_settled;
}

ShownAnswer answer(Seen const& seen, analyze::Known const& known) {
  if (known.kind == analyze::Known::Kind::no_previous) return {"previous", "", "no previous assessment"};
  return seen.answer(known.question.input.index, known.question.previous);
}

}  // namespace

ShownReason shown_reason(Seen const& seen, std::vector<std::string> levels, std::uint64_t budget) {
  analyze::Person const person(seen.assessment(), seen.decision());
  analyze::Reason const reason = analyze::sufficient_reason(person, seen.decision(), budget);
  ShownReason shown{strength(reason.proof), std::move(levels), {}};
  for (std::uint32_t const piece : reason.pieces) shown.answers.push_back(answer(seen, person.known()[piece]));
  return shown;
}

}  // namespace carestep::explain
