#include "runs/diagnosis/censored/npmle.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace fisherlab::runs {
namespace {

using estimators::CensoredSample;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double settled = 1e-7;
constexpr int most_steps = 1000;

std::vector<NpmlePiece> kaplan_meier(CensoredSample const& sample) {
  auto const n = sample.times.size();
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return sample.times[a] < sample.times[b]; });
  std::vector<NpmlePiece> pieces;
  double survival = 1, last = 0;
  for (std::size_t k = 0; k < n;) {
    last = sample.times[order[k]];
    auto const at_risk = static_cast<double>(n - k);
    double ends = 0;
    for (; k < n && sample.times[order[k]] == last; ++k) ends += sample.is_observed[order[k]] != 0;
    if (ends == 0) continue;
    double const next = survival * (1 - ends / at_risk);
    pieces.push_back({last, last, 1 - survival, 1 - next});
    survival = next;
  }
  if (survival > 1e-12) pieces.push_back({last, infinity, 1 - survival, 1});
  return pieces;
}

/// An end of an interval; the order of those at one value: where an exact value begins, where intervals (l, u] and
/// exact values end, where (l, u] begins.
struct End {
  double value;
  int rank;
  bool is_upper() const { return rank == 1; }
  friend bool operator<(End const& a, End const& b) { return a.value != b.value ? a.value < b.value : a.rank < b.rank; }
};

/// The innermost intervals, on which alone the estimate has mass: a lower end that an upper one follows.
struct Cell {
  End lower, upper;
};
std::vector<Cell> cells_of(CensoredSample const& sample) {
  std::vector<End> ends;
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    ends.push_back({sample.times[i], sample.is_observed[i] != 0 ? 0 : 2});
    ends.push_back({sample.upper(i), 1});
  }
  std::sort(ends.begin(), ends.end());
  std::vector<Cell> cells;
  for (std::size_t k = 1; k < ends.size(); ++k)
    if (!ends[k - 1].is_upper() && ends[k].is_upper()) cells.push_back({ends[k - 1], ends[k]});
  return cells;
}

/// The cells first, ... last - 1 that an observation may lie in.
struct Reach {
  std::size_t first, last;
};

/// One step of self-consistency: each observation spreads its share over its cells by their mass. Returns the largest
/// move of a mass.
double step(std::vector<Reach> const& reaches, std::vector<double>& mass) {
  std::vector<double> below(mass.size() + 1, 0), factor(mass.size() + 1, 0);
  for (std::size_t j = 0; j < mass.size(); ++j) below[j + 1] = below[j] + mass[j];
  for (auto const& [first, last] : reaches) {
    double const share = 1 / (static_cast<double>(reaches.size()) * (below[last] - below[first]));
    factor[first] += share;
    factor[last] -= share;
  }
  double sum = 0, moved = 0;
  for (std::size_t j = 0; j < mass.size(); ++j) {
    sum += factor[j];
    moved = std::max(moved, std::fabs(mass[j] * sum - mass[j]));
    mass[j] *= sum;
  }
  return moved;
}

}  // namespace

std::vector<NpmlePiece> turnbull(CensoredSample const& sample) {
  auto const cells = cells_of(sample);
  std::vector<Reach> reaches;
  for (std::size_t i = 0; i < sample.times.size(); ++i) {
    End const lower{sample.times[i], sample.is_observed[i] != 0 ? 0 : 2}, upper{sample.upper(i), 1};
    auto const first = std::lower_bound(cells.begin(), cells.end(), lower,
                                        [](Cell const& cell, End const& end) { return cell.lower < end; });
    auto const last =
        std::upper_bound(first, cells.end(), upper, [](End const& end, Cell const& cell) { return end < cell.upper; });
    reaches.push_back(
        {static_cast<std::size_t>(first - cells.begin()), static_cast<std::size_t>(last - cells.begin())});
  }
  std::vector<double> mass(cells.size(), 1 / static_cast<double>(cells.size()));
  for (int k = 0; k < most_steps && step(reaches, mass) > settled; ++k) {
  }
  std::vector<NpmlePiece> pieces;
  double below = 0;
  for (std::size_t j = 0; j < cells.size(); ++j) {
    double const above = j + 1 == cells.size() ? 1 : below + mass[j];
    pieces.push_back({cells[j].lower.value, cells[j].upper.value, below, above});
    below = above;
  }
  return pieces;
}

std::vector<NpmlePiece> npmle(CensoredSample const& sample) {
  return sample.uppers.empty() ? kaplan_meier(sample) : turnbull(sample);
}

}  // namespace fisherlab::runs
