#pragma once

// Tests on each instruction set that this machine has.

#include <doctest/doctest.h>
#include <string>
#include <string_view>

#include "batch/kernels.hpp"

namespace carestep::batch {

template <class Check>
void with_each_instruction_set(Check check) {
  for (std::string_view const name : instruction_sets()) {
    INFO(std::string(name));
    use_instruction_set(name);
    check();
  }
  use_instruction_set({});
}

}  // namespace carestep::batch
