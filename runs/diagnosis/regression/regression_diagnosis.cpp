#include "runs/diagnosis/regression/regression_diagnosis.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>

#include "base/hash.hpp"
#include "runs/diagnosis/enough.hpp"
#include "runs/resume/stages.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {
namespace {

using estimators::Family;
using estimators::RegressionCheck;

constexpr std::int64_t block_replicates = 64;
constexpr double refuting_level = 0.01;
constexpr std::size_t interval_kinds = 2 + estimators::sandwich_kinds;

struct Sides {
  std::int64_t above = 0, below = 0, known = 0;
};

/// Sums over replicates of one coefficient.
struct Sums {
  double error = 0, square = 0, fourth = 0, variance = 0;
  std::array<Sides, interval_kinds> sides = {};

  void pack(Packer& packer) const {
    for (double const sum : {error, square, fourth, variance}) packer.put(sum);
    for (auto const& s : sides)
      for (auto const count : {s.above, s.below, s.known}) packer.put(count);
  }
  void unpack(Unpacker& unpacker) {
    for (double* sum : {&error, &square, &fourth, &variance}) unpacker.take(*sum);
    for (auto& s : sides)
      for (auto* count : {&s.above, &s.below, &s.known}) unpacker.take(*count);
  }
  void add(Sums const& other) {
    error += other.error;
    square += other.square;
    fourth += other.fourth;
    variance += other.variance;
    for (std::size_t k = 0; k < sides.size(); ++k) {
      sides[k].above += other.sides[k].above;
      sides[k].below += other.sides[k].below;
      sides[k].known += other.sides[k].known;
    }
  }
};

/// How many samples have a statistic at least, and at most, that of the data.
struct Ranks {
  std::int64_t above = 0, below = 0;
};

struct BlockSums {
  std::int64_t count = 0, failed = 0;
  std::vector<Sums> coefficients;
  std::vector<Ranks> checks;

  void pack(Packer& packer) const {
    for (auto const number : {count, failed}) packer.put(number);
    for (auto const& sums : coefficients) sums.pack(packer);
    for (auto const& ranks : checks)
      for (auto const number : {ranks.above, ranks.below}) packer.put(number);
  }
  void unpack(Unpacker& unpacker) {
    for (auto* number : {&count, &failed}) unpacker.take(*number);
    for (auto& sums : coefficients) sums.unpack(unpacker);
    for (auto& ranks : checks)
      for (auto* number : {&ranks.above, &ranks.below}) unpacker.take(*number);
  }
};

/// What the samples are held against; shared by threads, which only read it.
struct Trial {
  FittedFormula const& fitted;
  estimators::RegressionReplicates replicates;
  std::vector<double> statistics;  ///< of the data
  sim::StreamKey key;
};

void observe(Trial const& trial, estimators::CoefficientLanes const& k, int lane, double unit, Sums& s) {
  double const error = k.error[lane], e = error / unit;
  s.error += e;
  s.square += e * e;
  s.fourth += e * e * e * e;
  s.variance += k.std_error[lane] * k.std_error[lane] / (unit * unit);
  auto const note = [&](std::size_t interval, bool is_missed, bool is_known) {
    s.sides[interval].known += is_known;
    s.sides[interval].above += is_known && is_missed && error > 0;
    s.sides[interval].below += is_known && is_missed && error < 0;
  };
  double const critical = trial.fitted.critical, cut_off = trial.fitted.z * trial.fitted.z;
  note(0, std::fabs(error) > critical * k.std_error[lane], true);
  note(1, k.ratio[lane] > cut_off, !std::isnan(k.ratio[lane]));
  for (std::size_t h = 0; h < estimators::sandwich_kinds; ++h)
    note(2 + h, std::fabs(error) > critical * k.sandwich[h][lane], true);
}

BlockSums work_block(Trial const& trial, std::int64_t block, std::int64_t replicates) {
  BlockSums sums;
  sums.coefficients.resize(trial.fitted.coefficients.size());
  sums.checks.resize(trial.statistics.size());
  std::int64_t const last = std::min(replicates, (block + 1) * block_replicates);
  for (std::int64_t r = block * block_replicates; r < last; r += sim::lane_count) {
    auto key = trial.key;
    key.replicate = static_cast<std::uint64_t>(r);
    auto const seen = trial.replicates.observe(key);
    for (int lane = 0; lane < std::min<std::int64_t>(sim::lane_count, last - r); ++lane) {
      bool is_found = (seen.found >> lane & 1u) != 0;
      for (auto const& k : seen.coefficients) is_found = is_found && std::isfinite(k.std_error[lane]);
      ++(is_found ? sums.count : sums.failed);
      if (!is_found) continue;
      for (std::size_t a = 0; a < seen.coefficients.size(); ++a)
        observe(trial, seen.coefficients[a], lane, trial.fitted.coefficients[a].fit.std_error, sums.coefficients[a]);
      for (std::size_t c = 0; c < trial.statistics.size(); ++c) {
        sums.checks[c].above += seen.checks[c][lane] >= trial.statistics[c];
        sums.checks[c].below += seen.checks[c][lane] <= trial.statistics[c];
      }
    }
  }
  return sums;
}

BlockSums run_trial(Trial const& trial, DiagnosisSettings const& settings) {
  BlockSums total;
  total.coefficients.resize(trial.fitted.coefficients.size());
  total.checks.resize(trial.statistics.size());
  sim::BlockWork work;
  work.stop = settings.stop;
  work.work = [&](std::int64_t block) -> sim::BlockResult {
    return std::make_shared<BlockSums>(work_block(trial, block, settings.replicates));
  };
  work.fold = [&](sim::BlockResult const& result) {
    auto const& part = *static_cast<BlockSums const*>(result.get());
    total.count += part.count;
    total.failed += part.failed;
    for (std::size_t a = 0; a < total.coefficients.size(); ++a) total.coefficients[a].add(part.coefficients[a]);
    for (std::size_t c = 0; c < total.checks.size(); ++c) {
      total.checks[c].above += part.checks[c].above;
      total.checks[c].below += part.checks[c].below;
    }
    if (settings.advance) settings.advance(part.count + part.failed);
  };
  auto const blocks = [](std::int64_t replicates) { return (replicates + block_replicates - 1) / block_replicates; };
  for (std::int64_t first = 0, last = sim::block_size; first < settings.replicates; first = last, last *= 2) {
    work.first = blocks(first);
    work.last = blocks(std::min(last, settings.replicates));
    run_stage(
        work, settings.threads, settings.stages, [&total](Packer& packer) { total.pack(packer); },
        [&](Unpacker& unpacker) {
          auto const before = total.count + total.failed;
          total.unpack(unpacker);
          if (settings.advance) settings.advance(total.count + total.failed - before);
        });
    if (last < settings.replicates && is_enough(last, settings)) break;
  }
  return total;
}

Misses misses(Sides const& s) {
  if (s.known == 0) return {{not_known, not_known}, not_known, not_known};
  auto const known = static_cast<double>(s.known);
  double const all = static_cast<double>(s.above + s.below) / known;
  return {{all, std::sqrt(all * (1 - all) / known)},
          static_cast<double>(s.above) / known,
          static_cast<double>(s.below) / known};
}

RegressionWorth worth_of(FittedFormula const& fitted, BlockSums const& total) {
  RegressionWorth worth;
  worth.replicates = total.count + total.failed;
  worth.failed = total.failed;
  auto const m = static_cast<double>(total.count);
  for (std::size_t a = 0; a < total.coefficients.size() && total.count > 1; ++a) {
    auto const& s = total.coefficients[a];
    double const mean = s.error / m, square = s.square / m, variance = square - mean * mean;
    double const ratio = std::sqrt(variance / (s.variance / m));
    double const spread = std::max(s.fourth / m - square * square, 0.0);
    CoefficientDiagnosis d{fitted.coefficients[a].name, {}, {mean / std::sqrt(variance), 1 / std::sqrt(m)}, {}};
    d.std_error_ratio = {ratio, 0.5 * ratio * std::sqrt(spread / m) / variance};
    for (auto const& sides : s.sides) d.intervals.push_back(misses(sides));
    worth.coefficients.push_back(std::move(d));
  }
  return worth;
}

std::string check_name(RegressionCheck check) {
  switch (check) {
    case RegressionCheck::dispersion:
      return "dispersion";
    case RegressionCheck::link:
      return "link (eta squared)";
    case RegressionCheck::variance:
      return "Breusch-Pagan";
    case RegressionCheck::normality:
      return "Anderson-Darling of residuals";
    case RegressionCheck::neighbours:
      break;
  }
  return "dependence of neighbouring rows";
}

double p_value(RegressionCheck check, Ranks const& ranks, std::int64_t count) {
  auto const share = [&](std::int64_t k) { return static_cast<double>(k + 1) / static_cast<double>(count + 1); };
  bool const is_two_sided = check == RegressionCheck::dispersion || check == RegressionCheck::neighbours;
  if (!is_two_sided) return share(ranks.above);
  return std::min(1.0, 2 * std::min(share(ranks.above), share(ranks.below)));
}

std::vector<double> statistics_of(FittedFormula const& fitted, std::vector<RegressionCheck> const& checks) {
  auto const r = estimators::residuals_at(fitted.fit.family, fitted.design, fitted.frame.data.y, fitted.fit.point());
  std::vector<double> result;
  for (auto const& s : estimators::check_statistics(checks, r)) result.push_back(s[0]);
  return result;
}

/// Where the model does not hold: the law, its truth, and what to call it.
struct Rival {
  estimators::ResponseLaw law;
  estimators::LanePoint truth;
  std::string name;
};
std::optional<Rival> rival_of(FittedFormula const& fitted) {
  auto const& y = fitted.frame.data.y;
  if (fitted.fit.family == Family::linear)
    return Rival{estimators::signed_residuals_of(fitted.fit, y), fitted.fit.point(),
                 "residuals of the data's own size in each row, with random signs"};
  if (fitted.fit.family != Family::poisson || fitted.frame.is_weighted) return std::nullopt;
  auto const wider = estimators::fit_regression(Family::negative_binomial, fitted.design, y);
  if (!wider.found || wider.is_poisson_limit) return std::nullopt;
  return Rival{estimators::law_of(wider), wider.point(), "the fitted negative_binomial_regression"};
}

}  // namespace

std::int64_t regression_replicates(FittedFormula const& fitted) {
  double const p = static_cast<double>(fitted.design.rank()), n = static_cast<double>(fitted.n());
  double const slow = fitted.fit.family == Family::negative_binomial ? 8 : 1;
  double const affordable = 2e11 / (slow * n * (p + 2) * (p + 8) * (p + 8));
  return static_cast<std::int64_t>(std::clamp(affordable, 1000.0, 8192.0));
}

RegressionDiagnosis diagnose_regression(FittedFormula const& fitted, DiagnosisSettings const& settings) {
  auto checks = estimators::checks_for(fitted.design, fitted.frame.data.y, fitted.fit);
  if (fitted.frame.is_counted) std::erase(checks, RegressionCheck::neighbours);  // the order means nothing
  Trial const trial{fitted,
                    {fitted.design, estimators::law_of(fitted.fit), fitted.fit.family, fitted.fit.point(), checks},
                    statistics_of(fitted, checks),
                    {settings.seed, stable_hash("regression diagnosis"), 0}};
  auto const total = run_trial(trial, settings);
  RegressionDiagnosis result;
  result.worth = worth_of(fitted, total);
  double least = 1;
  for (std::size_t c = 0; c < checks.size(); ++c) {
    double const p = p_value(checks[c], total.checks[c], total.count);
    result.tests.push_back({check_name(checks[c]), trial.statistics[c], p});
    least = std::min(least, p);
  }
  result.is_refuted = least * static_cast<double>(checks.size()) <= refuting_level;
  if (!result.is_refuted) return result;
  auto const rival = rival_of(fitted);
  if (!rival) return result;
  Trial const elsewhere{fitted,
                        {fitted.design, rival->law, fitted.fit.family, rival->truth, {}},
                        {},
                        {settings.seed, stable_hash("regression diagnosis: rival"), 0}};
  auto as_many = settings;
  as_many.replicates = result.worth.replicates;
  as_many.enough = {};
  result.rival = rival->name;
  result.under_rival = worth_of(fitted, run_trial(elsewhere, as_many));
  return result;
}

}  // namespace fisherlab::runs
