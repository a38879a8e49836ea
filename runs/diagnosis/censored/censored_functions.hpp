#pragma once

#include <vector>

#include "runs/diagnosis/censored/censored_data.hpp"
#include "runs/diagnosis/censored/censored_sums.hpp"
#include "runs/diagnosis/functions/delta_method.hpp"
#include "runs/diagnosis/functions/functions.hpp"

namespace fisherlab::runs {

/// Functions of theta with their values at the truth, put to censored samples: for each the delta method on its scales
/// (deltas_of) and likelihood ratio.
class CensoredFunctions {
 public:
  /// `functions` exist at the law.
  CensoredFunctions(claims::Law const& law, std::vector<FunctionOf> const& functions);

  std::size_t interval_count() const;
  /// Adds one sample to the counts of all intervals.
  void observe(estimators::CensoredSample const& sample, estimators::CensoredFit const& fit, double z,
               std::vector<IntervalCounts>& counts) const;
  std::vector<std::vector<IntervalWorth>> worths(std::vector<IntervalCounts> const& counts) const;
  /// The likelihood-ratio statistic of "function k is what it is at the truth"; NaN where it was not found.
  double ratio(std::size_t k, estimators::CensoredSample const& sample, estimators::CensoredFit const& fit) const;
  /// Whether function k is larger at an estimate than at the truth.
  bool is_high(std::size_t k, std::vector<double> const& theta) const;

 private:
  struct Question {
    FunctionOf function;
    double truth;
    std::vector<Delta> deltas;
  };

  claims::Law law_;
  std::shared_ptr<estimators::LifeLaw const> life_;
  std::vector<Question> questions_;
};

/// The values of f whose likelihood-ratio statistic is at most `cut_off`; an end is NaN where it was not found.
estimators::Bounds censored_function_bounds(CensoredData const& data, FunctionOf const& f, double cut_off);

/// The functions on the data, with what their intervals are worth. `worths`: of CensoredFunctions, or empty.
std::vector<FunctionFit> censored_functions_of(CensoredData const& data, std::vector<FunctionOf> const& functions,
                                               std::vector<std::vector<IntervalWorth>> const& worths, double level);

}  // namespace fisherlab::runs
