// A family whose log density exists as an ordinary function of doubles, from a library say, in 30 lines: derivatives
// are had by differences. `complex_burr` is the same with parameters that may be complex: derivatives by complex steps.
#include <cmath>
#include <fisherlab/cli/own_program.hpp>

namespace {

namespace sim = fisherlab::sim;

/// Burr's law of type XII, theta = (shape, tail), both > 0, x > 0:
///   log p(x; theta) = log shape + log tail + (shape - 1) log x - (tail + 1) log(1 + x^shape).
/// Source: Burr (1942), Annals of Mathematical Statistics 13, 215-232.
struct Burr {
  static constexpr std::size_t parameter_count = 2;
  static constexpr std::size_t dimension = 1;
  static constexpr sim::Regularity regularity = sim::Regularity::regular;

  static sim::ModelCard card() {
    return {.name = "burr",
            .title = "Burr XII (shape and tail)",
            .parameters = {"shape", "tail"},
            .domains = {sim::Domain::positive, sim::Domain::positive},
            .constants = {},
            .formula = "log p = log shape + log tail + (shape - 1) log x - (tail + 1) log(1 + x^shape)",
            .support = "x > 0",
            .ranges = {sim::Range::positive},
            .information = "",
            .estimate = "safeguarded Newton",
            .hypotheses = "meets all",
            .source = "Burr (1942)"};
  }
  bool in_space(sim::Theta<double, 2> const& t) const { return t[0] > 0 && t[1] > 0; }
  bool in_support(double const* x) const { return *x > 0; }
  double log_density(double x, sim::Theta<double, 2> const& t) const {
    return std::log(t[0]) + std::log(t[1]) + (t[0] - 1) * std::log(x) - (t[1] + 1) * std::log1p(std::pow(x, t[0]));
  }
  double draw(sim::Theta<double, 2> const& t, sim::ScalarStream& stream) const {
    return std::pow(std::expm1(stream.exponential() / t[1]), 1 / t[0]);
  }
};

struct ComplexBurr : Burr {
  static sim::ModelCard card() {
    auto card = Burr::card();
    card.name = "complex_burr";
    return card;
  }
  template <class T>
  T log_density(double x, sim::Theta<T, 2> const& t) const {
    using std::exp, std::log;
    return log(t[0]) + log(t[1]) + (t[0] - 1.0) * log(x) - (t[1] + 1.0) * log(1.0 + exp(t[0] * log(x)));
  }
};

/// A slip: the score in `tail` lost a sign.
struct WrongBurr : Burr {
  static sim::ModelCard card() {
    auto card = Burr::card();
    card.name = "wrong_burr";
    return card;
  }
  sim::Theta<double, 2> score(double x, sim::Theta<double, 2> const& t) const {
    double const power = std::pow(x, t[0]);
    return {1 / t[0] + std::log(x) - (t[1] + 1) * power * std::log(x) / (1 + power), 1 / t[1] + std::log1p(power)};
  }
};

}  // namespace

int main(int argc, char** argv) { return fisherlab::main<Burr, ComplexBurr, WrongBurr>(argc, argv); }
