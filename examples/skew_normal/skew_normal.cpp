// A new family in 40 lines: no score, no Hessian, no information, no fit. All of it is derived from the log density.
#include <cmath>
#include <fisherlab/cli/own_program.hpp>

namespace {

namespace sim = fisherlab::sim;

/// Skew-normal law, theta = (location, scale, shape), scale > 0, z = (x - location)/scale:
///   log p(x; theta) = log 2 - log scale - z^2/2 - log(2 pi)/2 + log Phi(shape z).
/// Source: Azzalini (1985), Scandinavian Journal of Statistics 12, 171-178.
struct SkewNormal {
  static constexpr std::size_t parameter_count = 3;
  static constexpr std::size_t dimension = 1;
  static constexpr sim::Regularity regularity = sim::Regularity::regular;

  static sim::ModelCard card() {
    return {.name = "skew_normal",
            .title = "Skew-normal (location, scale and shape)",
            .parameters = {"location", "scale", "shape"},
            .domains = {sim::Domain::real, sim::Domain::positive, sim::Domain::real},
            .constants = {},
            .formula = "log p = log 2 - log scale - z^2/2 - log(2 pi)/2 + log Phi(shape z)",
            .support = "x real",
            .information = "",
            .estimate = "safeguarded Newton",
            .hypotheses = "all but at shape = 0",
            .source = "Azzalini (1985)"};
  }
  bool in_space(sim::Theta<double, 3> const& t) const {
    return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0 && std::isfinite(t[2]);
  }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, sim::Theta<Real, 3> const& t) const {
    Real const z = (x - t[0]) / t[1], w = t[2] * z;
    Real const near = select(w < Real(-20.0), Real(-20.0), w), far = select(w < Real(-20.0), w, Real(-20.0));
    Real const u = 1.0 / (far * far);  // log Phi(w) = -w^2/2 - log(-w) - log(2 pi)/2 + log(1 - u + 3 u^2 - ...)
    Real const tail = -0.5 * far * far - log(-far) - 0.9189385332046727 + log1p(-u + 3.0 * u * u);
    return -0.2257913526447274 - log(t[1]) - 0.5 * z * z + select(w < Real(-20.0), tail, log(normal_cdf(near)));
  }
  /// z = d |u| + (1 - d^2)^1/2 v with d = shape/(1 + shape^2)^1/2, u and v standard normal.
  template <class Real>
  Real draw(sim::Theta<double, 3> const& t, sim::Stream<Real>& stream) const {
    double const d = t[2] / std::sqrt(1 + t[2] * t[2]);
    Real const u = stream.normal(), v = stream.normal();
    return t[0] + t[1] * (d * abs(u) + std::sqrt(1 - d * d) * v);
  }
};

}  // namespace

int main(int argc, char** argv) { return fisherlab::main<SkewNormal>(argc, argv); }
