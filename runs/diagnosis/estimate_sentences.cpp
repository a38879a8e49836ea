#include "runs/diagnosis/estimate_sentences.hpp"

#include <fmt/format.h>

#include <cmath>

namespace fisherlab::runs {

void add_on_estimate(std::string const& name, Estimated const& bias_in_std_errors, Estimated const& std_error_ratio,
                     std::vector<std::string>& sentences) {
  if (std::fabs(bias_in_std_errors.value) > 0.1)
    sentences.push_back(fmt::format("The estimate of {} is off by {:+.2f} standard errors on average.", name,
                                    bias_in_std_errors.value));
  if (std::fabs(std_error_ratio.value - 1) > 0.05 + 2 * std_error_ratio.mcse)
    sentences.push_back(
        fmt::format("The real standard error of {} is {:.2f} times the one given.", name, std_error_ratio.value));
}

}  // namespace fisherlab::runs
