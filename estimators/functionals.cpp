#include "estimators/functionals.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "base/expects.hpp"
#include "estimators/names.hpp"
#include "sim/order_statistics.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;
using Kind = sim::Quantity::Kind;

sim::LaneSet finite(Lanes const& x) { return to_set(abs(x) < Lanes(HUGE_VAL)); }

std::string describe(sim::Quantity const& quantity) {
  switch (quantity.kind) {
    case Kind::variance:
      return "variance of x";
    case Kind::median:
      return "median of x";
    case Kind::quantile:
      return "quantile " + argument_text(quantity.at) + " of x";
    case Kind::tail:
      return "P(X > " + argument_text(quantity.at) + ")";
    case Kind::mean:
      break;
  }
  return "mean of x";
}

/// One statistic that estimates one property of the law.
class Functional : public Estimator {
 public:
  Functional(sim::AnyModel model, sim::Quantity quantity) : model_(std::move(model)), quantity_(quantity) {}
  std::vector<std::string> components() const override { return {describe(quantity_)}; }
  Target target(std::span<double const> theta) const override {
    auto f = model_->offers().properties.value(quantity_, theta);
    expects(f.has_value(), "the " + describe(quantity_) + " does not exist for " + model_->card().name +
                               " at this theta, choose another theta or estimator");
    return {{f->value}, std::move(f->gradient)};
  }
  bool unbiased() const override { return true; }
  double moment_order(double of_data, std::int64_t) const override { return of_data; }
  void estimate(sim::Sample const& sample, Estimates& out) const override {
    out.value.resize(1);
    out.std_error.clear();
    auto const exists = statistic(sample, out.value[0]);
    out.found = static_cast<sim::LaneSet>(exists & finite(out.value[0]));
  }

 protected:
  /// Gives the lanes in which the statistic exists.
  virtual sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const = 0;
  sim::AnyModel model_;
  sim::Quantity quantity_;
};

class SampleMean final : public Functional {
 public:
  explicit SampleMean(sim::AnyModel model) : Functional(std::move(model), {Kind::mean}) {}
  std::string name() const override { return "sample_mean"; }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    value = sim::sample_mean(sample);
    return sim::all_lanes;
  }
};

/// Nine tenths of the sample mean: biased wherever the mean is not 0, and below the bound near 0. A control.
class ShrunkMean final : public Functional {
  static constexpr double factor = 0.9;

 public:
  explicit ShrunkMean(sim::AnyModel model) : Functional(std::move(model), {Kind::mean}) {}
  std::string name() const override { return "shrunk_mean"; }
  bool unbiased() const override { return false; }
  std::optional<Target> mean(std::span<double const> theta, std::int64_t) const override {
    auto t = target(theta);
    for (double& v : t.value) v *= factor;
    for (double& v : t.jacobian) v *= factor;
    return t;
  }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    value = factor * sim::sample_mean(sample);
    return sim::all_lanes;
  }
};

/// The t with the least sum (x - t)^2 + a t^2, ridge regression on a constant: sum x/(n + a).
class RidgeMean final : public Functional {
 public:
  RidgeMean(sim::AnyModel model, double penalty) : Functional(std::move(model), {Kind::mean}), penalty_(penalty) {}
  std::string name() const override { return name_with("ridge", penalty_); }
  bool unbiased() const override { return penalty_ == 0; }
  std::optional<Target> mean(std::span<double const> theta, std::int64_t n) const override {
    auto t = target(theta);
    for (double& v : t.value) v *= factor(n);
    for (double& v : t.jacobian) v *= factor(n);
    return t;
  }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    value = factor(sample.n()) * sim::sample_mean(sample);
    return sim::all_lanes;
  }

 private:
  double factor(std::int64_t n) const { return static_cast<double>(n) / (static_cast<double>(n) + penalty_); }
  double penalty_;
};

/// Hodges' estimator: the sample mean where it lies beyond n^-1/4, else 0. A control.
class Hodges final : public Functional {
 public:
  explicit Hodges(sim::AnyModel model) : Functional(std::move(model), {Kind::mean}) {}
  std::string name() const override { return "hodges"; }
  bool unbiased() const override { return false; }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    Lanes const mean = sim::sample_mean(sample);
    Lanes const threshold = 1 / std::sqrt(std::sqrt(static_cast<double>(sample.n())));
    value = select(abs(mean) > threshold, mean, Lanes(0.0));
    return sim::all_lanes;
  }
};

/// sum (x - mean)^2/(n - 1), from two observations on.
class SampleVariance final : public Functional {
 public:
  explicit SampleVariance(sim::AnyModel model) : Functional(std::move(model), {Kind::variance}) {}
  std::string name() const override { return "sample_variance"; }
  double moment_order(double of_data, std::int64_t) const override { return 0.5 * of_data; }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    value = sim::sum_of_squares(sample, sim::sample_mean(sample)) / Lanes(static_cast<double>(sample.n() - 1));
    return sample.n() > 1 ? sim::all_lanes : sim::LaneSet{0};
  }
};

/// Moments of an order statistic with k observations beyond it exist below (k + 1) times the order of the data's: it
/// goes beyond t only with k + 1 observations.
double order_beyond(double of_data, std::int64_t k) { return of_data * static_cast<double>(k + 1); }

class SampleMedian final : public Functional {
 public:
  explicit SampleMedian(sim::AnyModel model) : Functional(std::move(model), {Kind::median}) {}
  std::string name() const override { return "sample_median"; }
  bool unbiased() const override { return model_->offers().properties.symmetric; }
  double moment_order(double of_data, std::int64_t n) const override { return order_beyond(of_data, (n - 1) / 2); }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    value = sim::sample_median(sample);
    return sim::all_lanes;
  }
};

/// The mean of what remains when the g smallest and the g largest observations are cut. With a and b the smallest and
/// largest of the rest, the sum of the rest is that of all observations held within [a, b], less g (a + b).
class TrimmedMean final : public Functional {
 public:
  TrimmedMean(sim::AnyModel model, double share) : Functional(std::move(model), {Kind::median}), share_(share) {}
  std::string name() const override { return name_with("trimmed_mean", share_); }
  double moment_order(double of_data, std::int64_t n) const override { return order_beyond(of_data, cut(n)); }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    auto const n = sample.n();
    auto const g = cut(n);
    if (g == 0) {
      value = sim::sample_mean(sample);
      return sim::all_lanes;
    }
    Lanes least, largest;
    find_ends(sample, g, least, largest);
    Lanes sum = 0.0;
    for (std::int64_t i = 0; i < n; ++i) sum += min(max(sample(i), least), largest);
    value = (sum - static_cast<double>(g) * (least + largest)) / Lanes(static_cast<double>(n - 2 * g));
    return sim::all_lanes;
  }

 private:
  /// floor(share n), where the rounding of a product such as 0.29 x 100 must not cost an observation.
  std::int64_t cut(std::int64_t n) const {
    return static_cast<std::int64_t>(std::floor(share_ * static_cast<double>(n) + 1e-9));
  }
  static void find_ends(sim::Sample const& sample, std::int64_t g, Lanes& least, Lanes& largest) {
    std::vector<double> x(static_cast<std::size_t>(sample.n()));
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      for (std::int64_t i = 0; i < sample.n(); ++i) x[static_cast<std::size_t>(i)] = sample(i)[lane];
      auto const low = x.begin() + g;
      auto const high = x.end() - 1 - g;
      std::nth_element(x.begin(), low, x.end());
      least.set(lane, *low);
      std::nth_element(low, high, x.end());
      largest.set(lane, *high);
    }
  }

  double share_;
};

/// The share of observations above c.
class ShareAbove final : public Functional {
 public:
  ShareAbove(sim::AnyModel model, double threshold) : Functional(std::move(model), {Kind::tail, threshold}) {}
  std::string name() const override { return name_with("share_above", quantity_.at); }
  double moment_order(double, std::int64_t) const override { return HUGE_VAL; }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    Lanes count = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i)
      count += select(sample(i) > Lanes(quantity_.at), Lanes(1.0), Lanes(0.0));
    value = count / Lanes(static_cast<double>(sample.n()));
    return sim::all_lanes;
  }
};

/// The model's own uniformly best unbiased estimate of a quantile or a tail.
class BestUnbiasedOf final : public Functional {
 public:
  using Functional::Functional;
  std::string name() const override {
    return name_with(quantity_.kind == Kind::tail ? "best_unbiased_tail" : "best_unbiased_quantile", quantity_.at);
  }
  double moment_order(double of_data, std::int64_t) const override {
    return quantity_.kind == Kind::tail ? HUGE_VAL : of_data;
  }

 protected:
  sim::LaneSet statistic(sim::Sample const& sample, Lanes& value) const override {
    auto const& offers = model_->offers();
    auto const& best = quantity_.kind == Kind::tail ? offers.best_unbiased_tail : offers.best_unbiased_quantile;
    return best(quantity_.at, sample, value);
  }
};

}  // namespace

AnyEstimator make_sample_mean(sim::AnyModel model) { return std::make_shared<SampleMean>(std::move(model)); }
AnyEstimator make_shrunk_mean(sim::AnyModel model) { return std::make_shared<ShrunkMean>(std::move(model)); }
AnyEstimator make_ridge(sim::AnyModel model, double penalty) {
  return std::make_shared<RidgeMean>(std::move(model), penalty);
}
AnyEstimator make_hodges(sim::AnyModel model) { return std::make_shared<Hodges>(std::move(model)); }
AnyEstimator make_sample_median(sim::AnyModel model) { return std::make_shared<SampleMedian>(std::move(model)); }
AnyEstimator make_sample_variance(sim::AnyModel model) { return std::make_shared<SampleVariance>(std::move(model)); }
AnyEstimator make_trimmed_mean(sim::AnyModel model, double share) {
  return std::make_shared<TrimmedMean>(std::move(model), share);
}
AnyEstimator make_share_above(sim::AnyModel model, double threshold) {
  return std::make_shared<ShareAbove>(std::move(model), threshold);
}
AnyEstimator make_best_unbiased_quantile(sim::AnyModel model, double probability) {
  return std::make_shared<BestUnbiasedOf>(std::move(model), sim::Quantity{Kind::quantile, probability});
}
AnyEstimator make_best_unbiased_tail(sim::AnyModel model, double threshold) {
  return std::make_shared<BestUnbiasedOf>(std::move(model), sim::Quantity{Kind::tail, threshold});
}

}  // namespace fisherlab::estimators
