#include "base/special/distributions.hpp"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>

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

namespace {

/// P(G <= shape/10) is below exp(-1.4 shape), 0 to double precision for such shapes; Boost overflows for some of them.
bool is_far_below(double g, Shape shape) { return shape.value > 1000 && g < 0.1 * shape.value; }

/// The standard normal place of g, by Wilson and Hilferty (1931), Proc. Natl. Acad. Sci. 17, 684-688.
double normal_place(double g, Shape shape) {
  return 3 * std::sqrt(shape.value) * (std::cbrt(g / shape.value) - 1 + 1 / (9 * shape.value));
}

}  // namespace

double gamma_cdf(double g, Shape shape) {
  if (is_far_below(g, shape)) return 0;
  if (shape.value > largest_exact_shape) return normal_cdf(normal_place(g, shape));
  return boost::math::cdf(boost::math::gamma_distribution<>(shape.value, 1.0), g);
}

double gamma_tail(double g, Shape shape) {
  if (is_far_below(g, shape)) return 1;
  if (shape.value > largest_exact_shape) return normal_cdf(-normal_place(g, shape));
  return boost::math::cdf(boost::math::complement(boost::math::gamma_distribution<>(shape.value, 1.0), g));
}

double probability(BinomialLaw const& law, double k) {
  return boost::math::pdf(boost::math::binomial(law.trials, law.p), k);
}

double probability(PoissonLaw const& law, double k) { return boost::math::pdf(boost::math::poisson(law.mean), k); }

double probability(FailuresLaw const& law, double k) {
  return boost::math::pdf(boost::math::negative_binomial(law.successes, law.p), k);
}

}  // namespace fisherlab
