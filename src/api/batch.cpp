#include <carestep/batch.hpp>

#include "api/ruleset_state.hpp"
#include "batch/decide.hpp"

namespace carestep {
namespace {

/// The batch programs of a ruleset, made when somebody wants them.
batch::Programs const& programs_of(Ruleset::State const& state) {
  std::call_once(state.programs_made, [&] { state.programs = std::make_unique<batch::Programs>(*state.program); });
  return *state.programs;
}

}  // namespace

Batch Ruleset::batch(std::size_t size, Date day) const {
  return Batch(batch::make_state(state_->program, programs_of(*state_), state_, size, day));
}

BatchBuilder Ruleset::batch_builder() const {
  return BatchBuilder(batch::make_state(state_->program, programs_of(*state_), state_, 0, {}));
}

BatchTally Ruleset::decide(Batch const& batch, BatchDecisions const& into, BatchOptions const& options) const {
  if (batch.state_->program != state_->program) return {};
  return batch::decide(*batch.state_, into, options);
}

Batch Batch::packed() const {
  if (state_->packed || !state_->programs->usable()) return *this;
  auto copy = batch::make_state(state_->program, *state_->programs, state_->keeps, state_->size, state_->date);
  copy->previous = state_->previous;
  copy->previous_of = state_->previous_of;
  copy->unavailable_of = state_->unavailable_of;
  copy->sources.clear();
  copy->packed = batch::pack(*state_);
  return Batch(std::move(copy));
}

double Batch::bytes_per_record() const {
  if (state_->packed) {
    std::uint32_t planes = 0;
    for (std::uint32_t var = 0; var < state_->packed->places.size(); ++var)
      if (state_->packed->places[var].read) planes += state_->programs->packed_bits(var);
    return planes / 8.0;
  }
  double bytes = 0;
  for (batch::Source const& source : state_->sources) {
    if (source.data == nullptr || (source.is_member && source.bit != 0)) continue;
    bytes += source.raw == batch::Raw::bits ? 0.125 : static_cast<double>(batch::bytes_of(source.raw));
    if (source.known != nullptr) bytes += 0.125;
  }
  return bytes;
}

}  // namespace carestep
