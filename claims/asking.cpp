#include "claims/asking.hpp"

#include <algorithm>
#include <limits>
#include <utility>

#include "base/expects.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/rate.hpp"
#include "claims/options.hpp"

namespace fisherlab::claims {
namespace {

/// The slack of the rate: a discrepancy c n^-r (1 + d/n) has a local exponent that differs from r by about d/n.
constexpr double rate_slack = 0.25;

struct RateOfTallies {
  std::vector<std::size_t> probes;
  std::vector<double> sizes;
  FromTallyAndSize discrepancy;

  std::vector<RatePoint> points(std::span<sim::Tally const> tallies, double alpha) const {
    std::vector<RatePoint> result;
    for (std::size_t k = 0; k < probes.size(); ++k)
      result.push_back(
          {sizes[k], discrepancy(tallies[probes[k]], sizes[k], alpha / static_cast<double>(probes.size()))});
    return result;
  }
};

Measurement measure_rate(RateOfTallies const& rate, std::span<sim::Tally const> tallies, double alpha) {
  auto const points = rate.points(tallies, alpha);
  auto const estimate = rate_of_decay(points);
  std::int64_t replicates = std::numeric_limits<std::int64_t>::max();
  std::int64_t dropped = 0;
  for (auto const probe : rate.probes) {
    replicates = std::min(replicates, tallies[probe].count);
    dropped = std::max(dropped, tallies[probe].dropped);
  }
  return measured({}, estimate ? estimate->rate : no_rate(points), replicates, dropped);
}

std::vector<ConvergenceRow> convergence_rows(RateOfTallies const& rate, std::string const& statistic,
                                             std::span<sim::Tally const> tallies, double alpha) {
  auto const points = rate.points(tallies, alpha);
  auto const estimate = rate_of_decay(points);
  std::vector<ConvergenceRow> rows;
  for (std::size_t k = 0; k < points.size(); ++k) {
    ConvergenceRow row;
    row.statistic = statistic;
    row.n = static_cast<std::int64_t>(points[k].n);
    row.replicates = tallies[rate.probes[k]].count;
    row.discrepancy = points[k].discrepancy.estimate;
    row.lower = points[k].discrepancy.lower;
    row.upper = points[k].discrepancy.upper;
    if (estimate) {
      row.rate = estimate->rate.estimate;
      row.rate_lower = estimate->rate.lower;
      row.rate_upper = estimate->rate.upper;
    }
    rows.push_back(row);
  }
  return rows;
}

}  // namespace

void add_scenarios(Case const& the_case, Sampled& question) {
  for (auto const n : the_case.sizes) question.scenarios.push_back({the_case.setting, n});
}

void add_finding(Sampled& question, std::size_t probe, std::string statistic, Region const& region, FromTally measure) {
  Asked asked;
  asked.statistic = std::move(statistic);
  asked.n = std::to_string(question.scenarios[question.probes[probe].scenario].n);
  asked.region = region;
  asked.measure = [probe, measure = std::move(measure)](std::span<sim::Tally const> tallies, double alpha) {
    auto const& tally = tallies[probe];
    return measured({}, measure(tally, alpha), tally.count, tally.dropped);
  };
  question.findings.push_back(std::move(asked));
}

void add_limit(Sampled& question, std::vector<std::size_t> const& probes, Limit const& limit, FromTally discrepancy) {
  add_limit_of_n(question, probes, limit,
                 [discrepancy = std::move(discrepancy)](sim::Tally const& tally, double, double alpha) {
                   return discrepancy(tally, alpha);
                 });
}

void add_limit_of_n(Sampled& question, std::vector<std::size_t> const& probes, Limit const& limit,
                    FromTallyAndSize discrepancy) {
  auto const n_of = [&](std::size_t probe) { return question.scenarios[question.probes[probe].scenario].n; };
  if (limit.rate) {
    RateOfTallies rate{probes, {}, discrepancy};
    Asked asked;
    for (auto const probe : probes) {
      rate.sizes.push_back(static_cast<double>(n_of(probe)));
      asked.n += (asked.n.empty() ? "" : ";") + std::to_string(n_of(probe));
    }
    asked.statistic = "rate of decay of the " + limit.statistic;
    asked.region = {RegionKind::at_least, *limit.rate, rate_slack};
    asked.measure = [rate](auto tallies, double alpha) { return measure_rate(rate, tallies, alpha); };
    asked.convergence = [rate, statistic = limit.statistic](auto tallies, double alpha) {
      return convergence_rows(rate, statistic, tallies, alpha);
    };
    question.findings.push_back(std::move(asked));
  }
  auto const largest =
      *std::max_element(probes.begin(), probes.end(), [&](std::size_t a, std::size_t b) { return n_of(a) < n_of(b); });
  add_finding(question, largest, limit.statistic, {RegionKind::equal, 0.0, limit.margin},
              [discrepancy = std::move(discrepancy), n = static_cast<double>(n_of(largest))](
                  sim::Tally const& tally, double alpha) { return discrepancy(tally, n, alpha); });
}

std::optional<double> expected_rate(Case const& the_case) {
  if (text_option(the_case, "rate") == "none" || the_case.sizes.size() < 2) return std::nullopt;
  double const rate = number_option(the_case, "rate");
  expects(the_case.sizes.size() >= 3, "a rate of decay needs at least three sample sizes, give a longer grid n");
  return rate;
}

}  // namespace fisherlab::claims
