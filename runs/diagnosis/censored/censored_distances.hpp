#pragma once

#include <functional>
#include <vector>

#include "runs/diagnosis/censored/npmle.hpp"

namespace fisherlab::runs {

/// Anderson-Darling, Cramer-von Mises and Kolmogorov of the nonparametric estimate Fn against a law, in the law's own
/// uniform scale u = F(x): n int (Fn - u)^2/(u (1 - u)) du, n int (Fn - u)^2 du and sup |Fn - u|. Where the data leave
/// open how a piece rises, it rises as the law does. Of a sample without censoring they are the usual statistics.
/// Source: Koziol and Green (1976), Biometrika 63, 465-474, for the second under right censoring.
struct CensoredDistances {
  double anderson_darling = 0, cramer_von_mises = 0, kolmogorov = 0;
};

/// `cdf`: F; `n`: observations.
CensoredDistances censored_distances(std::vector<NpmlePiece> const& pieces, std::function<double(double)> const& cdf,
                                     double n);

}  // namespace fisherlab::runs
