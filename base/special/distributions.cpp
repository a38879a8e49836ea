#include "base/special/distributions.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>

namespace fisherlab {

double normal_cdf(double z) { return boost::math::cdf(boost::math::normal(), z); }

double normal_quantile(double p) { return boost::math::quantile(boost::math::normal(), p); }

double chi_squared_cdf(double x, Degrees degrees) {
  return boost::math::cdf(boost::math::chi_squared(degrees.value), x);
}

double student_cdf(double t, Degrees degrees) { return boost::math::cdf(boost::math::students_t(degrees.value), t); }

double student_quantile(double p, Degrees degrees) {
  return boost::math::quantile(boost::math::students_t(degrees.value), p);
}

}  // namespace fisherlab
