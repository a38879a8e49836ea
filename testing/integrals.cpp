#include <cmath>
#include <cstddef>
#include <functional>

#include "sim/models/interface/theta.hpp"
#include "testing/model_laws.hpp"

namespace fisherlab::laws {
namespace {

constexpr double tolerance = 1e-7;
using Integrand = std::function<double(std::vector<double> const& x)>;

/// Iterated integral of g over the axes d, d + 1 ...
double iterated_integral(ReferenceLaw const& law, std::size_t d, std::vector<double>& x, Integrand const& g) {
  if (d == law.coordinates.size()) return g(x);
  return integrate(law.coordinates[d].axis, [&](double value) {
    x[d] = value;
    return iterated_integral(law, d + 1, x, g);
  });
}

/// Whether so many iterated integrals are worth their time: over two continuous coordinates each takes up to half a
/// second, over three minutes. Where they are not, the tests of the model compare its density with an independent
/// formula point by point, and its information with another exact rule.
bool affordable(ReferenceLaw const& law, std::size_t integrals) {
  int continuous = 0;
  for (auto const& coordinate : law.coordinates) continuous += coordinate.axis.kind != Axis::Kind::counts;
  return continuous < 2 || (continuous == 2 && integrals <= 10);
}

/// E g(x), the density taken from the model itself on its support; beyond where it is 1e-120 lies nothing that counts,
/// and powers of x would overflow there.
double expectation(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law,
                   Integrand const& g) {
  std::vector<double> point(law.coordinates.size());
  return iterated_integral(law, 0, point, [&](std::vector<double> const& x) {
    if (!tested.model->in_support(x)) return 0.0;
    double const density = std::exp(tested.formulas.log_density(x.data(), theta.data()));
    return density > 1e-120 ? density * g(x) : 0.0;
  });
}

}  // namespace

void check_density(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law,
                   std::vector<Breach>& breaches) {
  if (!affordable(law, 1)) return;
  double const total = expectation(tested, theta, law, [](auto const&) { return 1.0; });
  record_unless(std::abs(total - 1) <= tolerance, breaches, Law::density_integrates_to_one, total);
}

void check_information(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law,
                       std::vector<Breach>& breaches) {
  std::size_t const p = theta.size(), q = sim::packed_size(p);
  if (!affordable(law, p + 2 * q)) return;
  std::vector<double> information(q), score(p), hessian(q);
  tested.model->information(theta, information.data());
  auto const root = [&](std::size_t a) { return std::sqrt(information[sim::packed_index(a, a)]); };
  auto const score_at = [&](std::vector<double> const& x) -> std::vector<double> const& {
    tested.formulas.score(x.data(), theta.data(), score.data());
    return score;
  };
  for (std::size_t a = 0; a < p; ++a) {
    double const mean = expectation(tested, theta, law, [&](auto const& x) { return score_at(x)[a]; }) / root(a);
    record_unless(std::abs(mean) <= tolerance, breaches, Law::score_has_mean_zero, "component ", a, ": ", mean);
  }
  auto const compare = [&](Law const broken, std::size_t a, std::size_t b, Integrand const& entry) {
    double const value = expectation(tested, theta, law, entry);
    double const error = (value - information[sim::packed_index(a, b)]) / (root(a) * root(b));
    record_unless(std::abs(error) <= tolerance, breaches, broken, "entry ", a, b, " off by ", error,
                  " in standard units");
  };
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b <= a; ++b)
      compare(Law::scores_give_information, a, b, [&](auto const& x) {
        auto const& s = score_at(x);
        return s[a] * s[b];
      });
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b <= a; ++b)
      compare(Law::hessians_give_information, a, b, [&](auto const& x) {
        tested.formulas.hessian(x.data(), theta.data(), hessian.data());
        return -hessian[sim::packed_index(a, b)];
      });
}

}  // namespace fisherlab::laws
