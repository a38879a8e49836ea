#include "sim/boost_draws/samplers.hpp"

#include <array>
#include <boost/random/bernoulli_distribution.hpp>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/binomial_distribution.hpp>
#include <boost/random/cauchy_distribution.hpp>
#include <boost/random/exponential_distribution.hpp>
#include <boost/random/extreme_value_distribution.hpp>
#include <boost/random/gamma_distribution.hpp>
#include <boost/random/geometric_distribution.hpp>
#include <boost/random/laplace_distribution.hpp>
#include <boost/random/lognormal_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <boost/random/student_t_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <boost/random/weibull_distribution.hpp>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

/// One line a model; those that Boost.Random has no distribution for are composed from its variates.
namespace fisherlab::sim::boost_draws {
namespace {

using Numbers = std::span<double const>;

/// Variates that do not depend on theta.
double normal(Engine& e) { return boost::random::normal_distribution<double>()(e); }
double exponential(Engine& e) { return boost::random::exponential_distribution<double>()(e); }
double uniform(Engine& e) {
  double u = 0;
  while (u == 0) u = boost::random::uniform_01<double>()(e);
  return u;
}
double poisson(Engine& e, double mean) {
  return mean > 0 ? static_cast<double>(boost::random::poisson_distribution<std::int64_t>(mean)(e)) : 0;
}
double gamma(Engine& e, double shape) { return boost::random::gamma_distribution<double>(shape, 1)(e); }

/// Each of a distribution's own.
template <class Law>
Sampler sampler(Law law) {
  return [law](Engine& e, double* x) mutable { *x = static_cast<double>(law(e)); };
}

Sampler exponential_law(Numbers t, Numbers) { return sampler(boost::random::exponential_distribution<double>(t[0])); }
Sampler gamma_law(Numbers t, Numbers) { return sampler(boost::random::gamma_distribution<double>(t[0], 1 / t[1])); }
Sampler weibull_law(Numbers t, Numbers) { return sampler(boost::random::weibull_distribution<double>(t[0], t[1])); }
Sampler lognormal_law(Numbers t, Numbers) { return sampler(boost::random::lognormal_distribution<double>(t[0], t[1])); }
Sampler normal_law(Numbers t, Numbers) { return sampler(boost::random::normal_distribution<double>(t[0], t[1])); }
Sampler normal_mean_law(Numbers t, Numbers c) {
  return sampler(boost::random::normal_distribution<double>(t[0], c[0]));
}
Sampler normal_cube_law(Numbers t, Numbers) {
  return sampler(boost::random::normal_distribution<double>(t[0] * t[0] * t[0], 1));
}
Sampler cauchy_law(Numbers t, Numbers) { return sampler(boost::random::cauchy_distribution<double>(t[0], t[1])); }
Sampler laplace_law(Numbers t, Numbers) { return sampler(boost::random::laplace_distribution<double>(t[0], t[1])); }
Sampler gumbel_law(Numbers t, Numbers) {
  return sampler(boost::random::extreme_value_distribution<double>(t[0], t[1]));
}
Sampler beta_law(Numbers t, Numbers) { return sampler(boost::random::beta_distribution<double>(t[0], t[1])); }
Sampler rayleigh_law(Numbers t, Numbers) {
  return sampler(boost::random::weibull_distribution<double>(2, t[0] * std::sqrt(2.0)));
}
Sampler poisson_law(Numbers t, Numbers) {
  return [m = t[0]](Engine& e, double* x) { *x = poisson(e, m); };
}
Sampler bernoulli_law(Numbers t, Numbers) { return sampler(boost::random::bernoulli_distribution<double>(t[0])); }
Sampler binomial_law(Numbers t, Numbers c) {
  return sampler(boost::random::binomial_distribution<std::int64_t>(static_cast<std::int64_t>(c[0]), t[0]));
}
/// Boost's law counts the failures before a success that has the probability it is given.
Sampler geometric_law(Numbers t, Numbers) { return sampler(boost::random::geometric_distribution<std::int64_t>(t[0])); }
/// A Poisson count of a gamma mean.
Sampler negative_binomial_law(Numbers t, Numbers) {
  return [mean = t[0], size = t[1]](Engine& e, double* x) { *x = poisson(e, gamma(e, size) * mean / size); };
}
Sampler student_law(Numbers t, Numbers c) {
  return [location = t[0], scale = t[1], law = boost::random::student_t_distribution<double>(c[0])](
             Engine& e, double* x) mutable { *x = location + scale * law(e); };
}
/// By inversion.
Sampler logistic_law(Numbers t, Numbers) {
  return [location = t[0], scale = t[1]](Engine& e, double* x) {
    double const u = uniform(e);
    *x = location + scale * std::log(u / (1 - u));
  };
}
Sampler pareto_law(Numbers t, Numbers c) {
  return [shape = t[0], minimum = c[0]](Engine& e, double* x) { *x = minimum * std::pow(uniform(e), -1 / shape); };
}
Sampler uniform_law(Numbers t, Numbers) {
  return [upper = t[0]](Engine& e, double* x) { *x = upper * uniform(e); };
}
Sampler shifted_exponential_law(Numbers t, Numbers) {
  return [location = t[0], rate = t[1]](Engine& e, double* x) { *x = location + exponential(e) / rate; };
}
/// Source: Michael, Schucany and Haas (1976), The American Statistician 30, 88-90: the smaller root of
/// shape (x - mean)^2/(mean^2 x) = z^2 with probability mean/(mean + root), else mean^2/root.
Sampler inverse_gaussian_law(Numbers t, Numbers) {
  return [mean = t[0], shape = t[1]](Engine& e, double* x) {
    double const z = normal(e), y = mean * z * z / (2 * shape);
    double const root = mean / (1 + y + std::sqrt(y * (2 + y)));
    *x = uniform(e) * (mean + root) <= mean ? root : mean * mean / root;
  };
}
Sampler mixture_law(Numbers t, Numbers) {
  return [weight = t[0], m = std::array{t[1], t[3]}, s = std::array{t[2], t[4]}](Engine& e, double* x) {
    std::size_t const k = uniform(e) < weight ? 0 : 1;
    *x = m[k] + s[k] * normal(e);
  };
}
Sampler categorical_law(Numbers t, Numbers) {
  return [p = std::array{t[0], t[1], t[2]}](Engine& e, double* x) {
    double u = uniform(e);
    x[0] = x[1] = x[2] = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      if (u < p[k]) {
        x[k] = 1;
        return;
      }
      u -= p[k];
    }
  };
}
Sampler normal_vector_law(Numbers t, Numbers c) {
  return [mean = std::vector(t.begin(), t.end()), sd = c[0]](Engine& e, double* x) {
    for (std::size_t k = 0; k < mean.size(); ++k) x[k] = mean[k] + sd * normal(e);
  };
}
Sampler linear_regression_law(Numbers t, Numbers) {
  return [a = t[0], b = t[1], sd = t[2]](Engine& e, double* x) {
    x[0] = normal(e);
    x[1] = a + b * x[0] + sd * normal(e);
  };
}
Sampler logistic_regression_law(Numbers t, Numbers) {
  return [a = t[0], b = t[1]](Engine& e, double* x) {
    x[0] = normal(e);
    x[1] = uniform(e) * (1 + std::exp(-(a + b * x[0]))) < 1 ? 1 : 0;
  };
}
Sampler poisson_regression_law(Numbers t, Numbers) {
  return [a = t[0], b = t[1]](Engine& e, double* x) {
    x[0] = normal(e);
    x[1] = poisson(e, std::exp(a + b * x[0]));
  };
}
Sampler neyman_scott_law(Numbers t, Numbers c) {
  return [sd = std::sqrt(t[0]), spread = c[0]](Engine& e, double* x) {
    double const centre = spread * normal(e);
    x[0] = centre + sd * normal(e);
    x[1] = centre + sd * normal(e);
  };
}
/// Stationary from the first observation on.
Sampler ar1_law(Numbers t, Numbers c) {
  return [mean = t[0], sd = c[0], r = c[1], deviation = 0.0, has_begun = false](Engine& e, double* x) mutable {
    deviation = has_begun ? r * deviation + sd * std::sqrt(1 - r * r) * normal(e) : sd * normal(e);
    has_begun = true;
    *x = mean + deviation;
  };
}

/// The Cholesky factor of a packed covariance, row by row.
std::vector<double> root_of(Numbers packed, std::size_t d) {
  auto const at = [](std::size_t i, std::size_t j) { return i * (i + 1) / 2 + j; };
  std::vector<double> root(packed.begin(), packed.end());
  for (std::size_t i = 0; i < d; ++i)
    for (std::size_t j = 0; j <= i; ++j) {
      for (std::size_t k = 0; k < j; ++k) root[at(i, j)] -= root[at(i, k)] * root[at(j, k)];
      root[at(i, j)] = i == j ? std::sqrt(root[at(i, i)]) : root[at(i, j)] / root[at(j, j)];
    }
  return root;
}
Sampler multivariate_normal_law(Numbers t, Numbers) {
  std::size_t const d = t.size() == 5 ? 2 : 3;
  return [mean = std::vector(t.begin(), t.begin() + static_cast<std::ptrdiff_t>(d)), root = root_of(t.subspan(d), d),
          d](Engine& e, double* x) {
    std::array<double, 3> z;
    for (std::size_t i = 0, k = 0; i < d; ++i) {
      z[i] = normal(e);
      x[i] = mean[i];
      for (std::size_t j = 0; j <= i; ++j) x[i] += root[k++] * z[j];
    }
  };
}
Sampler correlated_pair_law(Numbers t, Numbers c) {
  return [mean = t[0], sd = c[0], r = c[1]](Engine& e, double* x) {
    double const a = normal(e), b = normal(e);
    x[0] = mean + sd * a;
    x[1] = mean + sd * (r * a + std::sqrt(1 - r * r) * b);
  };
}
Sampler normal_poisson_law(Numbers t, Numbers c) {
  return [theta = t[0], sd = c[0]](Engine& e, double* x) {
    x[0] = theta + sd * normal(e);
    x[1] = poisson(e, std::exp(theta));
  };
}
Sampler exponential_gamma_law(Numbers t, Numbers c) {
  return [rate = t[0], shape = c[0]](Engine& e, double* x) {
    x[0] = exponential(e) / rate;
    x[1] = gamma(e, shape) / rate;
  };
}
/// By rejection, density proportional to exp(k cos a) on |a| <= pi. For k > 1 from N(0, pi^2/(4 k)) within |a| <= pi,
/// whose density goes as exp(-2 k a^2/pi^2): an angle is kept with probability exp(k (cos a - 1 + 2 a^2/pi^2)), at most
/// 1 since 1 - cos a = 2 sin^2(a/2) >= 2 (a/pi)^2 there; a share near 2/pi is, for large k. For k <= 1 from the uniform
/// law, with probability exp(k (cos a - 1)), at least exp(-2).
Sampler von_mises_law(Numbers t, Numbers) {
  return [mean = t[0], k = t[1]](Engine& e, double* x) {
    double const pi = 3.14159265358979323846, sd = pi / (2 * std::sqrt(k));
    double a = 0;
    do {
      do a = k > 1 ? sd * normal(e) : pi * (2 * uniform(e) - 1);
      while (std::fabs(a) > pi);
    } while (uniform(e) > std::exp(k * (std::cos(a) - 1 + (k > 1 ? 2 * a * a / (pi * pi) : 0))));
    *x = std::remainder(mean + a, 2 * pi);
  };
}

struct Line {
  std::string_view model;
  Maker maker;
};
constexpr Line lines[] = {
    {"exponential", exponential_law},
    {"gamma", gamma_law},
    {"weibull", weibull_law},
    {"lognormal", lognormal_law},
    {"normal", normal_law},
    {"normal_mean", normal_mean_law},
    {"half_line_normal", normal_mean_law},
    {"normal_cube", normal_cube_law},
    {"cauchy", cauchy_law},
    {"laplace", laplace_law},
    {"gumbel", gumbel_law},
    {"beta", beta_law},
    {"rayleigh", rayleigh_law},
    {"poisson", poisson_law},
    {"bernoulli", bernoulli_law},
    {"binomial", binomial_law},
    {"geometric", geometric_law},
    {"negative_binomial", negative_binomial_law},
    {"student_t", student_law},
    {"logistic", logistic_law},
    {"pareto", pareto_law},
    {"uniform", uniform_law},
    {"shifted_exponential", shifted_exponential_law},
    {"inverse_gaussian", inverse_gaussian_law},
    {"normal_mixture", mixture_law},
    {"categorical", categorical_law},
    {"normal_vector", normal_vector_law},
    {"linear_regression", linear_regression_law},
    {"logistic_regression", logistic_regression_law},
    {"poisson_regression", poisson_regression_law},
    {"neyman_scott", neyman_scott_law},
    {"ar1", ar1_law},
    {"multivariate_normal", multivariate_normal_law},
    {"multivariate_normal_3", multivariate_normal_law},
    {"correlated_pair", correlated_pair_law},
    {"normal_poisson_pair", normal_poisson_law},
    {"exponential_gamma_pair", exponential_gamma_law},
    {"von_mises", von_mises_law},
};

}  // namespace

Maker find_maker(std::string_view model) {
  for (auto const& line : lines)
    if (line.model == model) return line.maker;
  return nullptr;
}

}  // namespace fisherlab::sim::boost_draws
