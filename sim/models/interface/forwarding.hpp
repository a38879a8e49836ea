#pragma once

#include <span>
#include <utility>
#include <vector>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::sim {

/// A model that behaves as another one in every respect, until some function is overridden.
class Forwarding : public BatchModel {
 public:
  explicit Forwarding(AnyModel inner) : inner_(std::move(inner)) {}

  ModelCard const& card() const override { return inner_->card(); }
  Offers const& offers() const override { return inner_->offers(); }
  int dimension() const override { return inner_->dimension(); }
  std::vector<double> constants() const override { return inner_->constants(); }
  bool in_space(std::span<double const> theta) const override { return inner_->in_space(theta); }
  bool in_support(std::span<double const> x) const override { return inner_->in_support(x); }
  void draw(std::span<double const> theta, StreamKey const& key, Sample& sample) const override {
    inner_->draw(theta, key, sample);
  }
  Lanes log_likelihood(Sample const& sample, Lanes const* theta) const override {
    return inner_->log_likelihood(sample, theta);
  }
  Lanes derivatives(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* hessian) const override {
    return inner_->derivatives(sample, theta, score, hessian);
  }
  void score_products(Sample const& sample, Lanes const* theta, Lanes* score, Lanes* outer,
                      Lanes* hessian) const override {
    inner_->score_products(sample, theta, score, outer, hessian);
  }
  void information(std::span<double const> theta, double* packed) const override { inner_->information(theta, packed); }
  void information(Lanes const* theta, Lanes* packed) const override { inner_->information(theta, packed); }

 protected:
  AnyModel inner_;
};

}  // namespace fisherlab::sim
