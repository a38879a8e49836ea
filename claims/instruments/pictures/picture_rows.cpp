#include "claims/instruments/pictures/picture_rows.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "base/special/distributions.hpp"
#include "claims/evidence/mean.hpp"

namespace fisherlab::claims {
namespace {

constexpr double cell_width = 0.2;
constexpr int cells_a_side = 20;
constexpr std::int64_t thinnest_tail = 10;

}  // namespace

std::vector<std::size_t> shown_sizes(std::size_t count) {
  std::set<std::size_t> const places =
      count == 0 ? std::set<std::size_t>() : std::set<std::size_t>{0, (count - 1) / 2, count - 1};
  return {places.begin(), places.end()};
}

std::vector<DistributionRow> distribution_rows(sim::Histogram const& law, std::int64_t count) {
  std::vector<DistributionRow> rows;
  std::int64_t below = 0;
  int next = 0;  // first cell of the histogram that is not counted yet
  auto const advance = [&](int k) {
    std::int64_t const before = below;
    int const last = sim::Histogram::cell_of(cell_width * k);
    for (; next <= last; ++next) below += law.cells[static_cast<std::size_t>(next)];
    return std::pair(sim::Histogram::upper_edge(last), below - before);
  };
  double from = advance(-cells_a_side).first;
  for (int k = -cells_a_side + 1; k <= cells_a_side && count > 0; ++k) {
    auto const [quantile, inside] = advance(k);
    DistributionRow row;
    row.replicates = count;
    row.from = from;
    row.quantile = quantile;
    row.probability = static_cast<double>(below) / static_cast<double>(count);
    if (std::min(below, count - below) >= thinnest_tail) row.reference = normal_quantile(row.probability);
    row.density = static_cast<double>(inside) / (static_cast<double>(count) * (quantile - from));
    rows.push_back(row);
    from = quantile;
  }
  return rows;
}

std::vector<CurveRow> covariance_rows(MatrixEstimate const& whitened, Eigen::MatrixXd const& root,
                                      std::vector<std::string> const& components, double alpha) {
  auto const r = static_cast<Eigen::Index>(components.size());
  Eigen::MatrixXd scaled = root;
  for (Eigen::Index a = 0; a < r; ++a) scaled.row(a).normalize();
  if (whitened.count < 2 || !scaled.allFinite() || !whitened.contribution_covariance.allFinite()) return {};
  auto const error = congruent(minus(whitened, Eigen::MatrixXd::Identity(r, r)), scaled);

  bool const with_covariances = r <= 3;
  auto const entries = static_cast<double>(with_covariances ? r * (r + 1) / 2 : r);
  std::vector<CurveRow> rows;
  Eigen::Index place = 0;  // of the entry among the coordinates
  for (Eigen::Index a = 0; a < r; ++a)
    for (Eigen::Index b = 0; b <= a; ++b, ++place) {
      if (a != b && !with_covariances) continue;
      // Coordinates off the diagonal are the entries times sqrt(2).
      double const variance = error.contribution_covariance(place, place) / (a == b ? 1 : 2);
      auto const interval = mean_interval({error.value(a, b), std::max(variance, 0.0), error.count}, alpha / entries);
      CurveRow row;
      row.quantity = Quantity::covariance;
      row.component = components[static_cast<std::size_t>(b)];
      if (a != b) row.component += ", " + components[static_cast<std::size_t>(a)];
      row.replicates = error.count;
      row.value = interval.estimate;
      row.lower = interval.lower;
      row.upper = interval.upper;
      rows.push_back(row);
    }
  return rows;
}

}  // namespace fisherlab::claims
