#include "claims/instruments/exact/constants.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

#include "base/hash.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream_key.hpp"
#include "sim/sample.hpp"

namespace fisherlab::claims {
namespace {

using sim::Lanes;

constexpr int batches = 16;
constexpr std::int64_t most_observations = 8;
constexpr std::array<double, 5> rare_values = {0, 1, 2, 3, 7};

/// Draws, and the same with one coordinate of the first observation replaced.
std::vector<sim::Sample> points_of(Law const& data, std::int64_t n) {
  std::vector<sim::Sample> points;
  auto const dimension = data.model->dimension();
  for (int k = 0; k < batches; ++k) {
    sim::Sample sample(std::min(n, most_observations), dimension);
    data.model->draw(data.theta, {0, stable_hash("constants"), static_cast<std::uint64_t>(k * sim::lane_count)},
                     sample);
    points.push_back(sample);
  }
  sim::Sample const drawn = points.front();
  for (int d = 0; d < dimension; ++d)
    for (double const value : rare_values) {
      sim::Sample changed = drawn;
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        std::vector<double> observation;
        for (int c = 0; c < dimension; ++c) observation.push_back(c == d ? value : drawn(0, c)[lane]);
        if (data.model->in_support(observation)) changed(0, d).set(lane, value);
      }
      points.push_back(changed);
    }
  return points;
}

/// Evaluations of a vector, one row a point, and the size of the terms that each is made of; those that are not finite
/// are left out.
class Evaluations {
 public:
  void add(std::vector<Lanes> const& values, std::vector<Lanes> const& terms) {
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      auto const row = row_of(values, lane);
      if (!row.allFinite()) continue;
      rows_.push_back(row);
      sizes_.push_back(row_of(terms, lane).norm());
    }
  }
  void add(std::vector<Lanes> const& values) { add(values, values); }

  /// Whether a'y agrees everywhere, to 1e-9 of 1, the unit of whitened derivatives, and to the rounding of the terms of
  /// the two that are compared: one far point with giant terms says nothing of the others.
  bool agree_along(Eigen::VectorXd const& a) const {
    if (rows_.empty()) return false;
    double const first = a.dot(rows_.front());
    for (std::size_t k = 0; k < rows_.size(); ++k) {
      double const rounding = a.norm() * (1e-9 + 1e-12 * (sizes_.front() + sizes_[k]));
      if (!(std::fabs(a.dot(rows_[k]) - first) <= rounding)) return false;
    }
    return true;
  }

 private:
  static Eigen::VectorXd row_of(std::vector<Lanes> const& values, int lane) {
    Eigen::VectorXd row(static_cast<Eigen::Index>(values.size()));
    for (std::size_t k = 0; k < values.size(); ++k) row(static_cast<Eigen::Index>(k)) = values[k][lane];
    return row;
  }

  std::vector<Eigen::VectorXd> rows_;
  std::vector<double> sizes_;
};

ConstantAlong along_vector(Evaluations evaluations) {
  auto const kept = std::make_shared<Evaluations const>(std::move(evaluations));
  return [kept](Eigen::VectorXd const& u) { return kept->agree_along(u); };
}

ConstantAlong along_matrix(Evaluations evaluations) {
  auto const kept = std::make_shared<Evaluations const>(std::move(evaluations));
  return [kept](Eigen::VectorXd const& u) { return kept->agree_along(iso_vech(u * u.transpose())); };
}

}  // namespace

Constants constants_of(Setting const& setting, std::int64_t n) {
  auto const& law = setting.model;
  auto const p = law.theta.size();
  auto const q = sim::packed_size(p);
  auto const whitening = score_whitening(law);
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  std::vector<Lanes> score(p), outer(q), hessian(q), white(p), of_outer(q), of_hessian(q), difference(q);
  Evaluations scores, outers, hessians, differences;
  for (auto const& sample : points_of(setting.data, n)) {
    law.model->score_products(sample, theta.data(), score.data(), outer.data(), hessian.data());
    whitening.apply(score.data(), white.data());
    whitening.congruent_iso_vech(outer.data(), of_outer.data());
    whitening.congruent_iso_vech(hessian.data(), of_hessian.data());
    for (std::size_t k = 0; k < q; ++k) difference[k] = of_outer[k] + of_hessian[k];
    scores.add(white);
    outers.add(of_outer);
    hessians.add(of_hessian);
    differences.add(difference, of_outer);
  }
  return {along_vector(std::move(scores)), along_matrix(std::move(outers)), along_matrix(std::move(hessians)),
          along_matrix(std::move(differences))};
}

ConstantAlong constant_curvature(Setting const& setting, std::int64_t n) {
  auto const& law = setting.model;
  auto const whitening = score_whitening(law);
  std::vector<Lanes> packed(sim::packed_size(law.theta.size())), matrix(packed.size());
  Evaluations curvatures;
  for (auto const& sample : points_of(setting.data, n)) {
    law.model->offers().density_curvature(sample, law.theta, packed.data());
    whitening.congruent_iso_vech(packed.data(), matrix.data());
    curvatures.add(matrix);
  }
  return along_matrix(std::move(curvatures));
}

}  // namespace fisherlab::claims
