#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "estimators/estimator.hpp"
#include "sim/models/interface/any_model.hpp"
#include "sim/sample.hpp"
#include "sim/tallies/tally.hpp"

namespace fisherlab::bench {

/// A Monte Carlo study of maximum likelihood as the program runs it, eight replicates side by side: draw, fit, expected
/// standard errors, and a tally of the estimates' means and covariances and of the coverage of 95 % Wald intervals.
class LaneStudy {
 public:
  LaneStudy(std::string_view model, std::vector<double> theta, std::int64_t n);

  /// Draws the samples of one block and does nothing with them.
  void draw_block(std::int64_t block);
  /// The whole work of one block.
  sim::Tally run_block(std::int64_t block);

 private:
  void draw(std::int64_t replicate);

  sim::AnyModel model_;
  estimators::AnyEstimator estimator_;
  std::vector<double> theta_;
  std::vector<double> std_error_;  ///< at the truth; the scale on which estimates are tallied
  sim::Sample sample_;
  estimators::Estimates estimates_;
};

}  // namespace fisherlab::bench
