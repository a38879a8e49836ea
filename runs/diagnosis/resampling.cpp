#include "runs/diagnosis/resampling.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/hash.hpp"
#include "base/special/distributions.hpp"
#include "estimators/mle.hpp"
#include "estimators/std_errors.hpp"
#include "runs/resume/stages.hpp"
#include "sim/engine/engine.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t resamples = 2000;

using Matrix = std::vector<std::vector<double>>;

/// Row-wise product of the inverse of `h` with `b`, by elimination; empty where h is singular.
Matrix solved(Matrix h, Matrix b) {
  std::size_t const p = h.size();
  for (std::size_t k = 0; k < p; ++k) {
    std::size_t pivot = k;
    for (std::size_t i = k; i < p; ++i)
      if (std::fabs(h[i][k]) > std::fabs(h[pivot][k])) pivot = i;
    if (!(std::fabs(h[pivot][k]) > 0)) return {};
    std::swap(h[k], h[pivot]);
    std::swap(b[k], b[pivot]);
    for (std::size_t i = 0; i < p; ++i) {
      if (i == k) continue;
      double const factor = h[i][k] / h[k][k];
      for (std::size_t j = 0; j < p; ++j) h[i][j] -= factor * h[k][j];
      for (std::size_t j = 0; j < b[i].size(); ++j) b[i][j] -= factor * b[k][j];
    }
  }
  for (std::size_t k = 0; k < p; ++k)
    for (double& x : b[k]) x /= h[k][k];
  return b;
}

Matrix unpacked(std::vector<sim::Lanes> const& packed, std::size_t p, double sign) {
  Matrix result(p, std::vector<double>(p));
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b < p; ++b) result[a][b] = sign * packed[sim::packed_index(a, b)][0];
  return result;
}

Matrix transposed(Matrix const& m) {
  Matrix result(m.size(), std::vector<double>(m.size()));
  for (std::size_t a = 0; a < m.size(); ++a)
    for (std::size_t b = 0; b < m.size(); ++b) result[a][b] = m[b][a];
  return result;
}

}  // namespace

std::vector<double> sandwich_std_errors(FittedData const& fitted, std::vector<double> const& values) {
  auto const theta = fitted.law().theta;
  auto const p = theta.size(), q = sim::packed_size(p);
  sim::Sample sample(static_cast<std::int64_t>(values.size()), 1);
  for (std::size_t i = 0; i < values.size(); ++i) sample(static_cast<std::int64_t>(i)) = values[i];
  std::vector<sim::Lanes> t(theta.begin(), theta.end()), score(p), outer(q), hessian(q);
  fitted.model->score_products(sample, t.data(), score.data(), outer.data(), hessian.data());
  auto const h = unpacked(hessian, p, -1);
  auto const half = solved(h, unpacked(outer, p, 1));
  auto const whole = half.empty() ? Matrix() : solved(h, transposed(half));
  std::vector<double> result;
  for (std::size_t a = 0; a < p; ++a)
    result.push_back(whole.empty() ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(whole[a][a]));
  return result;
}

void resample(FittedData const& fitted, std::vector<double> const& values, GoodnessSettings const& settings,
              Goodness& result) {
  auto const theta = fitted.law().theta;
  auto const p = theta.size();
  auto const n = static_cast<std::int64_t>(values.size());
  double const z = normal_quantile(0.5 + 0.5 * settings.level);
  auto const stream_id = stable_hash("resampled rows");
  std::vector<double> sum(p), squares(p), held(p);
  double count = 0;
  sim::Sample sample(n, 1);
  std::vector<sim::Lanes> estimate(p), errors(p);
  std::int64_t const all = n <= 50'000 ? resamples : 200;
  std::int64_t r = 0;
  Stage const stage(
      settings.stages,
      [&](Packer& packer) {
        packer.put(r);
        packer.put(count);
        for (auto const* sums : {&sum, &squares, &held}) packer.put(*sums);
      },
      [&](Unpacker& unpacker) {
        unpacker.take(r);
        Unpacker::expect(r >= 0 && r % sim::lane_count == 0);
        unpacker.take(count);
        for (auto* sums : {&sum, &squares, &held}) {
          unpacker.take(*sums);
          Unpacker::expect(sums->size() == p);
        }
      });
  for (; r < all; r += sim::lane_count) {
    stage.advance();
    if (settings.stop && settings.stop()) throw sim::Interrupted();
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      sim::ScalarStream stream({settings.seed, stream_id, static_cast<std::uint64_t>(r + lane)});
      for (std::int64_t i = 0; i < n; ++i) {
        auto const row = static_cast<std::size_t>(stream.open_uniform() * static_cast<double>(n));
        sample(i).set(lane, values[std::min(row, values.size() - 1)]);
      }
    }
    auto const found = estimators::fit(*fitted.model, sample, estimate.data()).found;
    estimators::expected_std_errors(*fitted.model, n, estimate.data(), errors.data());
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      if ((found >> lane & 1u) == 0) continue;
      count += 1;
      for (std::size_t a = 0; a < p; ++a) {
        double const error = estimate[a][lane] - theta[a];
        sum[a] += error;
        squares[a] += error * error;
        held[a] += std::fabs(error) <= z * errors[a][lane];
      }
    }
  }
  for (std::size_t a = 0; a < p && count > 1; ++a) {
    result.resampled.push_back(std::sqrt((squares[a] - sum[a] * sum[a] / count) / (count - 1)));
    result.wald_resampled.push_back(held[a] / count);
  }
}

}  // namespace fisherlab::runs
