#include "runs/calibration/tilted_laws.hpp"

#include <cmath>

namespace fisherlab::runs {

using Eigen::Index;
using Eigen::VectorXd;

TiltedLaws::TiltedLaws(std::vector<Features> of_scenarios) : features(std::move(of_scenarios)) {
  for (auto const& f : features) {
    offsets.push_back(size);
    size += f.values.rows();
    linear += f.linear;
  }
}

VectorXd TiltedLaws::part(Tilt const& tilt, std::size_t scenario) const {
  return tilt.segment(offsets[scenario], features[scenario].values.rows());
}

std::pair<std::vector<double>, double> TiltedLaws::tilted(Tilt const& tilt, std::size_t scenario) const {
  auto const& f = features[scenario];
  VectorXd const exponent = f.values.transpose() * part(tilt, scenario);
  double const most = exponent.maxCoeff();
  std::vector<double> law(f.law.size());
  double total = 0;
  for (std::size_t i = 0; i < law.size(); ++i)
    total += law[i] = f.law[i] * std::exp(exponent(static_cast<Index>(i)) - most);
  for (double& p : law) p /= total;
  return {std::move(law), std::log(total) + most};
}

double TiltedLaws::variance_of(Tilt const& tilt) const {
  double sum = 0;
  for (std::size_t s = 0; s < features.size(); ++s) {
    VectorXd const psi = features[s].values.transpose() * part(tilt, s);
    double const mean = psi.mean();
    sum += (psi.array() - mean).square().mean();
  }
  return sum;
}

double TiltedLaws::relative_entropy(Tilt const& tilt) const {
  double sum = 0;
  for (std::size_t s = 0; s < features.size(); ++s) {
    auto const [law, norm] = tilted(tilt, s);
    Eigen::Map<VectorXd const> const p(law.data(), static_cast<Index>(law.size()));
    sum += part(tilt, s).dot(features[s].values * p) - norm;
  }
  return sum;
}

}  // namespace fisherlab::runs
