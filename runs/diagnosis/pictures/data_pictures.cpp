#include "runs/diagnosis/pictures/data_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "base/hash.hpp"
#include "estimators/profile.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"
#include "runs/diagnosis/law_cdf.hpp"
#include "runs/studies/parameters.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t most_bars = 60, most_points = 200, profile_points = 81;
constexpr std::int64_t quantile_samples = 400;

double at_share(std::vector<double> const& sorted, double share) {
  auto const place = share * static_cast<double>(sorted.size() - 1);
  auto const below = static_cast<std::size_t>(place);
  double const rest = place - static_cast<double>(below);
  return below + 1 < sorted.size() ? sorted[below] + rest * (sorted[below + 1] - sorted[below]) : sorted[below];
}

DensityPicture of_counts(FittedData const& fitted, std::vector<double> const& sorted) {
  DensityPicture picture{true, {}, {}};
  auto const law = fitted.law();
  double const least = sorted.front(), largest = sorted.back();
  double const step = std::max(1.0, std::ceil((largest - least + 1) / static_cast<double>(most_bars)));
  auto const masses = law_masses(*law.model, law.theta, static_cast<std::size_t>(largest + step) + 1);
  for (double from = least; from <= largest; from += step) {
    auto const count = std::lower_bound(sorted.begin(), sorted.end(), from + step) -
                       std::lower_bound(sorted.begin(), sorted.end(), from);
    picture.bars.push_back(
        {from - 0.5, from + step - 0.5, static_cast<double>(count) / static_cast<double>(sorted.size())});
    double mass = 0;
    for (double k = from; k < from + step; ++k) mass += masses[static_cast<std::size_t>(k)];
    picture.law.emplace_back(from + 0.5 * (step - 1), mass);
  }
  return picture;
}

}  // namespace

DensityPicture density_picture(FittedData const& fitted, std::vector<double> const& values) {
  auto sorted = values;
  std::sort(sorted.begin(), sorted.end());
  if (is_discrete(*fitted.model)) return of_counts(fitted, sorted);
  auto const law = fitted.law();
  double const low = sorted.front(), high = sorted.back(), n = static_cast<double>(sorted.size());
  double const width = 2 * (at_share(sorted, 0.75) - at_share(sorted, 0.25)) / std::cbrt(n);
  double const wanted = width > 0 ? std::ceil((high - low) / width) : 1;
  auto const bins = static_cast<std::size_t>(std::clamp(wanted, 4.0, static_cast<double>(most_bars)));
  double const step = (high - low) / static_cast<double>(bins);
  DensityPicture picture;
  for (std::size_t i = 0; i < bins; ++i)
    picture.bars.push_back({low + step * static_cast<double>(i), low + step * static_cast<double>(i + 1), 0});
  for (double const x : sorted)
    picture.bars[std::min(bins - 1, static_cast<std::size_t>((x - low) / step))].height += 1 / (n * step);
  for (int i = 0; i <= 200; ++i) {
    double const x = low - 0.15 * (high - low) + 1.3 * (high - low) * i / 200;
    if (!law.model->in_support({&x, 1})) continue;
    double const density = law_density(*law.model, law.theta, x);
    if (std::isfinite(density)) picture.law.emplace_back(x, density);
  }
  return picture;
}

std::vector<QuantilePoint> quantile_picture(FittedData const& fitted, std::vector<double> const& values,
                                            DiagnosisSettings const& settings) {
  auto sorted = values;
  std::sort(sorted.begin(), sorted.end());
  auto const law = fitted.law();
  auto const m = static_cast<std::size_t>(simulated_n(static_cast<std::int64_t>(sorted.size())));
  auto const count = std::min(m, most_points);
  auto const share = [&](std::size_t i) {
    return count > 1 ? static_cast<double>(i) / static_cast<double>(count - 1) : 0.5;
  };
  std::vector<std::vector<double>> drawn(count);
  sim::BlockWork work;
  work.last = quantile_samples / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    sim::Sample sample(static_cast<std::int64_t>(m), 1);
    law.model->draw(law.theta,
                    {settings.seed, stable_hash("quantiles"), static_cast<std::uint64_t>(block * sim::lane_count)},
                    sample);
    auto result = std::make_shared<std::vector<std::vector<double>>>(count);
    std::vector<double> one(m);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      for (std::size_t i = 0; i < m; ++i) one[i] = sample(static_cast<std::int64_t>(i))[lane];
      std::sort(one.begin(), one.end());
      for (std::size_t i = 0; i < count; ++i) (*result)[i].push_back(at_share(one, share(i)));
    }
    return result;
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<std::vector<std::vector<double>> const*>(result.get());
    for (std::size_t i = 0; i < count; ++i) drawn[i].insert(drawn[i].end(), part[i].begin(), part[i].end());
  };
  sim::run_blocks(work, settings.threads);
  std::vector<QuantilePoint> points;
  for (std::size_t i = 0; i < count; ++i) {
    std::sort(drawn[i].begin(), drawn[i].end());
    points.push_back(
        {at_share(drawn[i], 0.5), at_share(sorted, share(i)), at_share(drawn[i], 0.025), at_share(drawn[i], 0.975)});
  }
  return points;
}

std::vector<double> profile_places(estimators::FittedParameter const& parameter) {
  double low = parameter.estimate, high = low;
  for (auto const& i : intervals_of(parameter, nullptr)) {
    if (std::isfinite(i.on_data.lower)) low = std::min(low, i.on_data.lower);
    if (std::isfinite(i.on_data.upper)) high = std::max(high, i.on_data.upper);
  }
  double const room = 0.15 * (high - low);
  std::vector<double> places;
  for (std::size_t i = 0; i < profile_points; ++i)
    places.push_back(low - room +
                     (high - low + 2 * room) * static_cast<double>(i) / static_cast<double>(profile_points - 1));
  return places;
}

std::vector<std::pair<double, double>> profile_picture(FittedData const& fitted, std::vector<double> const& values,
                                                       std::size_t a) {
  auto const& parameter = fitted.fit.parameters[a];
  auto const places = profile_places(parameter);
  sim::Sample sample(static_cast<std::int64_t>(values.size()), 1);
  for (std::size_t i = 0; i < values.size(); ++i) sample(static_cast<std::int64_t>(i)) = values[i];
  auto const law = fitted.law();
  std::vector<sim::Lanes> const estimate(law.theta.begin(), law.theta.end());
  std::vector<std::pair<double, double>> points;
  for (std::size_t first = 0; first < profile_points; first += sim::lane_count) {
    sim::Lanes at = parameter.estimate;
    auto const is_inside = [&](double x) {
      auto theta = law.theta;
      theta[a] = x;
      return law.model->in_space(theta);
    };
    for (int lane = 0; lane < sim::lane_count; ++lane)
      if (auto const i = first + static_cast<std::size_t>(lane); i < places.size() && is_inside(places[i]))
        at.set(lane, places[i]);
    auto const ratio = estimators::profile_ratio(*law.model, sample, estimate.data(), fitted.fit.log_likelihood,
                                                 static_cast<int>(a), at)
                           .likelihood_ratio;
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      auto const i = first + static_cast<std::size_t>(lane);
      if (i < places.size() && is_inside(places[i]) && std::isfinite(ratio[lane]))
        points.emplace_back(places[i], ratio[lane]);
    }
  }
  return points;
}

std::vector<Bar> sampling_picture(ParameterDiagnosis const& diagnosis) {
  std::int64_t total = 0;
  for (auto const cell : diagnosis.law.cells) total += cell;
  std::vector<Bar> bars;
  constexpr double width = 0.2, reach = 4;
  for (int k = 0; k < static_cast<int>(std::lround(2 * reach / width)); ++k)
    bars.push_back({-reach + width * k, -reach + width * (k + 1), 0});
  for (int cell = 0; cell + 1 < sim::Histogram::cell_count; ++cell) {
    double const z = sim::Histogram::upper_edge(cell);
    auto const place = std::floor((z + reach) / width - 1e-9);
    if (place < 0 || place >= static_cast<double>(bars.size()) || total == 0) continue;
    bars[static_cast<std::size_t>(place)].height +=
        static_cast<double>(diagnosis.law.cells[static_cast<std::size_t>(cell)]) / (static_cast<double>(total) * width);
  }
  return bars;
}

std::vector<std::int64_t> picture_sizes(std::int64_t n, std::int64_t most) {
  std::vector<std::int64_t> sizes;
  for (std::int64_t const factor : {-8, -4, -2, 1, 2, 4, 8}) {
    std::int64_t const m = factor < 0 ? n / -factor : n * factor;
    if (m >= 3 && m <= most) sizes.push_back(m);
  }
  return sizes;
}

std::vector<CoverageAt> coverage_picture(claims::Law const& law, std::int64_t n, DiagnosisSettings settings) {
  settings.replicates = 8192;
  settings.without_measures = true;
  settings.advance = {};
  settings.enough = {};
  std::vector<CoverageAt> result;
  for (std::int64_t const m : picture_sizes(n, most_simulated_n)) {
    settings.replicates = m <= 2000 ? 8192 : 2048;
    auto diagnosis = diagnose(law, m, settings);
    if (!diagnosis.parameters.empty()) result.push_back({m, std::move(diagnosis)});
  }
  return result;
}

}  // namespace fisherlab::runs
