#include "runs/diagnosis/pictures/censored_pictures.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "runs/diagnosis/censored/censored_diagnosis.hpp"
#include "runs/diagnosis/censored/npmle.hpp"
#include "runs/diagnosis/law_cdf.hpp"
#include "runs/studies/parameters.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t band_samples = 400, most_rows = 2000;
constexpr int steps = 160;

/// P(X > x) by the pieces, at ordered values.
std::vector<double> survival_at(std::vector<NpmlePiece> const& pieces, std::vector<double> const& places,
                                std::function<double(double)> const& cdf) {
  auto const uniform = [&](double x) { return std::isinf(x) ? (x < 0 ? 0.0 : 1.0) : cdf(x); };
  std::vector<double> result;
  std::size_t next = 0;
  double height = 0;
  for (double const x : places) {
    for (; next < pieces.size() && pieces[next].to <= x; ++next) height = pieces[next].upper;
    double inside = 0;
    if (next < pieces.size() && pieces[next].from < x) {
      auto const& piece = pieces[next];
      double const from = uniform(piece.from), to = uniform(piece.to);
      inside = to > from ? (piece.upper - piece.lower) * (uniform(x) - from) / (to - from) : 0;
    }
    result.push_back(1 - height - inside);
  }
  return result;
}

/// Values to look at, in order: a grid, and either side of each jump where these are few.
std::vector<double> places_of(CensoredData const& data, std::vector<NpmlePiece> const& pieces) {
  double low = HUGE_VAL, high = -HUGE_VAL;
  for (std::size_t i = 0; i < data.sample.times.size(); ++i)
    for (double const end : {data.sample.times[i], data.sample.upper(i)})
      if (std::isfinite(end)) {
        low = std::min(low, end);
        high = std::max(high, end);
      }
  std::vector<double> places;
  for (int k = 0; k <= steps; ++k) places.push_back(low + (high - low) * k / steps);
  constexpr std::size_t few = 400;
  if (pieces.size() <= few)
    for (auto const& piece : pieces)
      for (double const end : {piece.from, piece.to})
        if (std::isfinite(end)) {
          places.push_back(end);
          places.push_back(std::nextafter(end, -HUGE_VAL));
        }
  std::sort(places.begin(), places.end());
  std::erase_if(places, [low](double x) { return x < low; });
  return places;
}

}  // namespace

std::vector<SurvivalPoint> survival_picture(CensoredData const& data, CensoredDraws const& draws,
                                            DiagnosisSettings const& settings) {
  auto const law = data.fitted.law();
  auto const cdf = law_cdf(*law.model, law.theta);
  auto const pieces = npmle(data.sample);
  auto const places = places_of(data, pieces);
  std::vector<std::vector<double>> drawn(places.size());
  auto const source = draws.of(law, std::min(data.n(), most_rows), {settings.seed, "survival picture"});
  sim::BlockWork work;
  work.last = band_samples / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    auto result = std::make_shared<std::vector<std::vector<double>>>();
    source(block * sim::lane_count, sim::lane_count, [&](int, estimators::CensoredSample const& sample) {
      result->push_back(survival_at(npmle(sample), places, cdf));
    });
    return result;
  };
  work.fold = [&](sim::BlockResult const& result) {
    for (auto const& one : *static_cast<std::vector<std::vector<double>> const*>(result.get()))
      for (std::size_t i = 0; i < one.size(); ++i) drawn[i].push_back(one[i]);
  };
  sim::run_blocks(work, settings.threads);
  auto const of_data = survival_at(pieces, places, cdf);
  std::vector<SurvivalPoint> points;
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto& there = drawn[i];
    std::sort(there.begin(), there.end());
    auto const at = [&](double share) {
      return there[static_cast<std::size_t>(std::lround(share * (band_samples - 1)))];
    };
    points.push_back({places[i], of_data[i], 1 - cdf(places[i]), at(0.025), at(0.975)});
  }
  return points;
}

std::vector<std::pair<double, double>> censored_profile_picture(CensoredData const& data, std::size_t a) {
  auto const law = data.fitted.law();
  std::vector<std::pair<double, double>> points;
  for (double const x : profile_places(data.fitted.fit.parameters[a])) {
    auto start = data.fit.theta;
    start[a] = x;
    if (!theta_problem(*law.model, start).empty()) continue;
    double const ratio = estimators::censored_ratio(*data.law, data.sample, data.fit, {a, x});
    if (!std::isnan(ratio)) points.emplace_back(x, ratio);
  }
  return points;
}

std::vector<CoverageAt> censored_coverage_picture(CensoredData const& data, CensoredDraws const& draws,
                                                  DiagnosisSettings settings) {
  settings.replicates = 2048;
  settings.advance = {};
  settings.enough = {};
  std::vector<CoverageAt> result;
  for (std::int64_t const n : picture_sizes(data.n(), most_rows)) {
    auto found = diagnose_censored_at(data.fitted.law(), n, draws, {}, settings).diagnosis;
    if (!found.parameters.empty()) result.push_back({n, std::move(found)});
  }
  return result;
}

}  // namespace fisherlab::runs
