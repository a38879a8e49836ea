#include "runs/diagnosis/law_cdf.hpp"

#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "base/special/distributions.hpp"
#include "base/special/incomplete_beta.hpp"
#include "sim/models/beta.hpp"
#include "sim/models/cauchy.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/student_t.hpp"

namespace fisherlab::runs {

namespace {

using Cdf = std::function<double(double)>;
using Numbers = std::vector<double>;

/// Usual shapes without the extended precision that Boost.Math works in else: some 1e-15 for a third of the time, of
/// which millions of rows times hundreds of samples take most.
Cdf of_gamma(Numbers const& t, Numbers const&) {
  using InDoubles = boost::math::policies::policy<boost::math::policies::promote_double<false>>;
  bool const is_usual = t[0] > 0.01 && t[0] < 200;
  return [t, is_usual](double x) {
    if (x <= 0) return 0.0;
    double const g = t[1] * x;
    return is_usual && g < 1e5 ? boost::math::gamma_p(t[0], g, InDoubles()) : gamma_cdf(g, Shape{t[0]});
  };
}
Cdf of_beta(Numbers const& t, Numbers const&) {
  return [t](double x) { return incomplete_beta({t[0], t[1]}, std::fmin(std::fmax(x, 0.0), 1.0)); };
}
Cdf of_cauchy(Numbers const& t, Numbers const&) {
  return [t](double x) { return 0.5 + std::atan((x - t[0]) / t[1]) / std::numbers::pi; };
}
Cdf of_student_t(Numbers const& t, Numbers const& constants) {
  return [t, df = Degrees{constants[0]}](double x) { return student_cdf((x - t[0]) / t[1], df); };
}

/// Models without a tail formula whose distribution function has a closed form.
struct Entry {
  std::string name;
  Cdf (*make)(Numbers const& theta, Numbers const& constants);
};
std::vector<Entry> closed_forms() {
  return {{sim::Gamma::card().name, of_gamma},
          {sim::Beta::card().name, of_beta},
          {sim::Cauchy::card().name, of_cauchy},
          {sim::StudentT::card().name, of_student_t}};
}

}  // namespace

std::function<double(double)> law_cdf(sim::BatchModel const& model, std::span<double const> theta) {
  Numbers const t(theta.begin(), theta.end());
  for (auto const& [name, make] : closed_forms())
    if (model.card().name == name) return make(t, model.constants());
  auto const& properties = model.offers().properties;
  if (!properties.state(sim::Quantity::Kind::tail)) return {};
  return [t, &properties](double x) {
    auto const tail = properties.value({sim::Quantity::Kind::tail, x}, t);
    return tail ? 1 - tail->value : std::nan("");
  };
}

double law_density(sim::BatchModel const& model, std::span<double const> theta, double x) {
  sim::Sample one(1, 1);
  one(0) = sim::Lanes(x);
  std::vector<sim::Lanes> const t(theta.begin(), theta.end());
  return std::exp(model.log_likelihood(one, t.data())[0]);
}

std::vector<double> law_masses(sim::BatchModel const& model, std::span<double const> theta, std::size_t last) {
  sim::Sample one(1, 1);
  std::vector<sim::Lanes> const t(theta.begin(), theta.end());
  std::vector<double> masses(last, 0.0);
  constexpr auto lanes = static_cast<std::size_t>(sim::lane_count);
  for (std::size_t first = 0; first < last; first += lanes) {
    for (std::size_t k = 0; k < lanes; ++k) one(0).set(static_cast<int>(k), static_cast<double>(first + k));
    auto const logs = model.log_likelihood(one, t.data());
    for (std::size_t k = 0; k < lanes && first + k < last; ++k) {
      auto const count = static_cast<double>(first + k);
      if (model.in_support({&count, 1})) masses[first + k] = std::exp(logs[static_cast<int>(k)]);
    }
  }
  return masses;
}

}  // namespace fisherlab::runs
