#include "estimators/mle.hpp"

#include <cstddef>
#include <utility>

#include "estimators/maximise.hpp"
#include "estimators/std_errors.hpp"

namespace fisherlab::estimators {

sim::LaneSet fit(sim::BatchModel const& model, sim::Sample const& sample, sim::Lanes* theta) {
  if (model.fits_itself()) return model.fit(sample, theta);
  model.start(sample, theta);
  sim::Lanes log_likelihood;
  return maximise(model, sample, theta, log_likelihood);
}

namespace {

class Mle final : public Estimator {
 public:
  explicit Mle(sim::AnyModel model) : model_(std::move(model)) {}

  std::string name() const override { return "mle"; }
  std::vector<std::string> components() const override { return model_->card().parameters; }
  bool unbiased() const override { return false; }
  Target target(std::span<double const> theta) const override { return identity_target(theta); }

  void estimate(sim::Sample const& sample, Estimates& out) const override {
    auto const p = static_cast<std::size_t>(model_->parameter_count());
    out.value.resize(p);
    out.std_error.resize(p);
    out.found = fit(*model_, sample, out.value.data());
    expected_std_errors(*model_, sample.n(), out.value.data(), out.std_error.data());
  }

 private:
  sim::AnyModel model_;
};

}  // namespace

AnyEstimator make_mle(sim::AnyModel model) { return std::make_shared<Mle>(std::move(model)); }

}  // namespace fisherlab::estimators
