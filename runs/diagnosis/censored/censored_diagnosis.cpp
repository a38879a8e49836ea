#include "runs/diagnosis/censored/censored_diagnosis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <optional>

#include "base/hash.hpp"
#include "base/special/distributions.hpp"
#include "runs/diagnosis/censored/censoring_law.hpp"
#include "runs/diagnosis/censored/interval_censoring.hpp"
#include "runs/resume/stages.hpp"
#include "sim/engine/engine.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {
namespace {

/// Sums over replicates of one parameter.
struct Sums {
  double error = 0, square = 0, fourth = 0, variance = 0;
  std::int64_t wald_above = 0, wald_below = 0;
  std::int64_t ratio_above = 0, ratio_below = 0, ratio_known = 0;

  void pack(Packer& packer) const {
    for (double const sum : {error, square, fourth, variance}) packer.put(sum);
    for (auto const count : {wald_above, wald_below, ratio_above, ratio_below, ratio_known}) packer.put(count);
  }
  void unpack(Unpacker& unpacker) {
    for (double* sum : {&error, &square, &fourth, &variance}) unpacker.take(*sum);
    for (auto* count : {&wald_above, &wald_below, &ratio_above, &ratio_below, &ratio_known}) unpacker.take(*count);
  }
  void add(Sums const& other) {
    error += other.error;
    square += other.square;
    fourth += other.fourth;
    variance += other.variance;
    wald_above += other.wald_above;
    wald_below += other.wald_below;
    ratio_above += other.ratio_above;
    ratio_below += other.ratio_below;
    ratio_known += other.ratio_known;
  }
};

struct BlockSums {
  std::int64_t count = 0, failed = 0, censored = 0;
  std::vector<Sums> parameters;

  void pack(Packer& packer) const {
    for (auto const number : {count, failed, censored}) packer.put(number);
    for (auto const& sums : parameters) sums.pack(packer);
  }
  void unpack(Unpacker& unpacker) {
    for (auto* number : {&count, &failed, &censored}) unpacker.take(*number);
    for (auto& sums : parameters) sums.unpack(unpacker);
  }
};

/// What draws and fits replicates; shared by threads, which only read it.
struct Study {
  std::shared_ptr<estimators::LifeLaw const> law;
  CensoredData const& data;
  CensoringLaw censoring;
  std::optional<IntervalCensoring> intervals;  ///< in place of `censoring`, where some lie between two values
  double z;
  std::uint64_t seed;
};

void observe(Study const& study, estimators::CensoredSample const& sample, BlockSums& sums) {
  auto const& truth = study.data.fit.theta;
  auto const fit = estimators::fit_censored(*study.law, sample, truth);
  bool const has_errors = std::all_of(fit.std_errors.begin(), fit.std_errors.end(), [](double e) { return e > 0; });
  if (!fit.found || !has_errors) {
    ++sums.failed;
    return;
  }
  ++sums.count;
  for (std::size_t a = 0; a < truth.size(); ++a) {
    auto& s = sums.parameters[a];
    double const error = fit.theta[a] - truth[a], unit = study.data.fit.std_errors[a];
    double const e = error / unit, reach = study.z * fit.std_errors[a];
    s.error += e;
    s.square += e * e;
    s.fourth += e * e * e * e;
    s.variance += fit.std_errors[a] * fit.std_errors[a] / (unit * unit);
    s.wald_above += error > reach;
    s.wald_below += error < -reach;
    auto start = fit.theta;
    start[a] = truth[a];
    auto const restricted = estimators::fit_censored(*study.law, sample, start, 1u << a);
    if (!restricted.found) continue;
    ++s.ratio_known;
    bool const is_missed = 2 * (fit.log_likelihood - restricted.log_likelihood) > study.z * study.z;
    s.ratio_above += is_missed && error > 0;
    s.ratio_below += is_missed && error < 0;
  }
}

/// Equal intervals side by side, for which the fit computes their probability once.
void sort(estimators::CensoredSample& sample) {
  std::vector<std::array<double, 3>> rows(sample.times.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = {static_cast<double>(sample.is_observed[i]), sample.times[i], sample.uppers[i]};
  std::sort(rows.begin(), rows.end());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sample.is_observed[i] = rows[i][0] != 0 ? 1 : 0;
    sample.times[i] = rows[i][1];
    sample.uppers[i] = rows[i][2];
  }
}

BlockSums work_block(Study const& study, std::int64_t block, std::int64_t replicates) {
  auto const n = static_cast<std::int64_t>(study.data.sample.times.size());
  BlockSums sums;
  sums.parameters.resize(study.data.fit.theta.size());
  sim::Sample drawn(n, 1);
  auto const lives = stable_hash("censored diagnosis: lives"), ends = stable_hash("censored diagnosis: censoring");
  std::int64_t const last = std::min(replicates, (block + 1) * sim::block_size);
  estimators::CensoredSample sample;
  sample.times.resize(static_cast<std::size_t>(n));
  sample.is_observed.resize(static_cast<std::size_t>(n));
  if (study.intervals) sample.uppers.resize(static_cast<std::size_t>(n));
  for (std::int64_t r = block * sim::block_size; r < last; r += sim::lane_count) {
    study.data.model->draw(study.data.fit.theta, {study.seed, lives, static_cast<std::uint64_t>(r)}, drawn);
    for (int lane = 0; lane < std::min<std::int64_t>(sim::lane_count, last - r); ++lane) {
      sim::ScalarStream stream({study.seed, ends, static_cast<std::uint64_t>(r + lane)});
      for (std::int64_t i = 0; i < n; ++i) {
        auto const k = static_cast<std::size_t>(i);
        double const end = drawn(i)[lane];
        if (study.intervals) {
          study.intervals->give_up(end, stream, sample, k);
        } else {
          double const given_up = study.censoring.time_of(stream.open_uniform());
          sample.is_observed[k] = end <= given_up ? 1 : 0;
          sample.times[k] = std::min(end, given_up);
        }
        sums.censored += sample.is_observed[k] == 0;
      }
      if (study.intervals) sort(sample);
      observe(study, sample, sums);
    }
  }
  return sums;
}

Estimated share(std::int64_t part, std::int64_t whole) {
  if (whole == 0) return {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::quiet_NaN()};
  double const s = static_cast<double>(part) / static_cast<double>(whole);
  return {s, std::sqrt(s * (1 - s) / static_cast<double>(whole))};
}

Misses misses(std::int64_t above, std::int64_t below, std::int64_t known) {
  return {share(above + below, known), share(above, known).value, share(below, known).value};
}

CensoredParameter summary(std::string const& name, Sums const& s, std::int64_t count) {
  auto const m = static_cast<double>(count);
  double const mean = s.error / m, square = s.square / m, variance = square - mean * mean;
  double const spread = std::max(s.fourth / m - square * square, 0.0);
  CensoredParameter p;
  p.name = name;
  p.wald = misses(s.wald_above, s.wald_below, count);
  p.likelihood_ratio = misses(s.ratio_above, s.ratio_below, s.ratio_known);
  p.bias_in_std_errors = {mean / std::sqrt(variance), 1 / std::sqrt(m)};
  double const ratio = std::sqrt(variance / (s.variance / m));
  p.std_error_ratio = {ratio, 0.5 * ratio * std::sqrt(spread / m) / variance};
  return p;
}

}  // namespace

CensoredDiagnosis diagnose_censored(CensoredData const& data, DiagnosisSettings const& settings) {
  auto const law = estimators::life_law(data.model->card().name);
  Study study{law, data, CensoringLaw(data.sample), {}, normal_quantile(0.5 + 0.5 * settings.level), settings.seed};
  if (data.has_intervals()) study.intervals.emplace(*law, data.fit.theta, data.sample);
  BlockSums total;
  total.parameters.resize(data.fit.theta.size());
  sim::BlockWork work;
  work.last = (settings.replicates + sim::block_size - 1) / sim::block_size;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    return std::make_shared<BlockSums>(work_block(study, block, settings.replicates));
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<BlockSums const*>(result.get());
    total.count += part.count;
    total.failed += part.failed;
    total.censored += part.censored;
    for (std::size_t a = 0; a < total.parameters.size(); ++a) total.parameters[a].add(part.parameters[a]);
    if (settings.advance) settings.advance(part.count + part.failed);
  };
  run_stage(
      work, settings.threads, settings.stages, [&total](Packer& packer) { total.pack(packer); },
      [&](Unpacker& unpacker) {
        total.unpack(unpacker);
        if (settings.advance) settings.advance(total.count + total.failed);
      });
  CensoredDiagnosis result;
  result.n = static_cast<std::int64_t>(data.sample.times.size());
  result.level = settings.level;
  result.replicates = total.count + total.failed;
  result.failed = total.failed;
  result.mean_censored =
      static_cast<double>(total.censored) / static_cast<double>(result.n) / static_cast<double>(result.replicates);
  if (total.count < 2) return result;
  for (std::size_t a = 0; a < total.parameters.size(); ++a)
    result.parameters.push_back(summary(data.parameters[a].name, total.parameters[a], total.count));
  return result;
}

}  // namespace fisherlab::runs
