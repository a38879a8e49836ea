#include "runs/diagnosis/intervals/calibration.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>

#include "base/hash.hpp"
#include "runs/resume/stages.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t cut_off_samples = 8192;
constexpr double exceeding = 10;  ///< statistics as large as the cut-off, in the samples of the first look
constexpr int most_looks = 5;     ///< at 200, 400, ... 3,200 samples, where the level is .95
constexpr double settled = 3;     ///< standard errors

bool has(sim::LaneSet lanes, int lane) { return (lanes >> lane & 1) != 0; }

/// One sample of the outer simulation: its estimate, and its statistic of each component.
struct Outer {
  std::vector<double> estimate;
  std::vector<double> ratio;
};

/// The test of the true value by samples drawn at the estimate.
struct MonteCarloTest {
  double share = 0.05;       ///< of statistics beyond the cut-off
  double least_cut_off = 0;  ///< a statistic up to this is not rejected

  /// Samples of the first look, which are doubled from look to look.
  std::int64_t first() const { return padded(std::llround(exceeding / share)); }
  std::int64_t most() const { return first() << (most_looks - 1); }
  /// Whether `as_large` of `known` statistics say on which side of the share they are.
  bool is_settled(std::int64_t as_large, std::int64_t known) const {
    auto const m = static_cast<double>(known);
    return std::fabs(static_cast<double>(as_large) - share * m) > settled * std::sqrt(share * (1 - share) * m);
  }
  /// By the Monte Carlo p-value (1 + as large)/(1 + known).
  bool rejects(std::int64_t as_large, std::int64_t known) const {
    return static_cast<double>(1 + as_large) <= share * static_cast<double>(1 + known);
  }

 private:
  static std::int64_t padded(std::int64_t count) {
    return (count + sim::lane_count - 1) / sim::lane_count * sim::lane_count;
  }
};

/// Whether the calibrated test rejects each component's value; those whose statistic is not known are not asked about.
std::vector<bool> rejected(RatioSource const& source, Outer const& outer, sim::StreamKey key,
                           MonteCarloTest const& test) {
  auto const p = outer.ratio.size();
  unsigned open = 0;
  for (std::size_t a = 0; a < p; ++a) open |= static_cast<unsigned>(outer.ratio[a] > test.least_cut_off) << a;
  unsigned const asked = open;
  std::vector<std::int64_t> as_large(p, 0), known(p, 0);
  std::int64_t look = test.first();
  for (std::int64_t r = 0; r < test.most() && open != 0;) {
    auto const inner = source.draw(outer.estimate, key, open);
    r += sim::lane_count;
    key.replicate += sim::lane_count;
    for (std::size_t a = 0; a < p; ++a) {
      if ((open >> a & 1u) == 0) continue;
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        double const ratio = inner.ratio[a][lane];
        if (!has(inner.found, lane) || std::isnan(ratio)) continue;
        known[a] += 1;
        as_large[a] += ratio >= outer.ratio[a];
      }
      if (r == look && test.is_settled(as_large[a], known[a])) open &= ~(1u << a);
    }
    if (r == look) look *= 2;
  }
  std::vector<bool> result;
  for (std::size_t a = 0; a < p; ++a) result.push_back((asked >> a & 1u) != 0 && test.rejects(as_large[a], known[a]));
  return result;
}

/// What one block counts for each component.
struct Counts {
  std::vector<std::int64_t> known, rejected, above;

  explicit Counts(std::size_t p) : known(p), rejected(p), above(p) {}
};

Counts work_outer(RatioSource const& source, std::int64_t first, std::int64_t lanes, MonteCarloTest const& test,
                  std::uint64_t seed) {
  auto const count = source.count;
  auto const outer = source.draw(
      source.theta, {seed, stable_hash("calibrated: outer"), static_cast<std::uint64_t>(first)}, (1u << count) - 1u);
  Counts counts(count);
  for (int lane = 0; lane < lanes; ++lane) {
    if (!has(outer.found, lane)) continue;
    Outer one;
    for (auto const& component : outer.estimate) one.estimate.push_back(component[lane]);
    for (auto const& ratio : outer.ratio) one.ratio.push_back(ratio[lane]);
    if (!source.is_inside(one.estimate)) continue;
    auto const replicate = static_cast<std::uint64_t>((first + lane) * test.most());
    auto const outside = rejected(source, one, {seed, stable_hash("calibrated: inner"), replicate}, test);
    for (std::size_t a = 0; a < count; ++a) {
      if (std::isnan(one.ratio[a])) continue;
      bool const is_high = source.is_high(one.estimate, a);
      counts.known[a] += 1;
      counts.rejected[a] += outside[a];
      counts.above[a] += outside[a] && is_high;
    }
  }
  return counts;
}

}  // namespace

bool can_calibrate(sim::BatchModel const& model, std::int64_t n, double level) {
  return n <= largest_calibrated_n && level <= 0.995 && model.offers().start_count == 1;
}

std::int64_t calibrated_replicates(DiagnosisSettings const& settings) {
  return std::max<std::int64_t>(settings.replicates / 32, 256);
}

std::vector<double> calibrated_cut_offs(RatioSource const& source, DiagnosisSettings const& settings) {
  auto const p = source.count;
  std::vector<std::vector<double>> ratios(p);
  sim::BlockWork work;
  work.last = cut_off_samples / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    auto const first = static_cast<std::uint64_t>(block * sim::lane_count);
    return std::make_shared<RatioDraw>(
        source.draw(source.theta, {settings.seed, stable_hash("calibrated: cut-off"), first}, (1u << p) - 1u));
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& drawn = *static_cast<RatioDraw const*>(result.get());
    for (std::size_t a = 0; a < p; ++a)
      for (int lane = 0; lane < sim::lane_count; ++lane)
        if (has(drawn.found, lane) && !std::isnan(drawn.ratio[a][lane])) ratios[a].push_back(drawn.ratio[a][lane]);
  };
  run_stage(
      work, settings.threads, settings.stages, [&ratios](Packer& packer) { packer.put(ratios); },
      [&ratios, p](Unpacker& unpacker) {
        unpacker.take(ratios);
        Unpacker::expect(ratios.size() == p);
      });
  std::vector<double> result;
  for (auto& of_parameter : ratios) {
    auto const known = static_cast<double>(of_parameter.size());
    auto const place = static_cast<std::size_t>(std::ceil(settings.level * (known + 1)));
    bool const is_known = 2 * known >= cut_off_samples && place <= of_parameter.size();
    std::sort(of_parameter.begin(), of_parameter.end());
    result.push_back(is_known ? std::fmax(of_parameter[place - 1], source.least_cut_off)
                              : std::numeric_limits<double>::quiet_NaN());
  }
  return result;
}

std::vector<IntervalWorth> calibrated_worth(RatioSource const& source, std::int64_t replicates,
                                            DiagnosisSettings const& settings) {
  auto const p = source.count;
  MonteCarloTest const test{1 - settings.level, source.least_cut_off};
  Counts total(p);
  sim::BlockWork work;
  work.last = (replicates + sim::lane_count - 1) / sim::lane_count;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    std::int64_t const first = block * sim::lane_count;
    auto const lanes = std::min<std::int64_t>(sim::lane_count, replicates - first);
    return std::make_shared<Counts>(work_outer(source, first, lanes, test, settings.seed));
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<Counts const*>(result.get());
    for (std::size_t a = 0; a < p; ++a) {
      total.known[a] += part.known[a];
      total.rejected[a] += part.rejected[a];
      total.above[a] += part.above[a];
    }
  };
  run_stage(
      work, settings.threads, settings.stages,
      [&total](Packer& packer) {
        for (auto const* counts : {&total.known, &total.rejected, &total.above}) packer.put(*counts);
      },
      [&total, p](Unpacker& unpacker) {
        for (auto* counts : {&total.known, &total.rejected, &total.above}) {
          unpacker.take(*counts);
          Unpacker::expect(counts->size() == p);
        }
      });
  std::vector<IntervalWorth> result;
  for (std::size_t a = 0; a < p; ++a) {
    auto const known = static_cast<double>(total.known[a]);
    double const share = 1 - static_cast<double>(total.rejected[a]) / known;  // NaN where none is known
    result.push_back({.name = calibrated_name,
                      .coverage = {share, std::sqrt(share * (1 - share) / known)},
                      .above = static_cast<double>(total.above[a]) / known});
  }
  return result;
}

}  // namespace fisherlab::runs
