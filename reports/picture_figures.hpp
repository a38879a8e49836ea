#pragma once

#include <span>
#include <vector>

#include "claims/pictures.hpp"
#include "reports/figures.hpp"
#include "reports/run_reader.hpp"

namespace fisherlab::reports {

/// n Cov against the bound, entry by entry over n, one picture for each law and estimator.
std::vector<Figure> covariance_figures(std::span<claims::CurveRow const* const> rows);

/// Coverage against n, a curve for each interval, one picture for each law, component and level that has two n or more;
/// and one picture of all that have one n.
std::vector<Figure> interval_coverage_figures(std::span<claims::CurveRow const* const> rows);

/// Normal Q-Q plot and density of each whitened component, up to three n in one picture.
std::vector<Figure> law_figures(std::span<claims::DistributionRow const* const> rows);

/// Zip plots: the intervals of many replicates, sorted by |z|; one picture for each law, component, n and level.
std::vector<Figure> zip_figures(std::span<claims::ReplicateInterval const* const> rows);

/// The pictures of one claim: those that stand open on the page, and the larger lot that is folded.
struct ClaimFigures {
  std::vector<Figure> shown;
  std::vector<Figure> folded;
};

/// `findings`: those of the claim.
ClaimFigures claim_figures(RunReports const& run, std::string const& claim,
                           std::span<claims::Finding const* const> findings);

}  // namespace fisherlab::reports
