// Sampling of each model over lanes against the straight path through Boost.Random: one mt19937_64, one distribution,
// one number after the other; where Boost has no distribution, what one would write with those it has.
#include <benchmark/benchmark.h>

#include <boost/random/bernoulli_distribution.hpp>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/cauchy_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/extreme_value_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/geometric_distribution.hpp>
#include <boost/random/laplace_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/student_t_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/weibull_distribution.hpp>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <string>
#include <vector>

#include "sim/models/interface/catalogue.hpp"
#include "sim/sample.hpp"

namespace fisherlab::bench {
namespace {

namespace random = boost::random;
using Bits = random::mt19937_64;

constexpr std::int64_t n = 100;

struct InLanes {
  std::string model;
  std::vector<double> theta;
  std::vector<double> constants = {};
};

void in_lanes(benchmark::State& state, InLanes const& law) {
  auto const model = sim::make_model(law.model, law.constants);
  sim::Sample sample(n, model->dimension());
  sim::StreamKey key{.seed = 1, .scenario = 1, .replicate = 0};
  for (auto _ : state) {
    model->draw(law.theta, key, sample);
    key.replicate += sim::lane_count;
    benchmark::DoNotOptimize(sample.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * n * sim::lane_count);
}

template <class Law>
void by_boost(benchmark::State& state, Law law) {
  Bits bits(1);
  std::vector<double> values(static_cast<std::size_t>(n * sim::lane_count));
  for (auto _ : state) {
    for (double& v : values) v = static_cast<double>(law(bits));
    benchmark::DoNotOptimize(values.data());
    benchmark::ClobberMemory();
  }
  state.SetItemsProcessed(state.iterations() * n * sim::lane_count);
}

template <class Law>
void compare(InLanes const& lanes, Law const& law, std::string const& label = {}) {
  std::string const name = "draw/" + (label.empty() ? lanes.model : label);
  benchmark::RegisterBenchmark((name + "/lanes").c_str(), [lanes](benchmark::State& s) { in_lanes(s, lanes); });
  benchmark::RegisterBenchmark((name + "/boost").c_str(), [law](benchmark::State& s) { by_boost(s, law); });
}

double uniform(Bits& bits) { return random::uniform_01<double>()(bits); }

/// Best and Fisher (1979), Applied Statistics 28, 152-157, with a mean of 0.
struct VonMises {
  double concentration;

  double operator()(Bits& bits) const {
    double const tau = 1 + std::sqrt(1 + 4 * concentration * concentration);
    double const rho = (tau - std::sqrt(2 * tau)) / (2 * concentration);
    double const r = (1 + rho * rho) / (2 * rho);
    for (;;) {
      double const z = std::cos(std::numbers::pi * uniform(bits));
      double const f = (1 + r * z) / (r + z);
      double const c = concentration * (r - f);
      double const u = uniform(bits);
      if (c * (2 - c) <= u && std::log(c / u) + 1 - c < 0) continue;
      return uniform(bits) < 0.5 ? std::acos(f) : -std::acos(f);
    }
  }
};

/// Michael, Schucany and Haas (1976), The American Statistician 30, 88-90.
struct InverseGaussian {
  double mean, shape;

  double operator()(Bits& bits) const {
    double const z = random::normal_distribution<double>()(bits);
    double const y = mean * z * z / shape;
    double const x = mean * (1 + y / 2 - std::sqrt(y + y * y / 4));
    return uniform(bits) * (mean + x) <= mean ? x : mean * mean / x;
  }
};

int register_all() {
  compare({"normal", {1.5, 2}}, random::normal_distribution<double>(1.5, 2));
  compare({"exponential", {1.3}}, random::exponential_distribution<double>(1.3));
  compare({"gamma", {2.5, 1.3}}, random::gamma_distribution<double>(2.5, 1 / 1.3));
  compare({"gamma", {0.4, 1.3}}, random::gamma_distribution<double>(0.4, 1 / 1.3), "gamma_below_1");
  compare({"beta", {2, 3}}, random::beta_distribution<double>(2, 3));
  compare({"weibull", {1.7, 2}}, random::weibull_distribution<double>(1.7, 2));
  compare({"lognormal", {0.5, 0.8}}, random::lognormal_distribution<double>(0.5, 0.8));
  compare({"cauchy", {1.5, 2}}, random::cauchy_distribution<double>(1.5, 2));
  compare({"student_t", {1.5, 2}, {5}},
          [law = random::student_t_distribution<double>(5)](Bits& bits) mutable { return 1.5 + 2 * law(bits); });
  compare({"logistic", {1.5, 2}}, [](Bits& bits) {
    double const u = uniform(bits);
    return 1.5 + 2 * std::log(u / (1 - u));
  });
  compare({"laplace", {1.5, 2}}, random::laplace_distribution<double>(1.5, 2));
  compare({"gumbel", {1.5, 2}}, random::extreme_value_distribution<double>(1.5, 2));
  compare({"uniform", {2}}, [](Bits& bits) { return 2 * uniform(bits); });
  compare({"pareto", {2.5}, {1}}, [](Bits& bits) { return std::pow(1 - uniform(bits), -1 / 2.5); });
  compare({"rayleigh", {2}}, [](Bits& bits) { return 2 * std::sqrt(-2 * std::log(1 - uniform(bits))); });
  compare({"inverse_gaussian", {2, 3}}, InverseGaussian{2, 3});
  compare({"von_mises", {0, 2}}, VonMises{2});
  compare({"normal_mixture", {0.3, 0, 1, 4, 2}}, [](Bits& bits) {
    bool const first = uniform(bits) < 0.3;
    return random::normal_distribution<double>(first ? 0 : 4, first ? 1 : 2)(bits);
  });
  compare({"bernoulli", {0.3}}, random::bernoulli_distribution<double>(0.3));
  compare({"binomial", {0.3}, {20}}, random::binomial_distribution<int, double>(20, 0.3));
  compare({"binomial", {0.3}, {400}}, random::binomial_distribution<int, double>(400, 0.3), "binomial_large");
  compare({"geometric", {0.2}}, random::geometric_distribution<int, double>(0.2));
  compare({"poisson", {4}}, random::poisson_distribution<int, double>(4));
  compare({"poisson", {80}}, random::poisson_distribution<int, double>(80), "poisson_large");
  compare({"negative_binomial", {6, 1.5}}, [law = random::gamma_distribution<double>(1.5, 4)](Bits& bits) mutable {
    double const mean = law(bits);
    return mean > 0 ? random::poisson_distribution<int, double>(mean)(bits) : 0;
  });
  return 1;
}
[[maybe_unused]] int const registered = register_all();

}  // namespace
}  // namespace fisherlab::bench
