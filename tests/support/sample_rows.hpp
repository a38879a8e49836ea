#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "findings/finding.hpp"
#include "findings/manifest.hpp"
#include "findings/performance.hpp"
#include "findings/pictures.hpp"

namespace fisherlab::test {

/// Findings of every outcome and every kind of region, with names that CSV, Markdown and terminals must not trip over.
inline std::vector<Finding> sample_findings() {
  auto const level = 1 - 1e-9;
  return {{.claim = "score-mean",
           .statement = "6.3",
           .model = "gamma",
           .parameters = "shape=2.5;rate=1.3",
           .n = "1",
           .measurement = {"whitened norm of the mean score", 0.000125, 0.0001, 0, 0.0075, 1'000'000, 0},
           .region = {RegionKind::equal, 0, 0.01, 1e-6},
           .level = level,
           .verdict = Verdict::verified,
           .expected = Expectation::verified,
           .outcome = fisherlab::Outcome::pass},
          {.claim = "score-mean",
           .statement = "6.3",
           .model = "uniform",
           .parameters = "upper=3",
           .n = "1",
           .measurement = {"whitened norm of the mean score", 1, 0, 1, 1, 1'000'000, 0},
           .region = {RegionKind::equal, 0, 0.01},
           .level = level,
           .verdict = Verdict::refuted,
           .expected = Expectation::refuted,
           .outcome = fisherlab::Outcome::pass},
          {.claim = "coverage",
           .statement = "Example 2",
           .model = "<script>alert(\"x\")</script>",
           .parameters = "a,b=\"1\" & 100%\nμ=1e-300",
           .n = "20;40;80",
           .measurement = {"share of Wald intervals, 95 %", 0.9123456789012345, 0.0021, 0.9021, 0.9226, 400'000, 12},
           .region = {RegionKind::at_least, 0.95, 0.01},
           .level = level,
           .verdict = Verdict::refuted,
           .expected = Expectation::verified,
           .outcome = fisherlab::Outcome::fail},
          {.claim = "cramer-rao",
           .statement = "Thm 6.6",
           .model = "正規分布",
           .parameters = "mean=-5;sd=0.25",
           .n = "10",
           .measurement = {"smallest eigenvalue of n Cov - 1", -0.02, 0.015, -0.11, 0.07, 4096, 41},
           .region = {RegionKind::at_least, 0, 0.05},
           .level = level,
           .verdict = Verdict::inconclusive,
           .expected = Expectation::verified,
           .outcome = fisherlab::Outcome::open},
          {.claim = "influence-depth",
           .statement = "6.20",
           .model = "network | deep",
           .parameters = "layers=3",
           .n = "500",
           .measurement = {"correlation", 0.75, 0.02, 0.65, 0.82, 1000, 0},
           .region = {RegionKind::at_most, 0.2, 0.1},
           .level = 0.999,
           .verdict = Verdict::refuted,
           .expected = Expectation::report,
           .outcome = fisherlab::Outcome::report}};
}

/// A row with every measure and one with none of the optional ones.
inline std::vector<PerformanceRow> sample_performance() {
  PerformanceRow full;
  full.model = "gamma";
  full.parameters = "shape=2.5;rate=1.3";
  full.n = 40;
  full.estimator = "mle";
  full.component = "shape";
  full.replicates = 1'000'000;
  full.failed = 3;
  full.truth = 2.5;
  full.mean = 2.6954321;
  full.bias = {0.1954321, 0.00061};
  full.emp_se = {0.6123456, 0.000433};
  full.mse = {0.41316, 0.00073};

  PerformanceRow sparse = full;
  sparse.estimator = "moments";
  sparse.failed = 0;

  full.model_se = {0.59876, 0.00017};
  full.relative_se_error = {-0.02219, 0.00075};
  full.coverage = {0.956321, 0.000204};
  full.be_coverage = {0.951, 0.00022};
  full.bound = 0.2876;
  full.efficiency = 0.767;
  full.efficiency_lower = 0.7649;
  full.efficiency_upper = 0.7691;
  return {full, sparse};
}

/// The grid of one limit, and a row without a rate.
inline std::vector<ConvergenceRow> sample_convergence() {
  ConvergenceRow row{.claim = "asymptotic-normality",
                     .model = "gamma",
                     .parameters = "shape=2.5;rate=1.3",
                     .statistic = "Kolmogorov distance, \"worst\" direction",
                     .n = 20,
                     .replicates = 65536,
                     .discrepancy = 0.10800786,
                     .lower = 0.0937838,
                     .upper = 0.122506,
                     .rate = 0.4957,
                     .rate_lower = 0.2671,
                     .rate_upper = 0.816};
  std::vector rows = {row};
  row.n = 40;
  row.discrepancy = 0.0689;
  row.lower = 0.0547;
  row.upper = 0.0834;
  rows.push_back(row);
  row.model = "a_b <i>&50%\n\\x";
  row.rate = row.rate_lower = row.rate_upper = std::nullopt;
  rows.push_back(row);
  return rows;
}

/// Rows of every picture: a covariance, a coverage at two n and one at a single n, a law with a thin tail, and
/// intervals that hold, miss and reach to infinity.
inline PictureRows sample_pictures() {
  PictureRows rows;
  CurveRow curve{.claim = "score-mean",
                 .model = "gamma",
                 .parameters = "shape=2.5;rate=1.3",
                 .quantity = Quantity::covariance,
                 .method = "mle",
                 .component = "shape, rate",
                 .n = 20,
                 .replicates = 65536,
                 .value = 0.25,
                 .lower = 0.2,
                 .upper = 0.3,
                 .reference = 0};
  rows.curves.push_back(curve);
  curve.quantity = Quantity::coverage;
  curve.claim = "coverage";
  curve.component = "a_b <i>&50%\n\"x\"";
  curve.reference = 0.95;
  for (auto const* method : {"wald", "likelihood-ratio"})
    for (std::int64_t const n : {5, 20}) {
      curve.method = method;
      curve.n = n;
      curve.value = 0.95 - (curve.method == "wald" ? 0.4 : 0.01) / static_cast<double>(n);
      curve.lower = curve.value - 0.002;
      curve.upper = curve.value + 0.002;
      rows.curves.push_back(curve);
    }
  curve.model = "正規分布";
  curve.parameters = "mean=-5;sd=0.25";
  rows.curves.push_back(curve);

  DistributionRow cell{.claim = "coverage",
                       .model = "<script>alert(\"x\")</script>",
                       .parameters = "a,b=1",
                       .n = 20,
                       .estimator = "mle",
                       .component = "shape",
                       .replicates = 65536,
                       .from = -4,
                       .quantile = -3.8,
                       .probability = 1e-5,
                       .reference = {},
                       .density = 1e-4};
  rows.distributions.push_back(cell);
  for (double const z : {-2.0, 0.0, 2.0}) {
    cell.from = z - 0.2;
    cell.quantile = z;
    cell.probability = z < 0 ? 0.03 : z > 0 ? 0.98 : 0.52;
    cell.reference = z < 0 ? -1.88 : z > 0 ? 2.05 : 0.05;
    cell.density = z == 0 ? 0.4 : 0.05;
    rows.distributions.push_back(cell);
  }

  ReplicateInterval interval{.claim = "coverage",
                             .model = "gamma",
                             .parameters = "shape=2.5;rate=1.3",
                             .n = 5,
                             .component = "rate & <b>more</b>",
                             .interval = "wald",
                             .level = 0.95,
                             .replicate = 0,
                             .truth = 1.3,
                             .estimate = 1.5,
                             .lower = 1.1,
                             .upper = 1.9,
                             .z = 1};
  rows.intervals.push_back(interval);
  interval.replicate = 1;
  interval.lower = 1.4;
  interval.z = 2.5;
  rows.intervals.push_back(interval);
  interval.interval = "likelihood-ratio";
  interval.upper = std::numeric_limits<double>::infinity();
  rows.intervals.push_back(interval);
  return rows;
}

inline Manifest sample_manifest() {
  return {.version = "0.1.0",
          .kind = RunKind::verify,
          .status = RunStatus::deadline,
          .command = "fisherlab verify smoke --seed 7",
          .study = "name = \"smoke\"\n[[claim]]\nid = \"score-mean\"\n",
          .seed = std::numeric_limits<std::uint64_t>::max(),
          .family_error = 1e-6,
          .threads = 2,
          .compiler = "g++ 12.2.0",
          .libraries = {{"oneTBB", "2021.8"}, {"Boost", "1.74"}},
          .instruction_level = "x86-64-v4",
          .fingerprint = "0123456789abcdef",
          .looks = 3,
          .replicates = 12'345'678'901,
          .wall_seconds = 12.5,
          .replicates_per_second = 987654312.08,
          .deadline_reached = true,
          .exit_code = 4,
          .started_utc = "2024-03-01T02:00:00Z",
          .host = "night",
          .facts = {},
          .rows = {},
          .bytes = {},
          .sha256 = {}};
}

/// The manifest of a run that wrote the findings, performance and convergence above.
inline Manifest counted_manifest() {
  auto manifest = sample_manifest();
  manifest.facts = {{"seed", "18446744073709551615"}, {"the study's text", "a1b2"}};
  manifest.rows = {{"findings.csv", 5}, {"performance.csv", 2}, {"convergence.csv", 3}};
  return manifest;
}

}  // namespace fisherlab::test
