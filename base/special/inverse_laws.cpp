#include "base/special/inverse_laws.hpp"

#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include "base/special/narrow_gamma.hpp"

namespace fisherlab {

double gamma_quantile(double p, Shape shape) {
  if (shape.value >= narrow_gamma_shape) return narrow_gamma_quantile(p, shape);
  return boost::math::gamma_p_inv(shape.value, p);
}

double beta_quantile(double p, BetaLaw const& law) { return boost::math::ibeta_inv(law.successes, law.failures, p); }

}  // namespace fisherlab
