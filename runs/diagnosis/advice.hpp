#pragma once

#include <string>
#include <vector>

#include "runs/diagnosis/diagnosis.hpp"

namespace fisherlab::runs {

/// A few plain sentences: which interval to prefer, what to make of bias and standard errors, and what n it would take.
std::vector<std::string> advice(Diagnosis const& diagnosis);

}  // namespace fisherlab::runs
