#pragma once

#include <string>
#include <vector>

#include "runs/diagnosis/censored_diagnosis.hpp"

namespace fisherlab::runs {

/// A few plain sentences: which interval is recommended, and what to make of bias and standard errors.
std::vector<std::string> censored_advice(CensoredData const& data, CensoredDiagnosis const& diagnosis);

}  // namespace fisherlab::runs
