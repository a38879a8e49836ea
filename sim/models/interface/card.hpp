#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "sim/models/interface/parameter_map.hpp"

namespace fisherlab::sim {

/// Where one parameter may lie; it also chooses the coordinate in which an optimiser works (identity, log, logit;
/// identity for an angle). An angle is read modulo 2 pi: an error of it is taken round the circle (unwrapped.hpp).
enum class Domain { real, positive, unit, angle };

/// Whether parameters of a domain may come near an end of it, so that an optimiser works on a log or logit scale.
constexpr bool has_ends(Domain domain) { return domain == Domain::positive || domain == Domain::unit; }

/// Where one coordinate of an observation lies, for integrals over the observations: the line, the half-line above the
/// law's lower end, (0, 1), a circle of circumference 2 pi, or the whole numbers from 0 on.
enum class Range { line, positive, unit, circle, counts };

/// Whether the theorems of the notes apply to a model.
enum class Regularity { regular, outside };

/// Which moments of the estimates of theta exist: the k-th for n > slope k + offset; slope 0: all.
struct MomentRule {
  double slope = 0;   ///< observations a moment
  double offset = 0;  ///< observations whatever the moment
  /// The first parameter whose estimate, as those of all behind it, grows as one over the mean of observations near the
  /// end of their range: it has its k-th moment for k < n a alone, where P(X < x) falls as x^a at that end
  /// (`lower_order` of the law). For the mean of n lies below x with a probability of the order of x^(n a). -1: none
  /// does.
  int divides_from = -1;
  /// Whether one observation that grows without bound takes the estimate along: under another law it has no more
  /// moments than the observations.
  bool grows = true;

  /// Whether the k-th moment exists at n.
  bool exists(int k, std::int64_t n) const { return slope == 0 || static_cast<double>(n) > slope * k + offset; }
};

/// What `fisherlab show MODEL` prints: the facts about a model in words.
struct ModelCard {
  std::string name;                             ///< as on the command line
  std::string title;                            ///< "Gamma (shape and rate)"
  std::vector<std::string> parameters;          ///< estimated, in the order of theta
  std::vector<Domain> domains;                  ///< one a parameter
  std::vector<std::string> constants;           ///< known, given like parameters, not estimated
  std::string space = {};                       ///< what else theta must meet, in words; empty: nothing
  std::string formula;                          ///< log density
  std::string support;                          ///< where observations lie
  std::vector<Range> ranges = {};               ///< the same, one a coordinate; empty: all on the line
  std::string information;                      ///< of one observation
  std::string derivatives = {};                 ///< how score and Hessian are had; empty: formulas of the model's own
  std::string estimate;                         ///< how the maximum likelihood estimate is found
  Regularity regularity = Regularity::regular;  ///< whether the theorems apply
  std::string hypotheses;               ///< those it meets or fails, and why; also which moments of the estimate exist
  MomentRule moments = {};              ///< of the estimates of theta
  std::vector<ParameterMap> maps = {};  ///< of theta, that studies may ask about
  std::string source;                   ///< of the formulas: author, year, page
  /// Why doubles cannot hold draws at (theta, constants), in words with the limit; empty where they can. Null: always.
  std::string (*draw_problem)(std::span<double const> theta, std::span<double const> constants) = nullptr;
};

}  // namespace fisherlab::sim
