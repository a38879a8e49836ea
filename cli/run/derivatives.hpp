#pragma once

#include <string>
#include <utility>
#include <vector>

#include "claims/claim.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::cli {

/// How the derivatives of models are had that do not state their own: the model, and the words of its card.
using DerivativesOfModels = std::vector<std::pair<std::string, std::string>>;

/// Of one model; empty where it has formulas.
DerivativesOfModels derivatives_of(sim::ModelCard const& card);
/// Of the models that questions read samples by, each once.
DerivativesOfModels derivatives_of(std::vector<claims::Question> const& questions);

/// "Derivatives of my_gamma: by differences of the log density." and so on, a line each.
std::string derivatives_text(DerivativesOfModels const& derivatives, int width);

/// The same as facts of a run.
std::vector<std::pair<std::string, std::string>> derivatives_facts(DerivativesOfModels const& derivatives);

}  // namespace fisherlab::cli
