#include "estimators/rows/rows_model.hpp"

#include <algorithm>
#include <span>

#include "sim/models/interface/theta.hpp"

namespace fisherlab::estimators {
namespace {

using sim::lane_count;
using sim::Lanes;

constexpr std::int64_t tile_rows = 1024;
constexpr std::int64_t start_rows = 10'000;  ///< of each lane, from which a search takes its start

bool is_one_value(Lanes const& x) {
  for (int lane = 1; lane < lane_count; ++lane)
    if (!(x[lane] == x[0])) return false;
  return true;
}

Lanes sum_of_lanes(Lanes const& x) {
  double sum = 0;
  for (int lane = 0; lane < lane_count; ++lane) sum += x[lane];
  return sum;
}

sim::Sample in_all_lanes(std::vector<double> const& rows) {
  sim::Sample sample(static_cast<std::int64_t>(rows.size()), 1);
  for (std::size_t i = 0; i < rows.size(); ++i) sample(static_cast<std::int64_t>(i)) = rows[i];
  return sample;
}

}  // namespace

RowsModel::RowsModel(sim::BatchModel const& model, std::vector<double> const& rows)
    : model_(model), n_(static_cast<std::int64_t>(rows.size())), lanes_(n_ / lane_count, 1), offers_(model.offers()) {
  for (std::int64_t i = 0; i < lanes_.n(); ++i)
    for (int lane = 0; lane < lane_count; ++lane)
      lanes_(i).set(lane, rows[static_cast<std::size_t>(lane_count * i + lane)]);
  rest_.assign(rows.end() - n_ % lane_count, rows.end());
  auto const stride = std::max<std::int64_t>(1, lanes_.n() / start_rows);
  sim::Sample some((lanes_.n() + stride - 1) / stride, 1);
  for (std::int64_t i = 0; i < some.n(); ++i) some(i) = lanes_(i * stride);
  auto const p = static_cast<std::size_t>(parameter_count());
  // Of the first lane: all search from there.
  auto const spread = [p](Lanes* theta) {
    for (std::size_t a = 0; a < p; ++a) theta[a] = Lanes(theta[a][0]);
  };
  if (offers_.fit) {
    offers_.start = [this, spread, some](sim::Sample const&, int, Lanes* theta) {
      model_.offers().fit(some, theta);
      spread(theta);
    };
    offers_.start_count = 1;
    offers_.fit = {};
    offers_.totals = {};
  } else {
    offers_.start = [this, spread, some](sim::Sample const&, int which, Lanes* theta) {
      model_.offers().start(some, which, theta);
      spread(theta);
    };
  }
  if (offers_.settle)
    offers_.settle = [this](sim::Sample const&, Lanes* theta) { return model_.offers().settle(lanes_, theta); };
}

template <class Add>
void RowsModel::sum(Lanes const* theta, std::size_t count, Lanes* sums, Add const& add) const {
  std::fill_n(sums, count, Lanes(0.0));
  std::vector<Lanes> part(count);
  auto const take = [&](sim::Sample const& sample, bool is_split) {
    if (sample.n() == 0) return;
    add(sample, part.data());
    for (std::size_t k = 0; k < count; ++k) sums[k] += is_split ? sum_of_lanes(part[k]) : part[k];
  };
  auto const p = static_cast<std::size_t>(parameter_count());
  if (std::all_of(theta, theta + p, is_one_value)) {
    take(lanes_, true);
  } else {
    sim::Sample tile(tile_rows, 1);
    for (std::int64_t first = 0; first < lanes_.n(); first += tile_rows / lane_count) {
      auto const groups = std::min(lanes_.n() - first, tile_rows / lane_count);
      if (groups * lane_count != tile.n()) tile = sim::Sample(groups * lane_count, 1);
      for (std::int64_t i = 0; i < groups; ++i)
        for (int lane = 0; lane < lane_count; ++lane) tile(lane_count * i + lane) = Lanes(lanes_(first + i)[lane]);
      take(tile, false);
    }
  }
  take(in_all_lanes(rest_), false);
}

Lanes RowsModel::log_likelihood(sim::Sample const&, Lanes const* theta) const {
  Lanes result;
  sum(theta, 1, &result,
      [&](sim::Sample const& sample, Lanes* part) { part[0] = model_.log_likelihood(sample, theta); });
  return result;
}

Lanes RowsModel::derivatives(sim::Sample const&, Lanes const* theta, Lanes* score, Lanes* hessian) const {
  auto const p = static_cast<std::size_t>(parameter_count()), q = sim::packed_size(p);
  std::vector<Lanes> sums(1 + p + q);
  sum(theta, sums.size(), sums.data(), [&](sim::Sample const& sample, Lanes* part) {
    part[0] = model_.derivatives(sample, theta, part + 1, part + 1 + p);
  });
  std::copy_n(sums.begin() + 1, p, score);
  std::copy_n(sums.begin() + 1 + static_cast<std::ptrdiff_t>(p), q, hessian);
  return sums[0];
}

void RowsModel::score_products(sim::Sample const&, Lanes const* theta, Lanes* score, Lanes* outer,
                               Lanes* hessian) const {
  auto const p = static_cast<std::size_t>(parameter_count()), q = sim::packed_size(p);
  std::vector<Lanes> sums(p + 2 * q);
  sum(theta, sums.size(), sums.data(), [&](sim::Sample const& sample, Lanes* part) {
    model_.score_products(sample, theta, part, part + p, part + p + q);
  });
  std::copy_n(sums.begin(), p, score);
  std::copy_n(sums.begin() + static_cast<std::ptrdiff_t>(p), q, outer);
  std::copy_n(sums.begin() + static_cast<std::ptrdiff_t>(p + q), q, hessian);
}

}  // namespace fisherlab::estimators
