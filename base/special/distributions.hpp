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

}  // namespace fisherlab
