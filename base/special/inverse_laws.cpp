#include "base/special/inverse_laws.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

namespace fisherlab {

double gamma_quantile(double p, Shape shape) {
  if (shape.value <= largest_exact_shape) return boost::math::gamma_p_inv(shape.value, p);
  double const root = 1 - 1 / (9 * shape.value) + normal_quantile(p) / (3 * std::sqrt(shape.value));
  return shape.value * root * root * root;
}

double beta_quantile(double p, BetaLaw const& law) { return boost::math::ibeta_inv(law.successes, law.failures, p); }

}  // namespace fisherlab
