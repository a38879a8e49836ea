#include "estimators/functionals.hpp"

#include <cstddef>
#include <utility>

#include "sim/expects.hpp"
#include "sim/order_statistics.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;

sim::LaneSet finite(Lanes const& x) { return to_set(abs(x) < Lanes(HUGE_VAL)); }

/// One statistic that estimates one function of theta.
class Functional : public Estimator {
 public:
  explicit Functional(sim::AnyModel model) : model_(std::move(model)) {}
  void estimate(sim::Sample const& sample, Estimates& out) const override {
    out.value.resize(1);
    out.std_error.clear();
    out.value[0] = statistic(sample);
    out.found = finite(out.value[0]);
  }

 protected:
  virtual Lanes statistic(sim::Sample const& sample) const = 0;
  sim::AnyModel model_;
};

class SampleMean : public Functional {
 public:
  using Functional::Functional;
  std::string name() const override { return "sample_mean"; }
  std::vector<std::string> components() const override { return {"mean of x"}; }
  bool unbiased() const override { return true; }
  Target target(std::span<double const> theta) const override {
    auto f = *model_->mean(theta);
    return {{f.value}, std::move(f.gradient)};
  }

 protected:
  Lanes statistic(sim::Sample const& sample) const override { return sim::sample_mean(sample); }
};

/// Nine tenths of the sample mean: biased wherever the mean is not 0, and below the bound near 0. A control.
class ShrunkMean final : public SampleMean {
 public:
  using SampleMean::SampleMean;
  std::string name() const override { return "shrunk_mean"; }
  bool unbiased() const override { return false; }

 protected:
  Lanes statistic(sim::Sample const& sample) const override { return 0.9 * sim::sample_mean(sample); }
};

class SampleMedian final : public Functional {
 public:
  using Functional::Functional;
  std::string name() const override { return "sample_median"; }
  std::vector<std::string> components() const override { return {"median of x"}; }
  bool unbiased() const override { return model_->symmetric(); }
  Target target(std::span<double const> theta) const override {
    auto f = *model_->median(theta);
    return {{f.value}, std::move(f.gradient)};
  }

 protected:
  Lanes statistic(sim::Sample const& sample) const override { return sim::sample_median(sample); }
};

/// A whole theta by the model's own formula.
class OfTheta : public Estimator {
 public:
  explicit OfTheta(sim::AnyModel model) : model_(std::move(model)) {}
  std::vector<std::string> components() const override { return model_->card().parameters; }
  Target target(std::span<double const> theta) const override { return identity_target(theta); }

 protected:
  void prepare(Estimates& out) const {
    out.value.resize(static_cast<std::size_t>(model_->parameter_count()));
    out.std_error.clear();
  }
  sim::AnyModel model_;
};

class Moments final : public OfTheta {
 public:
  using OfTheta::OfTheta;
  std::string name() const override { return "moments"; }
  bool unbiased() const override { return false; }
  void estimate(sim::Sample const& sample, Estimates& out) const override {
    prepare(out);
    Lanes const mean = sim::sample_mean(sample);
    Lanes const variance = sim::sum_of_squares(sample, mean) / Lanes(static_cast<double>(sample.n()));
    model_->from_moments(mean, variance, out.value.data());
    out.found = sim::lanes_with_spread(sample, mean, sqrt(variance));
  }
};

class BestUnbiased final : public OfTheta {
 public:
  using OfTheta::OfTheta;
  std::string name() const override { return "best_unbiased"; }
  bool unbiased() const override { return true; }
  void estimate(sim::Sample const& sample, Estimates& out) const override {
    prepare(out);
    out.found = model_->best_unbiased(sample, out.value.data());
  }
};

}  // namespace

AnyEstimator make_sample_mean(sim::AnyModel model) { return std::make_shared<SampleMean>(std::move(model)); }
AnyEstimator make_shrunk_mean(sim::AnyModel model) { return std::make_shared<ShrunkMean>(std::move(model)); }
AnyEstimator make_sample_median(sim::AnyModel model) { return std::make_shared<SampleMedian>(std::move(model)); }
AnyEstimator make_moments(sim::AnyModel model) { return std::make_shared<Moments>(std::move(model)); }
AnyEstimator make_best_unbiased(sim::AnyModel model) { return std::make_shared<BestUnbiased>(std::move(model)); }

}  // namespace fisherlab::estimators
