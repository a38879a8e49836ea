#include "runs/diagnosis/goodness_statistics.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "runs/diagnosis/law_cdf.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

/// Anderson-Darling, Cramer-von Mises and Kolmogorov of u_(1) <= ... <= u_(n) against the uniform law.
std::vector<double> of_uniforms(std::vector<double> const& u) {
  auto const n = static_cast<double>(u.size());
  double log_sum = 0, squares = 1 / (12 * n), largest = 0;
  for (std::size_t i = 0; i < u.size(); ++i) {
    // A datum on the end of the support tells of how the end was found, not of the law.
    auto const clamped = [n](double x) { return x <= 0 ? 0.5 / n : std::clamp(x, 1e-300, 1 - 1e-16); };
    double const k = static_cast<double>(i);
    log_sum += (2 * k + 1) * (std::log(clamped(u[i])) + std::log1p(-clamped(u[u.size() - 1 - i])));
    squares += std::pow(u[i] - (k + 0.5) / n, 2);
    largest = std::max({largest, u[i] - k / n, (k + 1) / n - u[i]});
  }
  return {-n - log_sum / n, squares, largest};
}

/// Probabilities of the cells of counts.
std::vector<double> cell_masses(sim::BatchModel const& model, std::span<double const> theta,
                                std::vector<double> const& edges, double last) {
  std::vector<double> mass(edges.size() + 1, 0.0);
  double total = 0;
  std::size_t cell = 0;
  auto const masses = law_masses(model, theta, static_cast<std::size_t>(last));
  for (std::size_t k = 0; k < masses.size(); ++k) {
    while (cell < edges.size() && static_cast<double>(k) >= edges[cell]) ++cell;
    mass[cell] += masses[k];
    total += masses[k];
  }
  mass.back() += std::max(1 - total, 0.0);
  return mass;
}

/// Edges such that each cell is expected to hold five of n counts or more.
std::vector<double> edges_of_cells(sim::BatchModel const& model, std::span<double const> theta, double n, double last) {
  std::vector<double> edges;
  double gathered = 0, total = 0;
  auto const masses = law_masses(model, theta, static_cast<std::size_t>(last));
  for (std::size_t k = 0; k < masses.size(); ++k) {
    gathered += masses[k];
    total += masses[k];
    if (n * gathered >= 5 && n * (1 - total) >= 5) {
      edges.push_back(static_cast<double>(k + 1));
      gathered = 0;
    }
  }
  return edges;
}

}  // namespace

double dispersion(sim::BatchModel const& model, std::span<double const> values, std::span<double const> theta) {
  auto const variance = model.offers().properties.value({sim::Quantity::Kind::variance, 0}, theta);
  if (!variance || !(variance->value > 0)) return 0;
  auto const n = static_cast<double>(values.size());
  double const mean = std::accumulate(values.begin(), values.end(), 0.0) / n;
  double squares = 0;
  for (double const x : values) squares += (x - mean) * (x - mean);
  return squares / (n - 1) / variance->value;
}

double grid_of(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  double step = 0;
  std::size_t distinct = 1;
  for (std::size_t i = 1; i < values.size(); ++i) {
    double const gap = values[i] - values[i - 1];
    if (!(gap > 0)) continue;
    ++distinct;
    step = step == 0 ? gap : std::min(step, gap);
  }
  bool const has_ties = 10 * distinct < 9 * values.size();
  if (!has_ties || step == 0) return 0;
  auto const is_multiple = [step](double x) { return std::fabs(x / step - std::round(x / step)) < 1e-6; };
  return std::all_of(values.begin(), values.end(), is_multiple) ? step : 0;
}

DistanceStatistics::DistanceStatistics(sim::BatchModel const& model, std::vector<double> const& values,
                                       std::span<double const> theta)
    : model_(model) {
  if (!is_discrete(model)) {
    if (law_cdf(model, theta)) names_ = {"Anderson-Darling", "Cramer-von Mises", "Kolmogorov"};
    return;
  }
  double const largest = *std::max_element(values.begin(), values.end());
  constexpr double most_counts = 20'000;
  auto const p = static_cast<std::size_t>(model.parameter_count());
  if (3 * largest <= most_counts) {  // beyond, the cells would take long to sum
    last_ = 3 * largest + 30;
    edges_ = edges_of_cells(model, theta, static_cast<double>(values.size()), last_);
  }
  if (edges_.size() > p) names_.emplace_back("chi-square");
  bool const is_dispersed = values.size() > 2 && largest > 1 && dispersion(model, values, theta) > 0;
  if (is_dispersed && p == 1) names_.emplace_back("dispersion");
}

std::vector<double> DistanceStatistics::of_counts(std::vector<double> const& values,
                                                  std::span<double const> theta) const {
  std::vector<double> result;
  auto const n = static_cast<double>(values.size());
  for (auto const& name : names_) {
    if (name == "dispersion") {
      // Both sides alike: the cube root of a chi-squared over its degrees is nearly normal (Wilson and Hilferty 1931).
      result.push_back(std::fabs(std::cbrt(dispersion(model_, values, theta)) - 1 + 2 / (9 * (n - 1))));
      continue;
    }
    auto const mass = cell_masses(model_, theta, edges_, last_);
    std::vector<double> counts(mass.size(), 0.0);
    for (double const x : values)
      counts[static_cast<std::size_t>(std::upper_bound(edges_.begin(), edges_.end(), x) - edges_.begin())] += 1;
    double sum = 0;
    for (std::size_t k = 0; k < mass.size(); ++k)
      sum += std::pow(counts[k] - n * mass[k], 2) / std::max(n * mass[k], 1e-12);
    result.push_back(sum);
  }
  return result;
}

std::vector<double> DistanceStatistics::of(std::vector<double>& values, std::span<double const> theta) const {
  if (names_.empty()) return {};
  if (is_discrete(model_)) return of_counts(values, theta);
  auto const cdf = law_cdf(model_, theta);
  std::sort(values.begin(), values.end());
  std::vector<double> u;
  u.reserve(values.size());
  for (double const x : values) u.push_back(cdf(x));
  return of_uniforms(u);
}

double on_grid(double x, double grid, sim::BatchModel const& model) {
  if (!(grid > 0)) return x;
  double const rounded = grid * std::round(x / grid);
  return model.in_support({&rounded, 1}) ? rounded : rounded + std::copysign(grid, x - rounded);
}

}  // namespace fisherlab::runs
