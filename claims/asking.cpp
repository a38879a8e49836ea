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

bool has_too_few(sim::Tally const& tally) { return tally.count < 2; }

/// Where fewer than two replicates gave a result there is nothing to measure.
Interval nothing_measured(std::int64_t dropped) {
  Interval nothing = vacuous_interval();
  nothing.reason = "fewer than two replicates gave a result (" + std::to_string(dropped) + " were dropped)";
  return nothing;
}

Interval discrepancy_at(DiscrepancyGrid const& grid, std::size_t k, std::span<sim::Tally const> tallies, double alpha) {
  for (auto const probe : grid.probes[k])
    if (has_too_few(tallies[probe])) return nothing_measured(tallies[probe].dropped);
  return grid.at(tallies, k, alpha);
}

std::vector<RatePoint> points_of(DiscrepancyGrid const& grid, std::span<sim::Tally const> tallies, double alpha) {
  std::vector<RatePoint> result;
  auto const count = grid.sizes.size();
  for (std::size_t k = 0; k < count; ++k)
    result.push_back(
        {static_cast<double>(grid.sizes[k]), discrepancy_at(grid, k, tallies, alpha / static_cast<double>(count))});
  return result;
}

struct Counted {
  std::int64_t replicates = 0, dropped = 0;
};

Counted counted(DiscrepancyGrid const& grid, std::size_t k, std::span<sim::Tally const> tallies) {
  Counted result;
  for (auto const probe : grid.probes[k]) {
    result.replicates += tallies[probe].count;
    result.dropped += tallies[probe].dropped;
  }
  return result;
}

Measurement measure_rate(DiscrepancyGrid const& grid, double expected, std::span<sim::Tally const> tallies,
                         double alpha) {
  auto const points = points_of(grid, tallies, alpha);
  auto const estimate = rate_of_decay(points);
  auto interval = estimate ? estimate->rate : no_rate(points);
  Counted fewest{std::numeric_limits<std::int64_t>::max(), 0};
  for (std::size_t k = 0; k < grid.sizes.size(); ++k) {
    auto const here = counted(grid, k, tallies);
    fewest = {std::min(fewest.replicates, here.replicates), std::max(fewest.dropped, here.dropped)};
  }
  double const growth = least_growth(points, expected, expected - rate_slack);
  if (growth > 1) interval.needed = std::max(interval.needed, growth * static_cast<double>(fewest.replicates));
  return measured({}, interval, fewest.replicates, fewest.dropped);
}

std::vector<ConvergenceRow> convergence_rows(DiscrepancyGrid const& grid, std::string const& statistic,
                                             std::span<sim::Tally const> tallies, double alpha) {
  auto const points = points_of(grid, tallies, alpha);
  auto const estimate = rate_of_decay(points);
  std::vector<ConvergenceRow> rows;
  for (std::size_t k = 0; k < points.size(); ++k) {
    ConvergenceRow row;
    row.statistic = statistic;
    row.n = grid.sizes[k];
    row.replicates = counted(grid, k, tallies).replicates;
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
  asked.reads = {probe};
  asked.measure = [probe, measure = std::move(measure)](std::span<sim::Tally const> tallies, double alpha) {
    auto const& tally = tallies[probe];
    auto const interval = has_too_few(tally) ? nothing_measured(tally.dropped) : measure(tally, alpha);
    return measured({}, interval, tally.count, tally.dropped);
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
  DiscrepancyGrid grid;
  for (auto const probe : probes) {
    grid.sizes.push_back(question.scenarios[question.probes[probe].scenario].n);
    grid.probes.push_back({probe});
  }
  grid.at = [probes, sizes = grid.sizes, discrepancy = std::move(discrepancy)](std::span<sim::Tally const> tallies,
                                                                               std::size_t k, double alpha) {
    return discrepancy(tallies[probes[k]], static_cast<double>(sizes[k]), alpha);
  };
  add_limit(question, limit, grid);
}

void add_finding(Sampled& question, DiscrepancyGrid const& grid, std::size_t k, std::string statistic,
                 Region const& region) {
  Asked asked;
  asked.statistic = std::move(statistic);
  asked.n = std::to_string(grid.sizes[k]);
  asked.region = region;
  asked.reads = grid.probes[k];
  asked.measure = [grid, k](std::span<sim::Tally const> tallies, double alpha) {
    auto const here = counted(grid, k, tallies);
    return measured({}, discrepancy_at(grid, k, tallies, alpha), here.replicates, here.dropped);
  };
  question.findings.push_back(std::move(asked));
}

void add_limit(Sampled& question, Limit const& limit, DiscrepancyGrid const& grid) {
  if (limit.rate) {
    Asked asked;
    for (auto const n : grid.sizes) asked.n += (asked.n.empty() ? "" : ";") + std::to_string(n);
    asked.statistic = "rate of decay of the " + limit.statistic;
    asked.region = {RegionKind::at_least, *limit.rate, rate_slack, {}};
    for (auto const& probes : grid.probes) asked.reads.insert(asked.reads.end(), probes.begin(), probes.end());
    asked.measure = [grid, expected = *limit.rate](auto tallies, double alpha) {
      return measure_rate(grid, expected, tallies, alpha);
    };
    asked.convergence = [grid, statistic = limit.statistic](auto tallies, double alpha) {
      return convergence_rows(grid, statistic, tallies, alpha);
    };
    question.findings.push_back(std::move(asked));
  }
  auto const largest = std::max_element(grid.sizes.begin(), grid.sizes.end()) - grid.sizes.begin();
  add_finding(question, grid, static_cast<std::size_t>(largest), limit.statistic,
              {RegionKind::equal, 0.0, limit.margin, {}});
}

std::optional<double> expected_rate(Case const& the_case) {
  if (text_option(the_case, "rate") == "none" || the_case.sizes.size() < 2) return std::nullopt;
  double const rate = number_option(the_case, "rate");
  expects(the_case.sizes.size() >= 3, "a rate of decay needs at least three sample sizes, give a longer grid n");
  return rate;
}

}  // namespace fisherlab::claims
