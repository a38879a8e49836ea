#include "estimators/of_theta.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <utility>

#include "estimators/mle.hpp"
#include "estimators/std_errors.hpp"
#include "sim/math/cholesky.hpp"
#include "sim/models/interface/tiles.hpp"
#include "sim/order_statistics.hpp"
#include "sim/totals.hpp"

namespace fisherlab::estimators {
namespace {

using sim::Lanes;
using sim::LaneSet;

class OfTheta : public Estimator {
 public:
  explicit OfTheta(sim::AnyModel model) : model_(std::move(model)) {}
  std::vector<std::string> components() const override { return model_->card().parameters; }
  Target target(std::span<double const> theta) const override { return identity_target(theta); }
  sim::Domain domain(std::size_t a) const override { return model_->card().domains[a]; }

 protected:
  std::size_t parameter_count() const { return static_cast<std::size_t>(model_->parameter_count()); }
  void prepare(Estimates& out) const {
    out.value.resize(parameter_count());
    out.std_error.clear();
    out.several = 0;
  }
  /// The estimate by mean and variance (divisor n); gives the lanes in which it exists.
  LaneSet by_moments(sim::Sample const& sample, Lanes* theta) const {
    auto const spread = gathered(sim::SampleSpread(), sample);
    Lanes const variance = spread.squares() / Lanes(spread.count());
    model_->offers().from_moments(spread.mean(), variance, theta);
    return sim::lanes_with_spread(sample, spread.mean(), sqrt(variance));
  }
  static LaneSet lanes_that_vary(sim::Sample const& sample) {
    sim::LaneMask differ = sim::to_mask(0);
    for (std::int64_t i = 1; i < sample.n(); ++i) differ = differ | (sample(i) != sample(0));
    return to_set(differ);
  }
  LaneSet lanes_in_space(std::vector<Lanes> const& theta) const {
    std::vector<double> t(theta.size());
    unsigned set = 0;
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      for (std::size_t a = 0; a < t.size(); ++a) t[a] = theta[a][lane];
      if (model_->in_space(t)) set |= 1u << lane;
    }
    return static_cast<LaneSet>(set);
  }
  sim::AnyModel model_;
};

/// Mean and variance, gathered tile by tile.
class MomentTotals final : public sim::TileTotals {
 public:
  explicit MomentTotals(sim::AnyModel model) : model_(std::move(model)) {}
  void clear() override { spread_ = {}; }
  void add(sim::Sample const& tile) override { spread_.add(tile); }
  std::optional<LaneSet> fit(Lanes* theta) const override {
    Lanes const variance = spread_.squares() / Lanes(spread_.count()), sd = sqrt(variance);
    if (sim::is_spread_in_doubt(spread_.count(), spread_.mean(), sd)) return std::nullopt;
    model_->offers().from_moments(spread_.mean(), variance, theta);
    return to_set(sd > Lanes(0.0));
  }

 private:
  sim::AnyModel model_;
  sim::SampleSpread spread_;
};

class Moments final : public OfTheta {
 public:
  using OfTheta::OfTheta;
  std::string name() const override { return "moments"; }
  bool unbiased() const override { return false; }
  double moment_order(double of_data, std::int64_t) const override { return of_data; }
  void estimate(sim::Sample const& sample, Estimates& out) const override {
    prepare(out);
    auto const found = by_moments(sample, out.value.data());
    out.found = static_cast<LaneSet>(found & lanes_in_space(out.value));
  }
  std::unique_ptr<sim::TileTotals> totals() const override { return std::make_unique<MomentTotals>(model_); }
  bool estimate_from(sim::TileTotals const& totals, std::int64_t, Estimates& out) const override {
    prepare(out);
    auto const found = totals.fit(out.value.data());
    if (!found) return false;
    out.found = static_cast<LaneSet>(*found & lanes_in_space(out.value));
    return true;
  }
};

class BestUnbiased final : public OfTheta {
 public:
  using OfTheta::OfTheta;
  std::string name() const override { return "best_unbiased"; }
  bool unbiased() const override { return true; }
  void estimate(sim::Sample const& sample, Estimates& out) const override {
    prepare(out);
    out.found = model_->offers().best_unbiased(sample, out.value.data());
  }
};

class OneStep final : public OfTheta {
 public:
  using OfTheta::OfTheta;
  std::string name() const override { return "one_step"; }
  bool unbiased() const override { return false; }
  bool reports_std_errors() const override { return true; }
  /// A start from quartiles has a quarter of the sample beyond it.
  double moment_order(double of_data, std::int64_t n) const override {
    return model_->offers().from_moments ? of_data : of_data * std::max(0.25 * static_cast<double>(n), 1.0);
  }
  void estimate(sim::Sample const& sample, Estimates& out) const override {
    prepare(out);
    auto& theta = out.value;
    auto const p = parameter_count();
    LaneSet found = start(sample, theta.data());
    found = static_cast<LaneSet>(found & lanes_in_space(theta));
    std::vector<Lanes> step(p), packed(sim::packed_size(p));
    model_->derivatives(sample, theta.data(), step.data(), packed.data());
    model_->information(theta.data(), packed.data());
    auto const order = static_cast<int>(p);
    found = static_cast<LaneSet>(found & to_set(sim::factorise(packed.data(), order)));
    sim::solve_factorised(packed.data(), order, step.data());
    for (std::size_t a = 0; a < p; ++a) theta[a] += step[a] / Lanes(static_cast<double>(sample.n()));
    out.found = static_cast<LaneSet>(found & lanes_in_space(theta));
    out.std_error.resize(p);
    expected_std_errors(*model_, sample.n(), theta.data(), out.std_error.data());
  }

 private:
  LaneSet start(sim::Sample const& sample, Lanes* theta) const {
    if (model_->offers().from_moments) return by_moments(sample, theta);
    model_->offers().start(sample, 0, theta);
    if (model_->dimension() > 1 || model_->parameter_count() == 1) return sim::all_lanes;
    return lanes_that_vary(sample);  // equal observations have no scale, and rounding may give them one
  }
};

class BiasCorrected final : public OfTheta {
 public:
  using OfTheta::OfTheta;
  std::string name() const override { return "bias_corrected"; }
  bool unbiased() const override { return false; }
  bool reports_std_errors() const override { return true; }
  void estimate(sim::Sample const& sample, Estimates& out) const override {
    prepare(out);
    correct(fit(*model_, sample, out.value.data()), sample.n(), out);
  }
  std::unique_ptr<sim::TileTotals> totals() const override {
    auto const& offered = model_->offers().totals;
    return offered ? offered() : nullptr;
  }
  bool estimate_from(sim::TileTotals const& totals, std::int64_t n, Estimates& out) const override {
    prepare(out);
    auto const found = totals.fit(out.value.data());
    if (!found) return false;
    correct({.found = *found}, n, out);
    return true;
  }

 private:
  /// Takes the bias from the maximum likelihood estimate in `out`.
  void correct(Fit const& mle, std::int64_t n, Estimates& out) const {
    auto const p = parameter_count();
    out.several = mle.several;
    out.evaluations = mle.evaluations;
    out.std_error.resize(p);
    expected_std_errors(*model_, n, out.value.data(), out.std_error.data());
    std::vector<Lanes> bias(p);
    model_->offers().first_order_bias(out.value.data(), bias.data());
    for (std::size_t a = 0; a < p; ++a) out.value[a] = out.value[a] - bias[a] / Lanes(static_cast<double>(n));
    out.found = static_cast<LaneSet>(mle.found & lanes_in_space(out.value));
  }
};

}  // namespace

AnyEstimator make_moments(sim::AnyModel model) { return std::make_shared<Moments>(std::move(model)); }
AnyEstimator make_best_unbiased(sim::AnyModel model) { return std::make_shared<BestUnbiased>(std::move(model)); }
AnyEstimator make_one_step(sim::AnyModel model) { return std::make_shared<OneStep>(std::move(model)); }
AnyEstimator make_bias_corrected(sim::AnyModel model) { return std::make_shared<BiasCorrected>(std::move(model)); }

}  // namespace fisherlab::estimators
