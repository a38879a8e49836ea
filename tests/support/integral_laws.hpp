#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

#include "tests/support/law.hpp"
#include "tests/support/reference_law.hpp"

namespace fisherlab::test {

/// Iterated integral of g over the axes d, d + 1 ...
template <std::size_t d, std::size_t dimension, class G>
double iterated_integral(ReferenceLaw<dimension> const& law, std::array<double, dimension>& x, G const& g) {
  if constexpr (d == dimension)
    return g(x);
  else
    return integrate(law.coordinates[d].axis, [&](double value) {
      x[d] = value;
      return iterated_integral<d + 1>(law, x, g);
    });
}

/// Whether so many iterated integrals are worth their time: over two continuous coordinates each takes up to half a
/// second, over three minutes. Where they are not, the tests of the model compare its density with an independent
/// formula point by point, and its information with another exact rule.
template <std::size_t dimension>
bool affordable(ReferenceLaw<dimension> const& law, std::size_t integrals) {
  int continuous = 0;
  for (auto const& coordinate : law.coordinates) continuous += coordinate.axis.kind != Axis::Kind::counts;
  return continuous < 2 || (continuous == 2 && integrals <= 10);
}

/// E g(x), the density taken from the model itself on its support; beyond where it is 1e-120 lies nothing that counts,
/// and powers of x would overflow there.
template <class M, class G>
double expectation(M const& model, sim::ThetaOf<M, double> const& theta, ReferenceLaw<M::dimension> const& law,
                   G const& g) {
  std::array<double, M::dimension> point;
  return iterated_integral<0>(law, point, [&](std::array<double, M::dimension> const& x) {
    if (!model.in_support(x.data())) return 0.0;
    double const density = std::exp(model.log_density(observation_of<M>(x), theta));
    return density > 1e-120 ? density * g(observation_of<M>(x)) : 0.0;
  });
}

inline constexpr double integral_tolerance = 1e-7;

template <class M>
void check_density(M const& model, sim::ThetaOf<M, double> const& theta, ReferenceLaw<M::dimension> const& law,
                   std::vector<Breach>& breaches) {
  if (!affordable(law, 1)) return;
  double const total = expectation(model, theta, law, [](auto const&) { return 1.0; });
  record_unless(std::abs(total - 1) <= integral_tolerance, breaches, Law::density_integrates_to_one, total);
}

/// Mean score, E[score score'] and -E hessian, in units of sqrt(information_aa) for each index.
template <class M>
void check_information(M const& model, sim::ThetaOf<M, double> const& theta, ReferenceLaw<M::dimension> const& law,
                       std::vector<Breach>& breaches) {
  if (!affordable(law, M::parameter_count + 2 * sim::packed_size(M::parameter_count))) return;
  auto const information = model.information(theta);
  auto const root = [&](std::size_t a) { return std::sqrt(information[sim::packed_index(a, a)]); };
  auto const mean_of = [&](auto const& g) { return expectation(model, theta, law, g); };
  for (std::size_t a = 0; a < M::parameter_count; ++a) {
    double const mean = mean_of([&](auto const& x) { return model.score(x, theta)[a]; }) / root(a);
    record_unless(std::abs(mean) <= integral_tolerance, breaches, Law::score_has_mean_zero, "component ", a, ": ",
                  mean);
  }
  auto const compare = [&](Law const broken, auto const& entry) {
    for (std::size_t a = 0; a < M::parameter_count; ++a)
      for (std::size_t b = 0; b <= a; ++b) {
        double const value = mean_of([&](auto const& x) { return entry(x, a, b); });
        double const error = (value - information[sim::packed_index(a, b)]) / (root(a) * root(b));
        record_unless(std::abs(error) <= integral_tolerance, breaches, broken, "entry ", a, b, " off by ", error,
                      " in standard units");
      }
  };
  compare(Law::scores_give_information, [&](auto const& x, std::size_t a, std::size_t b) {
    auto const s = model.score(x, theta);
    return s[a] * s[b];
  });
  compare(Law::hessians_give_information, [&](auto const& x, std::size_t a, std::size_t b) {
    return -model.hessian(x, theta)[sim::packed_index(a, b)];
  });
}

}  // namespace fisherlab::test
