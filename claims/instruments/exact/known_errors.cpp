#include "claims/instruments/exact/known_errors.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "base/hash.hpp"
#include "claims/instruments/exact/binomials.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::VectorXd;
using sim::Lanes;

constexpr int highest = 8;
constexpr std::size_t most_parameters = 2;

/// Joint moments E A^i B^j, i + j <= 8, of two numbers of mean 0.
class Joint {
 public:
  double& at(int i, int j) { return moments_[static_cast<std::size_t>(i * (highest + 1) + j)]; }
  double at(int i, int j) const { return moments_[static_cast<std::size_t>(i * (highest + 1) + j)]; }

 private:
  std::array<double, (highest + 1) * (highest + 1)> moments_{};
};

/// Of the sums of two independent pairs.
Joint added(Joint const& x, Joint const& y) {
  Joint sum;
  for (int i = 0; i <= highest; ++i)
    for (int j = 0; i + j <= highest; ++j)
      for (int k = 0; k <= i; ++k)
        for (int l = 0; l <= j; ++l)
          sum.at(i, j) += binomial_coefficient(i, k) * binomial_coefficient(j, l) * x.at(k, l) * y.at(i - k, j - l);
  return sum;
}

/// Of sums over n observations, by doubling.
Joint of_sum(Joint power, std::int64_t n) {
  Joint sum;
  sum.at(0, 0) = 1;
  for (; n > 0; n /= 2) {
    if (n % 2 == 1) sum = added(sum, power);
    power = added(power, power);
  }
  return sum;
}

/// Of w and a'v from the joint moments of (w, v_1, v_2).
Joint joint_along(sim::Powers const& powers, VectorXd const& a) {
  Joint joint;
  double const second = a.size() > 1 ? a(1) : 0.0;
  for (int i = 0; i <= highest; ++i)
    for (int j = 0; i + j <= highest; ++j)
      for (int l = 0; l <= (a.size() > 1 ? j : 0); ++l) {
        std::array<int, 3> const exponents = {i, j - l, l};
        auto const place = powers.block.monomials->place_of({exponents.data(), static_cast<std::size_t>(a.size() + 1)});
        joint.at(i, j) += binomial_coefficient(j, l) * std::pow(a(0), j - l) * std::pow(second, l) * powers.sums[place];
      }
  joint.at(0, 1) = joint.at(1, 0) = 0;
  return joint;
}

/// Whether the estimate of samples is the mean over their observations, in samples of eight.
bool is_a_mean(Law const& data, estimators::Estimator const& estimator) {
  constexpr std::int64_t n = 8;
  sim::Sample sample(n, data.model->dimension()), one(1, data.model->dimension());
  data.model->draw(data.theta, {0, stable_hash("is it a mean"), 0}, sample);
  estimators::Estimates whole, single;
  estimator.estimate(sample, whole);
  Lanes mean = 0.0, size = 0.0;
  for (std::int64_t i = 0; i < n; ++i) {
    for (int d = 0; d < sample.dimension(); ++d) one(0, d) = sample(i, d);
    estimator.estimate(one, single);
    if (single.found != sim::all_lanes) return false;
    mean += single.value[0] / static_cast<double>(n);
    size += abs(single.value[0]);
  }
  return whole.found == sim::all_lanes && to_set(abs(whole.value[0] - mean) <= 1e-12 * size) == sim::all_lanes;
}

}  // namespace

KnownErrors::KnownErrors(Setting const& setting, estimators::Estimator const& estimator)
    : p_(setting.model.theta.size()) {
  auto const& law = setting.model;
  if (!has_counts(setting.data) || p_ > most_parameters || estimator.components().size() != 1 ||
      !estimator.unbiased() || !is_a_mean(setting.data, estimator))
    return;
  auto const target = estimator.target(law.theta);
  auto const of_error = error_whitening(law, target);
  auto const of_score = score_whitening(law);
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  estimators::Estimates estimates;
  auto const error_of = [&](sim::Sample const& one, Lanes* w) {
    estimator.estimate(one, estimates);
    Lanes const error = estimates.value[0] - target.value[0];
    of_error.apply(&error, w);
  };
  error_ = law_moments(setting.data, {1, highest, error_of});
  std::vector<Lanes> score(p_), packed(sim::packed_size(p_)), hessian(packed.size());
  joint_ = law_moments(setting.data, {1 + p_, highest, [&](sim::Sample const& one, Lanes* y) {
                                        error_of(one, y);
                                        law.model->score_products(one, theta.data(), score.data(), packed.data(),
                                                                  hessian.data());
                                        of_score.apply(score.data(), y + 1);
                                      }});
}

ByLaw KnownErrors::squares(std::int64_t n) const {
  if (!error_.powers) return {};
  return {{}, [error = error_, n](VectorXd const& u) { return error.of_square(u, n); }};
}

ByLaw KnownErrors::products(std::int64_t n) const {
  if (!joint_.powers) return {};
  return {{}, [joint = joint_, n](VectorXd const& a) {
            auto const sum = of_sum(joint_along(*joint.powers, a), n);
            auto const size = static_cast<double>(n);
            std::vector<double> about_zero;
            for (int k = 0; k <= 4; ++k) about_zero.push_back(sum.at(k, k) / std::pow(size, k));
            return moments_about_mean(about_zero);
          }};
}

}  // namespace fisherlab::claims
