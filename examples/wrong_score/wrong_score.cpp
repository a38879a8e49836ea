// A score with a mistake in it, that is found before anything is drawn: exit code 2, and a sentence that names the
// component, the place and the size.
#include <cmath>
#include <fisherlab/cli/own_program.hpp>

namespace {

namespace sim = fisherlab::sim;

/// Laplace's second law, the normal one, with a score in sd that lost its "- 1".
struct Bell {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr sim::Regularity regularity = sim::Regularity::regular;

  static sim::ModelCard card() {
    return {.name = "bell",
            .title = "Normal, with a wrong score",
            .parameters = {"mean", "sd"},
            .domains = {sim::Domain::real, sim::Domain::positive},
            .constants = {},
            .formula = "log p = -z^2/2 - log sd - log(2 pi)/2",
            .support = "x real",
            .information = "",
            .estimate = "safeguarded Newton",
            .hypotheses = "all",
            .source = "elementary"};
  }
  bool in_space(sim::Theta<double, 2> const& t) const { return std::isfinite(t[0]) && std::isfinite(t[1]) && t[1] > 0; }
  bool in_support(double const* x) const { return std::isfinite(*x); }

  template <class Real>
  Real log_density(Real const& x, sim::Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    return -0.5 * z * z - log(t[1]) - 0.9189385332046727;
  }
  template <class Real>
  sim::Theta<Real, 2> score(Real const& x, sim::Theta<Real, 2> const& t) const {
    Real const z = (x - t[0]) / t[1];
    return {z / t[1], z * z / t[1]};  // (z^2 - 1)/sd
  }
  template <class Real>
  Real draw(sim::Theta<double, 2> const& t, sim::Stream<Real>& stream) const {
    return t[0] + t[1] * stream.normal();
  }
};

}  // namespace

int main(int argc, char** argv) { return fisherlab::main<Bell>(argc, argv); }
