#pragma once

namespace fisherlab {

/// P(Z <= z), Z standard normal; 0 and 1 at the infinities.
double normal_cdf(double z);

/// z with P(Z <= z) = p, p in (0, 1).
double normal_quantile(double p);

/// Degrees of freedom of a chi-squared or a Student law, above 0.
struct Degrees {
  double value = 1;
};

/// P(X <= x), X chi-squared, x >= 0 or infinite.
double chi_squared_cdf(double x, Degrees degrees);

/// P(T <= t), T Student's t.
double student_cdf(double t, Degrees degrees);

/// t with P(T <= t) = p, p in (0, 1).
double student_quantile(double p, Degrees degrees);

/// Shape of a gamma law of rate 1, above 0.
struct Shape {
  double value = 1;
};

/// Beyond this shape Boost's series end before they converge, and the cube root of a gamma variate, which then is
/// normal to 1e-10, takes their place.
inline constexpr double largest_exact_shape = 1e10;

/// P(G <= g), G ~ Gamma(shape, 1), g >= 0.
double gamma_cdf(double g, Shape shape);

/// P(G > g), to its own relative error in the far tail.
double gamma_tail(double g, Shape shape);

/// Successes in so many trials.
struct BinomialLaw {
  double trials = 1, p = 0.5;
};
struct PoissonLaw {
  double mean = 1;
};
/// Failures before so many successes.
struct FailuresLaw {
  double successes = 1, p = 0.5;
};

/// P(K = k), k = 0, 1, 2, ... in the range of the law.
double probability(BinomialLaw const& law, double k);
double probability(PoissonLaw const& law, double k);
double probability(FailuresLaw const& law, double k);

}  // namespace fisherlab
