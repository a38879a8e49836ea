#pragma once

#include <memory>
#include <vector>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::runs {

/// The empirical law of some rows, in the place of a law of the data: its samples are rows drawn with replacement. All
/// else is the model's that is fitted to them. Source: Efron (1979), Ann. Statist. 7, 1-26.
class ResampledRows final : public sim::BatchModel {
 public:
  ResampledRows(sim::AnyModel model, std::vector<double> rows);

  sim::ModelCard const& card() const override { return card_; }
  int dimension() const override { return 1; }
  std::vector<double> constants() const override { return model_->constants(); }
  bool in_space(std::span<double const> theta) const override { return model_->in_space(theta); }
  bool in_support(std::span<double const> observation) const override { return model_->in_support(observation); }
  void draw(std::span<double const> theta, sim::StreamKey const& key, sim::Sample& sample) const override;
  sim::Lanes log_likelihood(sim::Sample const& sample, sim::Lanes const* theta) const override {
    return model_->log_likelihood(sample, theta);
  }
  sim::Lanes derivatives(sim::Sample const& sample, sim::Lanes const* theta, sim::Lanes* score,
                         sim::Lanes* hessian) const override {
    return model_->derivatives(sample, theta, score, hessian);
  }
  void score_products(sim::Sample const& sample, sim::Lanes const* theta, sim::Lanes* score, sim::Lanes* outer,
                      sim::Lanes* hessian) const override {
    model_->score_products(sample, theta, score, outer, hessian);
  }
  void information(std::span<double const> theta, double* packed) const override { model_->information(theta, packed); }
  void information(sim::Lanes const* theta, sim::Lanes* packed) const override { model_->information(theta, packed); }
  sim::Offers const& offers() const override { return model_->offers(); }

 private:
  sim::AnyModel model_;
  std::vector<double> rows_;
  sim::ModelCard card_;  ///< the model's, under a name of its own: its samples are others
};

}  // namespace fisherlab::runs
