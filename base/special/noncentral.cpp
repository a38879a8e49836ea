#include "base/special/noncentral.hpp"

#include <algorithm>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>
#include <vector>

namespace fisherlab {
namespace {

/// The terms of the mixture for j in [first, first + size).
struct Terms {
  double first = 0;                ///< the first j
  double a = 0, b = 0, x = 0;      ///< I_x(a + j, b)
  std::vector<double> weight;      ///< Poisson probability of j
  std::vector<double> difference;  ///< I_x(a + j, b) - I_x(a + j + 1, b) = x^(a+j) (1-x)^b / ((a+j) B(a+j, b))
};

/// Fills a sequence by its ratio term(j+1)/term(j) from its value at the largest term, where nothing underflows.
template <class At, class Ratio>
void fill_from(double anchor, At at, Ratio ratio, double first, std::vector<double>& values) {
  auto const size = static_cast<std::ptrdiff_t>(values.size());
  auto const start = static_cast<std::ptrdiff_t>(std::clamp(anchor - first, 0.0, static_cast<double>(size - 1)));
  auto const value = [&](std::ptrdiff_t k) -> double& { return values[static_cast<std::size_t>(k)]; };
  value(start) = at(first + static_cast<double>(start));
  for (std::ptrdiff_t k = start; k + 1 < size; ++k) value(k + 1) = value(k) * ratio(first + static_cast<double>(k));
  for (std::ptrdiff_t k = start; k > 0; --k) value(k - 1) = value(k) / ratio(first + static_cast<double>(k - 1));
}

Terms terms_of(HotellingLaw const& law, double t_squared, double shift) {
  auto const p = static_cast<double>(law.dimension);
  auto const replicates = static_cast<double>(law.count);
  double const mean = shift * shift / 2;
  double const reach = 12 * std::sqrt(mean);
  double const first = std::max(0.0, std::floor(mean - reach - 20));
  double const last = mean > 0 ? std::ceil(mean + reach + 60) : 0.0;

  Terms terms;
  terms.first = first;
  terms.a = p / 2;
  terms.b = (replicates - p) / 2;
  terms.x = t_squared / (t_squared + replicates - 1);
  terms.weight.resize(static_cast<std::size_t>(last - first) + 1);
  terms.difference.resize(terms.weight.size());

  auto const poisson = [&](double j) { return mean > 0 ? boost::math::gamma_p_derivative(j + 1, mean) : 1.0; };
  fill_from(
      std::floor(mean), poisson, [&](double j) { return mean / (j + 1); }, first, terms.weight);

  double const a = terms.a, b = terms.b, x = terms.x;
  auto const jump = [&](double j) { return boost::math::ibeta_derivative(a + j, b, x) * x * (1 - x) / (a + j); };
  double const odds = t_squared / (replicates - 1);
  double const mode = std::floor(b * odds - (1 + odds) - a);
  fill_from(
      mode, jump, [&](double j) { return x * (a + j + b) / (a + j + 1); }, first, terms.difference);
  return terms;
}

}  // namespace

double HotellingLaw::below(double t_squared, double shift) const {
  if (!(t_squared > 0)) return 0;
  Terms const terms = terms_of(*this, t_squared, shift);
  std::size_t const last = terms.weight.size() - 1;
  double mixed = boost::math::ibeta(terms.a + terms.first + static_cast<double>(last), terms.b, terms.x);
  double sum = terms.weight[last] * mixed;
  for (std::size_t k = last; k-- > 0;) {
    mixed += terms.difference[k];
    sum += terms.weight[k] * mixed;
  }
  return std::min(sum, 1.0);
}

double HotellingLaw::above(double t_squared, double shift) const {
  if (!(t_squared > 0)) return 1;
  Terms const terms = terms_of(*this, t_squared, shift);
  double mixed = boost::math::ibetac(terms.a + terms.first, terms.b, terms.x);
  double sum = 0;
  for (std::size_t k = 0; k < terms.weight.size(); ++k) {
    sum += terms.weight[k] * mixed;
    mixed += terms.difference[k];
  }
  return std::min(sum, 1.0);
}

}  // namespace fisherlab
