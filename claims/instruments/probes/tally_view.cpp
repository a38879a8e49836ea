#include "claims/instruments/probes/tally_view.hpp"

#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"

namespace fisherlab::claims {
namespace {

/// Joint moments of a few components, which outlive the tally.
class View {
 public:
  View(sim::Tally const& tally, int first, int size, int degree) {
    for (auto const& powers : tally.powers) {
      auto const& block = powers.block;
      bool const holds = block.first <= first && first + size <= block.first + block.size();
      if (!holds || block.degree() < degree || powers_) continue;
      powers_ = std::make_shared<sim::Powers const>(powers);
      offset_ = static_cast<std::size_t>(first - block.first);
    }
    expects(powers_ != nullptr,
            "the probe keeps no joint moments of degree " + std::to_string(degree) +
                " of what is measured (an interval at a far level needs them), add them to shape.powers");
  }

  std::int64_t count() const { return powers_->count; }

  /// E(u'(y - mean))^k, u over the components of the view.
  std::vector<double> along(Eigen::VectorXd const& u) const {
    std::vector<double> padded(powers_->mean.size());
    for (Eigen::Index a = 0; a < u.size(); ++a) padded[offset_ + static_cast<std::size_t>(a)] = u(a);
    return powers_->along(padded);
  }

 private:
  std::shared_ptr<sim::Powers const> powers_;
  std::size_t offset_ = 0;
};

/// Below this share of the squared mean a variance of squares is rounding.
constexpr double rounding = 1e-14;

}  // namespace

Eigen::VectorXd mean_of(sim::Tally const& tally, int first, int size) {
  Eigen::VectorXd mean(size);
  for (int a = 0; a < size; ++a) mean(a) = tally.moments.mean[static_cast<std::size_t>(first + a)];
  return mean;
}

Eigen::MatrixXd covariance_of(sim::Tally const& tally, int first, int size) {
  Eigen::MatrixXd covariance(size, size);
  for (int a = 0; a < size; ++a)
    for (int b = 0; b < size; ++b) covariance(a, b) = tally.moments.covariance(first + a, first + b);
  return covariance;
}

SampleMoments sample_moments(sim::Tally const& tally, int component) {
  View const view(tally, component, 1, 4);
  return sample_moments_of(tally.moments.mean[static_cast<std::size_t>(component)],
                           view.along(Eigen::VectorXd::Ones(1)).data(), tally.count);
}

MeanEstimate mean_estimate(sim::Tally const& tally, int first, int size, ByLaw by_law) {
  View const view(tally, first, size, 4);
  return {mean_of(tally, first, size),
          covariance_of(tally, first, size),
          tally.count,
          {[view](Eigen::VectorXd const& u) { return sample_moments_of(0, view.along(u).data(), view.count()); },
           std::move(by_law)}};
}

MatrixEstimate matrix_of(sim::Tally const& tally, int first, int p, ByLaw by_law) {
  int const q = p * (p + 1) / 2;
  View const view(tally, first, q, 4);
  auto const along = [view](Eigen::VectorXd const& u) {
    return sample_moments_of(0, view.along(iso_vech(u * u.transpose())).data(), view.count());
  };
  return {
      from_iso_vech(mean_of(tally, first, q)), covariance_of(tally, first, q), tally.count, {along, std::move(by_law)}};
}

MatrixEstimate covariance_estimate(sim::Tally const& tally, int first, int p, ByLaw by_law) {
  View const view(tally, first, p, 8);
  auto estimate = plain_covariance_estimate(tally, first, p);
  estimate.directions = {[view](Eigen::VectorXd const& u) {
                           auto const m = view.along(u);
                           auto square = moments_of_square(m);
                           if (square[2] <= rounding * m[2] * m[2]) square[2] = 0;
                           return sample_moments_of(m[2], square.data(), view.count());
                         },
                         std::move(by_law)};
  return estimate;
}

MatrixEstimate plain_covariance_estimate(sim::Tally const& tally, int first, int p) {
  int const size = p + p * (p + 1) / 2;
  return covariance_as_mean(mean_of(tally, first, size), covariance_of(tally, first, size), tally.count);
}

}  // namespace fisherlab::claims
