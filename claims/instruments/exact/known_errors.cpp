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
constexpr double most_products = 4000;  ///< of one observation: six numbers to degree 8

/// Joint moments E A^i B^j, i + j <= 8, of two numbers of mean 0.
class Joint {
 public:
  double& at(int i, int j) { return moments_[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]; }
  double at(int i, int j) const { return moments_[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)]; }

 private:
  std::array<std::array<double, highest + 1>, highest + 1> moments_{};
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

/// Of w and a'v from the joint moments of (w, v_1, ..., v_p), by the multinomial theorem: a product is its parent times
/// a variable that is not before the parent's, so that its coefficient follows from the parent's.
Joint joint_along(sim::Powers const& powers, VectorXd const& a) {
  auto const& monomials = *powers.block.monomials;
  Joint joint;
  joint.at(0, 0) = powers.sums[0];
  std::vector<double> coefficient(monomials.count(), 1.0);
  std::vector<int> of_v(monomials.count()), of_last(monomials.count());
  for (std::size_t k = 1; k < monomials.count(); ++k) {
    auto const parent = monomials.parent(k), last = monomials.last_variable(k);
    of_last[k] = parent > 0 && monomials.last_variable(parent) == last ? of_last[parent] + 1 : 1;
    of_v[k] = of_v[parent] + (last > 0 ? 1 : 0);
    if (last > 0) coefficient[k] = coefficient[parent] * a(static_cast<Eigen::Index>(last) - 1) * of_v[k] / of_last[k];
    joint.at(monomials.degree_of(k) - of_v[k], of_v[k]) += coefficient[k] * powers.sums[k];
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
  auto const size = estimator.components().size();
  std::vector<Lanes> mean(size, Lanes(0.0)), absolute(size, Lanes(0.0));
  for (std::int64_t i = 0; i < n; ++i) {
    for (int d = 0; d < sample.dimension(); ++d) one(0, d) = sample(i, d);
    estimator.estimate(one, single);
    if (single.found != sim::all_lanes) return false;
    for (std::size_t a = 0; a < size; ++a) {
      mean[a] += single.value[a] / static_cast<double>(n);
      absolute[a] += abs(single.value[a]);
    }
  }
  if (whole.found != sim::all_lanes) return false;
  for (std::size_t a = 0; a < size; ++a)
    if (to_set(abs(whole.value[a] - mean[a]) <= 1e-12 * absolute[a]) != sim::all_lanes) return false;
  return true;
}

bool are_few(std::size_t variables) {
  return sim::Monomials::count_of(static_cast<int>(variables), highest) <= most_products;
}

}  // namespace

KnownErrors::KnownErrors(Setting const& setting, estimators::Estimator const& estimator)
    : p_(setting.model.theta.size()) {
  auto const& law = setting.model;
  auto const r = estimator.components().size();
  if (!has_counts(setting.data) || !are_few(r) || !estimator.unbiased() || !is_a_mean(setting.data, estimator)) return;
  auto const target = estimator.target(law.theta);
  auto const of_error = error_whitening(law, target);
  auto const of_score = score_whitening(law);
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  estimators::Estimates estimates;
  std::vector<Lanes> error(r);
  auto const error_of = [&](sim::Sample const& one, Lanes* w) {
    estimator.estimate(one, estimates);
    for (std::size_t a = 0; a < r; ++a) error[a] = estimates.value[a] - target.value[a];
    of_error.apply(error.data(), w);
  };
  error_ = law_moments(setting.data, {r, highest, error_of});
  if (r > 1 || !are_few(1 + p_)) return;
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
