#include "runs/diagnosis/censored/censored_advice.hpp"

#include <fmt/format.h>

#include "runs/diagnosis/estimate_sentences.hpp"

namespace fisherlab::runs {

Recommendation recommended(CensoredParameter const& p, estimators::FittedParameter const& fitted, double level) {
  auto const coverage = [](Misses const& m) { return Estimated{1 - m.all.value, m.all.mcse}; };
  return recommend({{"Wald", fitted.wald, coverage(p.wald)},
                    {"likelihood-ratio", fitted.likelihood_ratio, coverage(p.likelihood_ratio)}},
                   level);
}

std::vector<std::string> censored_advice(CensoredData const& data, CensoredDiagnosis const& diagnosis) {
  std::vector<std::string> sentences;
  for (std::size_t a = 0; a < diagnosis.parameters.size(); ++a) {
    auto const& p = diagnosis.parameters[a];
    sentences.push_back(recommendation_sentence(p.name, recommended(p, data.parameters[a], diagnosis.level)));
    add_on_estimate(p.name, p.bias_in_std_errors, p.std_error_ratio, sentences);
  }
  if (!diagnosis.parameters.empty()) sentences.push_back(recommendation_rule(diagnosis.level));
  if (diagnosis.failed > 0)
    sentences.push_back(
        fmt::format("{:.2g} % of the simulated fits gave no estimate; every figure above leaves them out.",
                    100 * static_cast<double>(diagnosis.failed) / static_cast<double>(diagnosis.replicates)));
  return sentences;
}

}  // namespace fisherlab::runs
