#include "estimators/regression/responses.hpp"

#include <algorithm>
#include <cmath>

#include "sim/random/stream.hpp"
#include "sim/variates/binomial.hpp"
#include "sim/variates/gamma.hpp"
#include "sim/variates/poisson_lanes.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;
using Kind = ResponseLaw::Kind;

constexpr double largest_mean = 0x1p30;  ///< of a Poisson count that is drawn

}  // namespace

ResponseLaw law_of(RegressionFit const& fit) {
  ResponseLaw law{Kind::normal, fit.mean, std::sqrt(fit.dispersion), fit.size.value_or(1), {}};
  if (fit.family == Family::logistic) law.kind = Kind::binomial;
  if (fit.family == Family::poisson) law.kind = Kind::poisson;
  if (fit.family == Family::negative_binomial) law.kind = Kind::negative_binomial;
  return law;
}

ResponseLaw signed_residuals_of(RegressionFit const& fit, Eigen::VectorXd const& y) {
  ResponseLaw law{Kind::signed_residuals, fit.mean, 1, 1, y - fit.mean};
  for (Eigen::Index i = 0; i < law.residuals.size(); ++i)
    law.residuals[i] /= std::sqrt(std::max(1 - fit.leverage[i], 1e-10));
  return law;
}

void draw_responses(ResponseLaw const& law, RegressionDesign const& design, sim::StreamKey const& key, Lanes* y) {
  sim::LaneStream stream(key);
  for (Eigen::Index i = 0; i < design.rows(); ++i) {
    double const mean = law.mean[i], w = design.weight(i);
    Lanes value = std::min(w * mean, largest_mean);
    switch (law.kind) {
      case Kind::normal:
        value = mean + law.scale / std::sqrt(w) * stream.normal();
        break;
      case Kind::binomial:
        if (w == 1)
          value = select(stream.open_uniform() < Lanes(mean), Lanes(1.0), Lanes(0.0));
        else
          sim::BinomialSampler(w, mean).fill(stream, &value, 1);
        value = value / w;
        break;
      case Kind::poisson:
        sim::means_to_poisson(stream, &value, 1);
        value = value / w;
        break;
      case Kind::negative_binomial:
        sim::fill_gamma(stream, law.size, &value, 1);
        value = min(value * (mean / law.size), Lanes(largest_mean));
        sim::means_to_poisson(stream, &value, 1);
        break;
      case Kind::signed_residuals:
        value = mean + select(stream.open_uniform() < Lanes(0.5), Lanes(-law.residuals[i]), Lanes(law.residuals[i]));
        break;
    }
    y[i] = value;
  }
}

}  // namespace fisherlab::estimators
