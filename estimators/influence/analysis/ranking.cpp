#include "estimators/influence/analysis/ranking.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace fisherlab::estimators::influence {
namespace {

constexpr std::size_t most_named = 5;
constexpr std::size_t most_suspects = 10;

}  // namespace

std::vector<int> ranked(Vector const& key) {
  std::vector<int> rows(static_cast<std::size_t>(key.size()));
  std::iota(rows.begin(), rows.end(), 0);
  std::stable_sort(rows.begin(), rows.end(), [&](int a, int b) { return key[a] > key[b]; });
  return rows;
}

std::vector<int> NamedRows::all() const {
  std::vector<int> rows = harmful;
  rows.insert(rows.end(), helpful.begin(), helpful.end());
  rows.insert(rows.end(), suspects.begin(), suspects.end());
  std::sort(rows.begin(), rows.end());
  rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
  return rows;
}

NamedRows named_rows(Vector const& effects, Vector const& self_influence) {
  NamedRows named;
  auto const order = ranked(-effects);  // the most harmful first
  for (std::size_t k = 0; k < order.size() && k < most_named; ++k) {
    int const low = order[k], high = order[order.size() - 1 - k];
    if (effects[low] < 0) named.harmful.push_back(low);
    if (effects[high] > 0) named.helpful.push_back(high);
  }
  named.suspects = ranked(self_influence);
  named.suspects.resize(std::min(named.suspects.size(), most_suspects));
  return named;
}

}  // namespace fisherlab::estimators::influence
