#include "claims/instruments/probes/error_grid.hpp"

#include <cmath>
#include <utility>

#include "claims/evidence/matrix.hpp"
#include "estimators/error.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;
using sim::Lanes;

EstimatedVector moment_of(ErrorMoment moment, Index r, ControlledMoments const& own, ControlledMoments const& other,
                          double n) {
  if (moment == ErrorMoment::bias) return adjusted_first(own, other, r, n);
  return adjusted_second(own, other, r,
                         moment == ErrorMoment::covariance ? SecondMoments::covariance : SecondMoments::about_zero);
}

}  // namespace

ErrorStatistic whitened_errors(Law const& law, estimators::AnyEstimator const& estimator, ErrorMoment moment) {
  auto const target = estimator->target(law.theta);
  return {moment, estimator, target.value, error_whitening(law, target), {}};
}

ControlledStatistic controlled(ErrorStatistic statistic) {
  if (statistic.components.empty())
    for (std::size_t a = 0; a < statistic.centre.size(); ++a) statistic.components.push_back(a);
  auto const r = statistic.components.size();
  ControlledStatistic result;
  result.values = static_cast<int>(r + sim::packed_size(r));
  result.estimator = statistic.estimator;
  result.observe = [r, of = statistic.components,
                    error_of = estimators::EstimationError(*statistic.estimator, statistic.centre),
                    whitening = statistic.whitening](Batch const& batch, sim::Observed& out) {
    double const scale = std::sqrt(static_cast<double>(batch.scenario.n));
    std::vector<Lanes> error(r);
    for (std::size_t k = 0; k < r; ++k) error[k] = scale * error_of(*batch.estimates, of[k]);
    whitening.apply(error.data(), out.values.data());
    iso_vech_of_square(out.values.data(), r, out.values.data() + r);
  };
  result.moment = [moment = statistic.moment, r = static_cast<Index>(r)](ControlledMoments const& own,
                                                                         ControlledMoments const& other, double n) {
    return moment_of(moment, r, own, other, n);
  };
  return result;
}

ControlledGrid error_grid(Case const& the_case, Sampled& question, ErrorStatistic statistic) {
  return {the_case, question, controlled(std::move(statistic))};
}

Interval largest_error(EstimatedMoment const& moment, double alpha) {
  auto matrix = from_iso_vech(moment.estimate.value);
  matrix.diagonal().array() -= 1.0;
  return told(largest_direction({matrix, contribution(moment), moment.replicates}, alpha), moment);
}

Interval largest_error_along(std::vector<ClaimedDirection> const& directions, EstimatedMoment const& moment,
                             double alpha) {
  MatrixEstimate const matrix{from_iso_vech(moment.estimate.value), contribution(moment), moment.replicates};
  Interval largest{0, 0, 0, 0};
  for (auto const& direction : directions) {
    auto const variance = quadratic_form(direction.whitened, matrix, alpha / static_cast<double>(directions.size()));
    largest = larger_of(largest, distance_from(scaled(variance, 1 / direction.claimed), 1));
  }
  return told(largest, moment);
}

Interval mean_of_diagonal(EstimatedMoment const& moment, double alpha) {
  auto const r = from_iso_vech(moment.estimate.value).rows();
  return linear_form(iso_vech(Eigen::MatrixXd::Identity(r, r)) / static_cast<double>(r), moment, alpha);
}

Interval distance_of_bias(std::vector<double> const& claimed, EstimatedMoment const& moment, double alpha) {
  auto difference = moment;
  for (std::size_t k = 0; k < claimed.size(); ++k) difference.estimate.value(static_cast<Index>(k)) -= claimed[k];
  return norm_of(difference, alpha);
}

}  // namespace fisherlab::claims
