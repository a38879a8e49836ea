#include "estimators/james_stein.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

/// E 1/(p + 2 J) and its derivative in `twice_rate`, J ~ Poisson(twice_rate/2). Summed from the mode outwards with
/// weights relative to it, so nothing under- or overflows.
struct MixtureMean {
  double value = 0;
  double slope = 0;
};

MixtureMean mean_inverse(double p, double twice_rate) {
  double const rate = 0.5 * twice_rate;
  double const mode = std::floor(rate);
  double total = 0, value = 0, slope = 0;
  auto const add = [&](double j, double weight) {
    double const first = p + 2 * j;
    total += weight;
    value += weight / first;
    slope -= weight / (first * (first + 2));  // half of 1/(p + 2 (j + 1)) - 1/(p + 2 j)
  };
  constexpr double negligible = 1e-18;
  double weight = 1;
  for (double j = mode; weight > negligible; ++j) {
    add(j, weight);
    weight *= rate / (j + 1);
  }
  weight = mode > 0 ? mode / rate : 0;
  for (double j = mode - 1; j >= 0 && weight > negligible; --j) {
    add(j, weight);
    weight *= j / rate;
  }
  return {value / total, slope / total};
}

class JamesStein final : public Estimator {
 public:
  explicit JamesStein(sim::AnyModel model) : model_(std::move(model)), variance_(std::pow(model_->constants()[0], 2)) {}
  std::string name() const override { return "james_stein"; }
  std::vector<std::string> components() const override { return model_->card().parameters; }
  Target target(std::span<double const> theta) const override { return identity_target(theta); }
  bool unbiased() const override { return false; }
  double moment_order(double, std::int64_t) const override { return static_cast<double>(model_->parameter_count()); }

  /// With y = sqrt(n) xbar/sd ~ N(mu, 1) and q = |mu|^2, E y_i h(|y|^2) = mu_i E h(chi^2_{p + 2}(q)); h = 1/|y|^2 and
  /// the Poisson mixture chi^2_{p + 2}(q) = chi^2_{p + 2 + 2 J}, J ~ Poisson(q/2), with E 1/chi^2_k = 1/(k - 2), give
  ///   E t = (1 - (p - 2) E 1/(p + 2 J)) theta,   q = n |theta|^2/sd^2.
  std::optional<Target> mean(std::span<double const> theta, std::int64_t n) const override {
    auto const p = theta.size();
    double const scale = static_cast<double>(n) / variance_;
    double norm = 0;
    for (double const t : theta) norm += t * t;
    auto const e = mean_inverse(static_cast<double>(p), scale * norm);
    double const drop = static_cast<double>(p) - 2;
    Target result{std::vector<double>(p), std::vector<double>(p * p)};
    for (std::size_t i = 0; i < p; ++i) {
      result.value[i] = (1 - drop * e.value) * theta[i];
      for (std::size_t j = 0; j < p; ++j)
        result.jacobian[i * p + j] =
            (i == j ? 1 - drop * e.value : 0.0) - drop * e.slope * 2 * scale * theta[i] * theta[j];
    }
    return result;
  }

  void estimate(sim::Sample const& sample, Estimates& out) const override {
    auto const p = static_cast<std::size_t>(model_->parameter_count());
    Lanes const count = static_cast<double>(sample.n());
    out.value.assign(p, Lanes(0.0));
    out.std_error.clear();
    for (std::int64_t i = 0; i < sample.n(); ++i)
      for (std::size_t a = 0; a < p; ++a) out.value[a] += sample(i, static_cast<int>(a));
    Lanes norm = 0.0;
    for (Lanes& mean : out.value) {
      mean = mean / count;
      norm += mean * mean;
    }
    Lanes const factor = 1.0 - Lanes((static_cast<double>(p) - 2) * variance_) / (count * norm);
    for (Lanes& mean : out.value) mean = factor * mean;
    out.found = to_set(abs(factor) < Lanes(HUGE_VAL));
  }

 private:
  sim::AnyModel model_;
  double variance_;
};

}  // namespace

bool are_means_with_known_sd(sim::BatchModel const& model) {
  auto const& card = model.card();
  return model.parameter_count() >= 3 && model.parameter_count() == model.dimension() &&
         card.constants == std::vector<std::string>{"sd"} &&
         std::all_of(card.domains.begin(), card.domains.end(), [](auto d) { return d == sim::Domain::real; });
}

AnyEstimator make_james_stein(sim::AnyModel model) { return std::make_shared<JamesStein>(std::move(model)); }

}  // namespace fisherlab::estimators
