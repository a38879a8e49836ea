#pragma once

#include <span>
#include <vector>

#include "findings/pictures.hpp"
#include "findings/run_tables.hpp"
#include "reports/page/figures.hpp"

namespace fisherlab::reports {

/// n Cov against the bound, entry by entry over n, one picture for each law and estimator.
std::vector<Figure> covariance_figures(std::span<CurveRow const* const> rows);

/// Coverage against n, a curve for each interval, one picture for each law, component and level that has two n or more;
/// and one picture of all that have one n.
std::vector<Figure> interval_coverage_figures(std::span<CurveRow const* const> rows);

/// Normal Q-Q plot and density of each whitened component, up to three n in one picture.
std::vector<Figure> law_figures(std::span<DistributionRow const* const> rows);

/// Zip plots: the intervals of many replicates, sorted by |z|; one picture for each law, component, n and level. The
/// coverage in `curves` says what all replicates come to.
std::vector<Figure> zip_figures(std::span<ReplicateInterval const* const> rows,
                                std::span<CurveRow const* const> curves = {});

/// Whether a row of `convergence.csv` is a point of a profile over h at one n, not of a discrepancy over n.
bool is_of_profile(ConvergenceRow const& row);

/// The risk of estimators in units of the bound against h, the distance of the truth from theta in standard errors: one
/// picture for each law and n.
std::vector<Figure> profile_figures(std::span<ConvergenceRow const* const> rows);

/// The pictures of one claim: those that stand open on the page, and the larger lot that is folded.
struct ClaimFigures {
  std::vector<Figure> shown;
  std::vector<Figure> folded;
  std::size_t left_out = 0;  ///< that the page does without
};

/// The curves of a claim over n: coverage, covariance, then the discrepancy of a limit.
std::vector<Figure> curve_figures(RunTables const& run, std::string const& claim);

/// The pictures of a claim, the best first: all of them where the page is `full`, else a few curves, a law and a zip
/// plot. The intervals of the findings against their regions stand in the tables.
ClaimFigures claim_figures(RunTables const& run, std::string const& claim, bool full);

}  // namespace fisherlab::reports
