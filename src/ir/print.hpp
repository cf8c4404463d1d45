#pragma once

#include <string>

#include "ir/model.hpp"

namespace carestep::ir {

/// A node as an s-expression, for tests and for looking at what `check` made of a condition.
///
/// Shape    `(in phq9 10..27)`, `(all a b)`, `(atleast 2 a b c)`, `(>= (+ 3 (* 2 x)) 7)`. A variable is written with
/// the
///          name of its input, `previous NAME`, `NAME.MEMBER` for a member of a set; values are written as declared.
/// Cost     the printed size: shared parts are written out each time.
std::string print(Model const& model, NodeId node);

}  // namespace carestep::ir
