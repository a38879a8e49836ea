#include "runs/diagnosis/censored_advice.hpp"

#include <fmt/format.h>

#include <cmath>

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
    if (std::fabs(p.bias_in_std_errors.value) > 0.1)
      sentences.push_back(fmt::format("The estimate of {} is off by {:+.2f} standard errors on average.", p.name,
                                      p.bias_in_std_errors.value));
    if (std::fabs(p.std_error_ratio.value - 1) > 0.05 + 2 * p.std_error_ratio.mcse)
      sentences.push_back(
          fmt::format("The real standard error of {} is {:.2f} times the one given.", p.name, p.std_error_ratio.value));
  }
  if (!diagnosis.parameters.empty()) sentences.push_back(recommendation_rule(diagnosis.level));
  if (diagnosis.failed > 0)
    sentences.push_back(
        fmt::format("{:.2g} % of the simulated fits gave no estimate; every figure above leaves them out.",
                    100 * static_cast<double>(diagnosis.failed) / static_cast<double>(diagnosis.replicates)));
  return sentences;
}

}  // namespace fisherlab::runs
