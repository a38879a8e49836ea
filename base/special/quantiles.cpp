#include "base/special/quantiles.hpp"

#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/complement.hpp>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <limits>

#include "base/expects.hpp"

namespace fisherlab {

void expects_alpha(double alpha) {
  expects(alpha > 0 && alpha < 1, "alpha is not between 0 and 1 (it is an error probability), give one such as 0.05");
}

double normal_critical(double alpha) {
  expects_alpha(alpha);
  return boost::math::quantile(boost::math::complement(boost::math::normal(), alpha / 2));
}

double student_critical(std::int64_t degrees, double alpha) {
  expects_alpha(alpha);
  expects(degrees >= 1, "no degrees of freedom (a single replicate has no variance), draw at least two replicates");
  boost::math::students_t const student(static_cast<double>(degrees));
  return boost::math::quantile(boost::math::complement(student, alpha / 2));
}

double chi_critical(std::int64_t dimension, double alpha) {
  expects_alpha(alpha);
  expects(dimension >= 1, "dimension is not positive (chi^2 counts components), give at least one");
  boost::math::chi_squared const law(static_cast<double>(dimension));
  return std::sqrt(boost::math::quantile(boost::math::complement(law, alpha)));
}

double hotelling_critical(std::int64_t dimension, std::int64_t count, double alpha) {
  expects_alpha(alpha);
  expects(dimension >= 1, "dimension is not positive (Hotelling's T^2 needs a vector), give at least one component");
  if (count <= dimension) return std::numeric_limits<double>::infinity();
  if (dimension == 1) return student_critical(count - 1, alpha);
  auto const p = static_cast<double>(dimension);
  auto const replicates = static_cast<double>(count);
  boost::math::fisher_f const ratio(p, replicates - p);
  double const quantile = boost::math::quantile(boost::math::complement(ratio, alpha));
  return std::sqrt(p * (replicates - 1) / (replicates - p) * quantile);
}

}  // namespace fisherlab
