#include "reports/tables/influence_summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <tuple>

#include "base/text/number.hpp"

namespace fisherlab::reports {
namespace {
using Vector = Eigen::VectorXd;

constexpr std::size_t most_listed = 5;

std::optional<Agreement> agreement_of(std::vector<InfluenceRow const*> const& pairs) {
  if (pairs.size() < 3) return std::nullopt;
  auto const count = static_cast<Eigen::Index>(pairs.size());
  Vector predicted(count), actual(count);
  for (Eigen::Index i = 0; i < count; ++i) {
    predicted[i] = pairs[static_cast<std::size_t>(i)]->predicted;
    actual[i] = *pairs[static_cast<std::size_t>(i)]->actual;
  }
  return agreement(predicted, actual);
}

/// The first rows in that order of which the change has that sign.
std::string listed(std::vector<InfluenceRow const*> rows, int sign) {
  std::stable_sort(rows.begin(), rows.end(),
                   [&](auto const* a, auto const* b) { return sign * a->predicted > sign * b->predicted; });
  std::string text;
  for (std::size_t k = 0; k < std::min(rows.size(), most_listed) && sign * rows[k]->predicted > 0; ++k)
    text +=
        fmt::format("{}{} ({})", text.empty() ? "" : ", ", rows[k]->train_index, rounded_text(rows[k]->predicted, 3));
  return text;
}

}  // namespace

std::vector<InfluenceSummary> influence_summaries(std::span<InfluenceRow const> rows) {
  auto const key = [](InfluenceRow const& r) {
    return std::tie(r.data, r.model, r.n, r.p, r.l2, r.convention, r.solver, r.split, r.test_point);
  };
  std::map<decltype(key(rows[0])), std::size_t> places;
  std::vector<std::vector<InfluenceRow const*>> groups;
  for (auto const& row : rows) {
    auto const [place, is_new] = places.try_emplace(key(row), groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(&row);
  }
  std::vector<InfluenceSummary> summaries;
  for (auto const& group : groups) {
    std::vector<InfluenceRow const*> pairs, ranked;
    for (auto const* row : group) {
      if (row->actual && std::isfinite(*row->actual) && std::isfinite(row->predicted)) pairs.push_back(row);
      if (std::isfinite(row->predicted)) ranked.push_back(row);
    }
    summaries.push_back({*group.front(), static_cast<int>(group.size()), static_cast<int>(pairs.size()),
                         agreement_of(pairs), listed(ranked, -1), listed(ranked, 1)});
  }
  return summaries;
}

}  // namespace fisherlab::reports
