#include "runs/calibration/features.hpp"

#include <cmath>
#include <cstddef>
#include <utility>

#include "base/dense/symmetric.hpp"

namespace fisherlab::runs {
namespace {

using Eigen::Index;
using Eigen::MatrixXd;
using Eigen::VectorXd;

/// The noted numbers of all probes of a scenario, one column a draw.
MatrixXd noted_numbers(StoredScenario const& scenario) {
  Index rows = 0;
  for (auto const& noted : scenario.noted) rows += noted->shape.values + noted->shape.successes;
  MatrixXd numbers = MatrixXd::Zero(rows, scenario.count);
  Index row = 0;
  auto const take = [&](std::vector<sim::Lanes> const& all, Index width, sim::NotedDraws const& noted) {
    for (Index a = 0; a < width; ++a, ++row)
      for (Index i = 0; i < scenario.count; ++i) {
        auto const batch = static_cast<std::size_t>(i / sim::lane_count);
        int const lane = static_cast<int>(i % sim::lane_count);
        double const centre = &all == &noted.values ? noted.centre[static_cast<std::size_t>(a)] : 0.0;
        numbers(row, i) = noted.used[batch][lane] *
                          (all[batch * static_cast<std::size_t>(width) + static_cast<std::size_t>(a)][lane] - centre);
      }
  };
  for (auto const& noted : scenario.noted) {
    take(noted->values, noted->shape.values, *noted);
    take(noted->successes, noted->shape.successes, *noted);
  }
  return numbers;
}

/// Rows of mean 0 and covariance 1 that span the same; those that others determine are left out.
MatrixXd whitened(MatrixXd numbers) {
  auto const count = static_cast<double>(numbers.cols());
  numbers.colwise() -= numbers.rowwise().mean().eval();
  for (Index a = 0; a < numbers.rows(); ++a) {
    double const sd = std::sqrt(numbers.row(a).squaredNorm() / count);
    if (sd > 0) numbers.row(a) /= sd;
  }
  auto const system = eigensystem(numbers * numbers.transpose() / count);
  std::vector<Index> kept;
  for (Index k = 0; k < system.values.size(); ++k)
    if (system.values[k] > 1e-9) kept.push_back(k);
  MatrixXd result(static_cast<Index>(kept.size()), numbers.cols());
  for (std::size_t k = 0; k < kept.size(); ++k)
    result.row(static_cast<Index>(k)) =
        system.vectors.col(kept[k]).transpose() * numbers / std::sqrt(system.values[kept[k]]);
  return result;
}

}  // namespace

Features linear_features(StoredScenario const& scenario) {
  auto z = whitened(noted_numbers(scenario));
  auto const rows = z.rows(), draws = z.cols();
  return {std::move(z), rows, std::vector<double>(static_cast<std::size_t>(draws), 1.0 / static_cast<double>(draws))};
}

Features with_products(Features const& linear) {
  auto const& z = linear.values;
  std::vector<VectorXd> rows;
  for (Index a = 0; a < z.rows(); ++a) rows.emplace_back(z.row(a).transpose());
  if (z.rows() <= 5)
    for (Index a = 0; a < z.rows(); ++a)
      for (Index b = 0; b <= a; ++b) rows.emplace_back(z.row(a).cwiseProduct(z.row(b)).transpose());
  if (z.rows() == 1)
    for (int power = 3; power <= 4; ++power) rows.emplace_back(z.row(0).array().pow(power).matrix().transpose());
  Features features{MatrixXd(static_cast<Index>(rows.size()), z.cols()), linear.linear, linear.law};
  for (std::size_t k = 0; k < rows.size(); ++k) {
    VectorXd row = rows[k].array() - rows[k].mean();
    double const sd = std::sqrt(row.squaredNorm() / static_cast<double>(row.size()));
    features.values.row(static_cast<Index>(k)) = row.transpose() / (sd > 0 ? sd : 1.0);
  }
  return features;
}

}  // namespace fisherlab::runs
