#include "base/special/incomplete_beta.hpp"

#include <boost/math/special_functions/beta.hpp>

namespace fisherlab {

double incomplete_beta(BetaShapes const& shapes, double x) { return boost::math::ibeta(shapes.a, shapes.b, x); }

double incomplete_beta_inverse(BetaShapes const& shapes, double p) {
  return boost::math::ibeta_inv(shapes.a, shapes.b, p);
}

double incomplete_beta_complement_inverse(BetaShapes const& shapes, double q) {
  return boost::math::ibetac_inv(shapes.a, shapes.b, q);
}

}  // namespace fisherlab
