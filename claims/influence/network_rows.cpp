#include <algorithm>
#include <cmath>

#include "base/text/number.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/influence/network_study.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// A row of `convergence.csv`: the mean over splits of 1 - r of the worst test point, with Student's interval at 95 %.
ConvergenceRow disagreement_row(NetworkTable const& table, std::size_t depth, std::size_t penalty) {
  auto const& grid = table.grid();
  SampleMoments moments;
  double square = 0;
  for (int split = 0; split < grid.splits; ++split) {
    auto const& network = table.at(split, depth, penalty);
    if (!network.failure.empty()) continue;
    double const one = 1 - rank_correlations(network)[network.worst];
    double const before = one - moments.mean;
    moments.mean += before / static_cast<double>(++moments.count);
    square += before * (one - moments.mean);
  }
  moments.variance = moments.count > 1 ? square / static_cast<double>(moments.count - 1) : 0;
  ConvergenceRow row;
  row.statistic =
      "1 - rank correlation of the worst test point, n the depth, l2=" + exact_text(grid.penalties[penalty]);
  row.n = grid.depths[depth];
  row.replicates = moments.count;
  auto const interval = moments.count > 1 ? mean_interval(moments, 0.05) : vacuous_interval();
  row.discrepancy = interval.estimate;
  row.lower = std::max(interval.lower, 0.0);
  row.upper = interval.upper;
  return row;
}

}  // namespace

std::vector<ConvergenceRow> disagreement_rows(NetworkStudy const& study, std::vector<double> const& penalties) {
  std::vector<ConvergenceRow> rows;
  auto const table = study.table();
  for (double const l2 : penalties)
    for (std::size_t depth = 0; depth < study.grid.depths.size(); ++depth)
      rows.push_back(disagreement_row(table, depth, table.place_of(l2)));
  return rows;
}

/// The worst test point of the first split, at each depth.
std::vector<InfluenceRow> network_rows(DataCase const& the_case, NetworkStudy const& study) {
  std::vector<InfluenceRow> rows;
  for (auto const& network : study.networks) {
    if (network.split > 0 || network.l2 != the_case.l2 || !network.failure.empty()) continue;
    for (std::size_t k = 0; k < network.removed.size(); ++k) {
      InfluenceRow row;
      row.data = the_case.name;
      row.model = the_case.problem + ", depth " + std::to_string(network.depth);
      row.n = network.training_rows;
      row.p = network.p;
      row.l2 = network.l2;
      row.convention = influence::convention_text(influence::Convention::mean);
      row.solver = "cholesky";
      row.split = network.split;
      row.test_point = std::to_string(network.tested[static_cast<std::size_t>(network.worst)] + 1);
      row.train_index = network.removed[k] + 1;
      row.predicted = network.predicted(static_cast<Eigen::Index>(k), network.worst);
      row.actual = network.actual(static_cast<Eigen::Index>(k), network.worst);
      rows.push_back(row);
    }
  }
  return rows;
}

}  // namespace fisherlab::claims
