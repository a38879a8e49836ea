#pragma once

#include <limits>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/models/expression/support.hpp"
#include "sim/models/interface/card.hpp"

namespace fisherlab::sim {

/// A parameter of a law that expressions write down.
struct ExpressionParameter {
  std::string name;
  Domain domain = Domain::real;
  double lower = -std::numeric_limits<double>::infinity();  ///< above it, beside the domain
  double upper = std::numeric_limits<double>::infinity();   ///< below it
  double example = 1;                                       ///< where the law is tried out

  bool is_bounded() const { return domain != Domain::angle && (lower > -HUGE_VAL || upper < HUGE_VAL); }
  /// Whether it may have that value.
  bool holds(double value) const {
    if (!std::isfinite(value) || !(value > lower && value < upper)) return false;
    return !has_ends(domain) || (value > 0 && (domain == Domain::positive || value < 1));
  }
};

/// A law of one number x in words: what `[[model]]` says.
struct ExpressionLaw {
  static constexpr std::size_t most_parameters = 6;

  std::string name;
  std::string title;
  std::vector<ExpressionParameter> parameters;
  std::map<std::string, double> constants;  ///< known numbers with names
  Support support;
  std::string support_words;  ///< as written
  std::string log_density;    ///< of x and the parameters
  std::optional<std::string>
      draw;  ///< of u1, u2, ... uniform in (0, 1), z1, z2, ... standard normal, and the parameters
  std::optional<std::string> mean;      ///< of x, as a function of the parameters
  std::optional<std::string> variance;  ///< the same
  Regularity regularity = Regularity::regular;
  std::string hypotheses;
  MomentRule moments;
  std::optional<std::string> moment_order;  ///< of the parameters and n: moments of the estimates exist below it
  std::string source;
};

}  // namespace fisherlab::sim
