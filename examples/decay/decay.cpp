// A regression with two parameters: counts that fall off at a rate over time. Observations are (time, count).
#include <cmath>
#include <fisherlab/cli/own_program.hpp>

namespace {

namespace sim = fisherlab::sim;

/// y ~ N(start exp(-rate t), 1) at times t uniform in (0, 1), theta = (start, rate):
///   log p(t, y; theta) = -(y - start exp(-rate t))^2/2 - log(2 pi)/2.
struct Decay {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 2;
  static constexpr sim::Regularity regularity = sim::Regularity::regular;

  static sim::ModelCard card() {
    return {.name = "decay",
            .title = "Exponential decay with normal errors",
            .parameters = {"start", "rate"},
            .domains = {sim::Domain::positive, sim::Domain::positive},
            .constants = {},
            .formula = "log p = -(y - start exp(-rate t))^2/2 - log(2 pi)/2",
            .support = "t in (0, 1), y real",
            .ranges = {sim::Range::unit, sim::Range::line},
            .information = "",
            .estimate = "safeguarded Newton",
            .hypotheses = "all",
            .source = "elementary"};
  }
  bool in_space(sim::Theta<double, 2> const& t) const {
    return std::isfinite(t[0]) && t[0] > 0 && std::isfinite(t[1]) && t[1] > 0;
  }
  bool in_support(double const* x) const { return x[0] > 0 && x[0] < 1 && std::isfinite(x[1]); }

  template <class Real>
  Real log_density(std::array<Real, 2> const& x, sim::Theta<Real, 2> const& t) const {
    Real const error = x[1] - t[0] * exp(-(t[1] * x[0]));
    return -0.5 * error * error - 0.9189385332046727;
  }
  template <class Real>
  std::array<Real, 2> draw(sim::Theta<double, 2> const& t, sim::Stream<Real>& stream) const {
    Real const time = stream.open_uniform();
    return {time, t[0] * exp(-t[1] * time) + stream.normal()};
  }
  /// Any point in the middle will do.
  sim::Theta<sim::Lanes, 2> start(sim::Sample const&) const { return {sim::Lanes(5.0), sim::Lanes(1.0)}; }
};

}  // namespace

int main(int argc, char** argv) { return fisherlab::main<Decay>(argc, argv); }
