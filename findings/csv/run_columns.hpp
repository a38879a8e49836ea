#pragma once

#include <array>
#include <string_view>

namespace fisherlab {

/// The columns of each CSV file of a run, for those who write it and those who read it back.

inline constexpr auto findings_columns = std::to_array<std::string_view>(
    {"claim", "statement", "model", "parameters", "n", "statistic", "kind", "estimate", "std_error", "lower", "upper",
     "target", "margin", "replicates", "dropped", "level", "verdict", "expected", "outcome"});

inline constexpr auto performance_columns = std::to_array<std::string_view>({"model",
                                                                             "parameters",
                                                                             "n",
                                                                             "estimator",
                                                                             "component",
                                                                             "replicates",
                                                                             "failed",
                                                                             "truth",
                                                                             "mean",
                                                                             "bias",
                                                                             "bias_mcse",
                                                                             "emp_se",
                                                                             "emp_se_mcse",
                                                                             "mse",
                                                                             "mse_mcse",
                                                                             "model_se",
                                                                             "model_se_mcse",
                                                                             "relative_se_error",
                                                                             "relative_se_error_mcse",
                                                                             "coverage",
                                                                             "coverage_mcse",
                                                                             "be_coverage",
                                                                             "be_coverage_mcse",
                                                                             "bound",
                                                                             "efficiency",
                                                                             "efficiency_lower",
                                                                             "efficiency_upper"});

inline constexpr auto convergence_columns =
    std::to_array<std::string_view>({"claim", "model", "parameters", "statistic", "n", "replicates", "discrepancy",
                                     "lower", "upper", "rate", "rate_lower", "rate_upper"});

inline constexpr auto curves_columns =
    std::to_array<std::string_view>({"claim", "model", "parameters", "quantity", "method", "component", "n",
                                     "replicates", "value", "lower", "upper", "reference"});

inline constexpr auto distributions_columns =
    std::to_array<std::string_view>({"claim", "model", "parameters", "n", "estimator", "component", "replicates",
                                     "from", "quantile", "probability", "reference", "density"});

inline constexpr auto intervals_columns =
    std::to_array<std::string_view>({"claim", "model", "parameters", "n", "component", "interval", "level", "replicate",
                                     "truth", "estimate", "lower", "upper", "z"});

}  // namespace fisherlab
