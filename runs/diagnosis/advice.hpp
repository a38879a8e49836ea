#pragma once

#include <string>
#include <vector>

#include "runs/diagnosis/checks/other_laws.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "runs/diagnosis/goodness.hpp"
#include "runs/diagnosis/needed_n.hpp"
#include "runs/diagnosis/recommendation.hpp"

namespace fisherlab::runs {

/// All that is known of a fit when advice is asked for.
struct Findings {
  estimators::FittedModel const& fit;
  Diagnosis const& diagnosis;
  std::vector<Needs> needs;                     ///< of each parameter; empty where it was not searched for
  Goodness const* goodness = nullptr;           ///< null where the model was not checked
  WithoutModel const* without_model = nullptr;  ///< of a model that the data refute
};

/// What the rule recommends for each parameter; nothing of a model that the data refute.
std::vector<Recommendation> recommendations(Findings const& findings);

/// A few plain sentences: which interval is recommended and by what rule, what to make of bias and standard errors, and
/// what n it would take. Of a model that the data refute nothing is recommended.
std::vector<std::string> advice(Findings const& findings);

}  // namespace fisherlab::runs
