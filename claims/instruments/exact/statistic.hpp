#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "claims/setting.hpp"

namespace fisherlab::claims {

/// What is kept of observations.
enum class Kept {
  sign,      ///< whether X > 0
  cells,     ///< between which of the numbers `at` X lies
  rounded,   ///< X to the nearest multiple of `at`; beyond ten standard deviations no more than the side
  censored,  ///< X where X <= `at`, else that it is above
  absolute,  ///< |X|
  sum,       ///< X_1 + X_2, of counts
  minimum,   ///< the least of `at` observations
  maximum,   ///< the largest of them
};

struct Statistic {
  Kept kept = Kept::sign;
  std::vector<double> at;

  std::string text() const;  ///< "rounded(0.5)"
};

/// The statistic of that name.
/// @throws InputError where there is none, or `at` does not fit it.
Statistic statistic_of(std::string const& name, std::string const& at);
std::vector<std::string> statistic_names();

/// I^-1/2 I_T I^-1/2 (p x p), I_T the information in a statistic T and I that in the observations it is made of:
///   I_T = E m m', m(t) = E[s | T = t], s the score,
/// by quadrature and summation, to 1e-7.
/// @throws InputError where the law does not have such a statistic, or a quadrature does not settle.
/// Source: the score of T is the conditional mean of that of X, by differentiating P(T in A) = E 1(T in A).
Eigen::MatrixXd share_kept(Law const& law, Statistic const& statistic);
/// @throws InputError where the law does not have such a statistic.
void expects_statistic(Law const& law, Statistic const& statistic);

}  // namespace fisherlab::claims
