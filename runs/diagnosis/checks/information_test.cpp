#include "runs/diagnosis/checks/information_test.hpp"

#include <Eigen/Core>
#include <cmath>

#include "base/dense/cholesky.hpp"
#include "base/dense/symmetric.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {
namespace {

constexpr double negligible = 1e-8;      ///< variance over the largest one
constexpr double no_variance = 1e-18;    ///< of a ratio times sqrt(n), where J and H agree up to rounding
constexpr std::size_t least_count = 50;  ///< samples

Eigen::MatrixXd unpacked(std::vector<sim::Lanes> const& packed, std::size_t p, int lane, double sign) {
  Eigen::MatrixXd result(p, p);
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b < p; ++b)
      result(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) = sign * packed[sim::packed_index(a, b)][lane];
  return result;
}

std::vector<double> ratio_of(Eigen::MatrixXd const& outer, Eigen::MatrixXd const& curvature, double root_n) {
  if (!outer.allFinite() || !curvature.allFinite()) return {};
  Cholesky const factor(curvature);
  if (!factor.positive_definite()) return {};
  Eigen::MatrixXd const half = factor.solve_lower(outer);
  auto const system = eigensystem(factor.solve_lower(Eigen::MatrixXd(half.transpose())));
  if (!(system.values[0] > 1e-10 * system.values[system.values.size() - 1])) return {};
  Eigen::MatrixXd const logarithm =
      system.vectors * system.values.array().log().matrix().asDiagonal() * system.vectors.transpose();
  std::vector<double> result;
  for (Eigen::Index a = 0; a < logarithm.rows(); ++a)
    for (Eigen::Index b = 0; b <= a; ++b) result.push_back(root_n * logarithm(a, b));
  return result;
}

Eigen::MatrixXd full(std::vector<double> const& packed, std::size_t p) {
  Eigen::MatrixXd result(p, p);
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b < p; ++b)
      result(static_cast<Eigen::Index>(a), static_cast<Eigen::Index>(b)) = packed[sim::packed_index(a, b)];
  return result;
}

Eigen::VectorXd as_vector(std::vector<double> const& x) {
  return Eigen::Map<Eigen::VectorXd const>(x.data(), static_cast<Eigen::Index>(x.size()));
}

}  // namespace

std::vector<std::vector<double>> information_ratios(sim::BatchModel const& model, sim::Sample const& sample,
                                                    std::vector<sim::Lanes> const& estimate, int lanes) {
  auto const p = estimate.size(), q = sim::packed_size(p);
  std::vector<sim::Lanes> score(p), outer(q), hessian(q);
  model.score_products(sample, estimate.data(), score.data(), outer.data(), hessian.data());
  std::vector<std::vector<double>> result;
  double const root_n = std::sqrt(static_cast<double>(sample.n()));
  for (int lane = 0; lane < lanes; ++lane)
    result.push_back(ratio_of(unpacked(outer, p, lane, 1), unpacked(hessian, p, lane, -1), root_n));
  return result;
}

std::vector<double> information_ratio(InformationPair const& pair, std::int64_t n) {
  return ratio_of(full(pair.products, pair.parameters), full(pair.curvature, pair.parameters),
                  std::sqrt(static_cast<double>(n)));
}

std::optional<PlacedStatistic> information_test(std::vector<double> const& of_data,
                                                std::vector<std::vector<double>> const& of_samples) {
  if (of_data.empty()) return {};
  std::vector<Eigen::VectorXd> known;
  for (auto const& r : of_samples)
    if (!r.empty()) known.push_back(as_vector(r));
  if (known.size() < least_count) return {};
  auto const count = static_cast<double>(known.size());
  auto const q = static_cast<Eigen::Index>(of_data.size());
  Eigen::VectorXd mean = Eigen::VectorXd::Zero(q);
  for (auto const& r : known) mean += r / count;
  Eigen::MatrixXd covariance = Eigen::MatrixXd::Zero(q, q);
  for (auto const& r : known) covariance += (r - mean) * (r - mean).transpose() / (count - 1);
  auto const system = eigensystem(covariance);
  double const largest = system.values[q - 1];
  if (!(largest > no_variance)) return {};
  auto const form = [&](Eigen::VectorXd const& r) {
    Eigen::VectorXd const along = system.vectors.transpose() * (r - mean);
    double sum = 0;
    for (Eigen::Index k = 0; k < q; ++k)
      if (system.values[k] > negligible * largest) sum += along[k] * along[k] / system.values[k];
    return sum;
  };
  double const observed = form(as_vector(of_data));
  double as_large = 0;
  for (auto const& r : known) as_large += !(form(r) < observed - 1e-12);
  return PlacedStatistic{observed, (as_large + 1) / (count + 1)};
}

}  // namespace fisherlab::runs
