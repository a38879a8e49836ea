#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "base/hash.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/random/stream.hpp"
#include "sim/random/stream_key.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::test {

/// Draws cases for random studies: laws anywhere in the domains of their cards, three orders of magnitude to either
/// side where a domain has no scale of its own.
class RandomCases {
 public:
  explicit RandomCases(std::uint64_t seed) : stream_({seed, stable_hash("random studies"), 0}) {}

  double uniform(double low, double high) { return low + (high - low) * stream_.open_uniform(); }
  double log_uniform(double low, double high) { return std::exp(uniform(std::log(low), std::log(high))); }
  std::size_t below(std::size_t count) {
    return std::min(count - 1, static_cast<std::size_t>(uniform(0, static_cast<double>(count))));
  }
  template <class T, std::size_t size>
  T const& one_of(std::array<T, size> const& values) {
    return values[below(size)];
  }

  /// Parameters, then known constants; drawn again, up to 50 times, where the space has a shape that its domains do not
  /// tell.
  std::vector<double> numbers(sim::ModelCard const& card) {
    std::vector<double> all;
    for (int attempt = 0; attempt < 50; ++attempt) {
      all = theta(card);
      auto const p = all.size();
      for (auto const& constant : card.constants) all.push_back(constant_named(constant));
      auto const model = sim::make_model(card.name, std::span(all).subspan(p));
      if (model->in_space(std::span<double const>(all).first(p))) break;
    }
    return all;
  }

  /// Whether the events of a law can be rare: counts with a mean or probabilities of their own.
  static bool has_rare_counts(sim::ModelCard const& card) {
    constexpr std::array<char const*, 8> names = {
        "poisson",     "bernoulli",           "binomial",          "geometric", "negative_binomial",
        "categorical", "logistic_regression", "poisson_regression"};
    return std::find(names.begin(), names.end(), card.name) != names.end();
  }

  /// Parameters at which one count, or one cell, is rare, then known constants.
  std::vector<double> rare(sim::ModelCard const& card) {
    double const few = log_uniform(1e-6, 0.1);
    if (card.name == "poisson") return {few};
    if (card.name == "negative_binomial") return {few, log_uniform(0.1, 100)};
    if (card.name == "geometric") return {1 - few};
    if (card.name == "categorical") return {0.6 * (1 - few), 0.4 * (1 - few) - 1e-9, few};
    if (card.name == "logistic_regression" || card.name == "poisson_regression")
      return {std::log(few) - 0.5, uniform(-1, 1)};
    double const p = stream_.open_uniform() < 0.5 ? few : 1 - few;
    if (card.name == "bernoulli") return {p};
    return {p, std::floor(log_uniform(1, 100))};
  }

 private:
  double number(sim::Domain domain) {
    double const sign = stream_.open_uniform() < 0.5 ? -1 : 1;
    double const rare = log_uniform(1e-3, 0.5);
    switch (domain) {
      case sim::Domain::real:
        return sign * log_uniform(1e-3, 1e3);
      case sim::Domain::positive:
        return log_uniform(1e-3, 1e3);
      case sim::Domain::unit:
        return sign < 0 ? rare : 1 - rare;
      case sim::Domain::angle:
        return uniform(-std::numbers::pi, std::numbers::pi);
    }
    return 0;
  }

  double constant_named(std::string const& name) {
    if (name == "trials") return std::floor(log_uniform(1, 100));
    if (name == "correlation") return uniform(-0.95, 0.95);
    if (name == "df") return log_uniform(1, 1000);
    return log_uniform(1e-3, 1e3);
  }

  std::vector<double> theta(sim::ModelCard const& card) {
    if (card.name == "categorical") return shares();
    if (card.name == "multivariate_normal") return normal_vector(2);
    if (card.name == "multivariate_normal_3") return normal_vector(3);
    // A linear predictor of some tens over- or underflows in a regression.
    bool const predicts = card.name == "logistic_regression" || card.name == "poisson_regression";
    std::vector<double> result;
    for (auto const domain : card.domains) result.push_back(predicts ? uniform(-3, 3) : number(domain));
    return result;
  }

  /// Three of four probabilities, some of them rare.
  std::vector<double> shares() {
    std::array<double, 4> weights{};
    double total = 0;
    for (double& weight : weights) total += weight = log_uniform(1e-2, 1);
    return {weights[0] / total, weights[1] / total, weights[2] / total};
  }

  /// Means, then the covariance A A' row by row.
  std::vector<double> normal_vector(std::size_t p) {
    std::vector<double> result, a(p * p);
    for (std::size_t i = 0; i < p; ++i) result.push_back(number(sim::Domain::real));
    double const scale = log_uniform(1e-2, 1e2);
    for (double& entry : a) entry = scale * stream_.normal();
    for (std::size_t i = 0; i < p; ++i)
      for (std::size_t j = 0; j <= i; ++j) {
        double sum = 0;
        for (std::size_t k = 0; k < p; ++k) sum += a[i * p + k] * a[j * p + k];
        result.push_back(sum);
      }
    return result;
  }

  sim::ScalarStream stream_;
};

}  // namespace fisherlab::test
