#pragma once

#include <string>
#include <vector>

#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/recommendation.hpp"

namespace fisherlab::runs {

/// By the rule, of Wald's interval and that of the likelihood ratio.
Recommendation recommended(CensoredParameter const& p, estimators::FittedParameter const& fitted, double level);

/// A few plain sentences: which interval is recommended, and what to make of bias and standard errors.
std::vector<std::string> censored_advice(CensoredData const& data, CensoredDiagnosis const& diagnosis);

}  // namespace fisherlab::runs
