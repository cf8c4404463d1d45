#pragma once

/// The whole public interface.
#include <carestep/analysis.hpp>
#include <carestep/assessment.hpp>
#include <carestep/batch.hpp>
#include <carestep/csv.hpp>
#include <carestep/decision.hpp>
#include <carestep/diagnostic.hpp>
#include <carestep/explanation.hpp>
#include <carestep/result.hpp>
#include <carestep/ruleset.hpp>
#include <carestep/stream.hpp>
#include <carestep/value.hpp>
#include <carestep/version.hpp>
