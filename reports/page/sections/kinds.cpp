#include "reports/page/sections/kinds.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "reports/page/sections/row_labels.hpp"
#include "reports/tables/calibration_table.hpp"
#include "reports/tables/influence_summary.hpp"

namespace fisherlab::reports {
namespace {

KindHead simulated(std::vector<PerformanceRow> const& rows) {
  std::set<std::string> places;
  std::vector<std::string> estimators;
  std::set<std::int64_t> sizes;
  for (auto const& r : rows) {
    places.insert(place_text(r.model, r.parameters));
    if (std::ranges::find(estimators, r.estimator) == estimators.end()) estimators.push_back(r.estimator);
    sizes.insert(r.n);
  }
  bool const is_one_model = std::ranges::all_of(rows, [&](auto const& r) { return r.model == rows.front().model; });
  auto const heading = places.size() == 1 ? *places.begin()
                       : is_one_model     ? fmt::format("{} at {} theta", rows.front().model, places.size())
                                          : fmt::format("{} scenarios", places.size());
  return {"shown", heading,
          fmt::format("{} at n = {}, {} replicates of each. Nothing is judged: bias, standard errors, coverage and "
                      "efficiency, each with its Monte Carlo error.",
                      fmt::join(estimators, ", "), fmt::join(sizes, ", "),
                      count_text(static_cast<double>(rows.front().replicates)))};
}

/// "3 methods at 36 scenarios" of what was analysed, and which measures lie off.
KindHead analysed(RecordedRun const& run) {
  std::set<std::string> methods, places;
  for (auto const& r : run.performance) {
    methods.insert(r.estimator);
    places.insert(fmt::format("{} {} {} {}", r.model, r.parameters, r.n, r.component));
  }
  std::map<std::string, std::size_t> off;
  for (auto const& f : run.findings)
    if (f.verdict == Verdict::refuted) ++off[f.measurement.statistic];
  std::string lead = "Estimates that were made elsewhere; nothing is judged.";
  if (!off.empty()) {
    lead += " Off what they should be:";
    for (auto const& [statistic, count] : off) lead += fmt::format(" {} in {} of {};", statistic, count, places.size());
    lead.back() = '.';
  }
  auto const counted = [](std::size_t count, char const* word) {
    return fmt::format("{} {}{}", count, word, count == 1 ? "" : "s");
  };
  return {"shown", counted(methods.size(), "method") + " at " + counted(places.size(), "scenario"), lead};
}

KindHead calibrated(RecordedRun const& run) {
  auto const summary = calibration_summary(run.calibration, run.manifest.family_error);
  return {summary.is_contradicted ? "failed" : "verified",
          fmt::format("{} of {} runs on planted truths ended in a wrong verdict", summary.wrong, summary.runs),
          summary.sentences};
}

KindHead influenced(RecordedRun const& run) {
  auto const summaries = influence_summaries(run.influence);
  if (summaries.empty()) return {"shown", "Influence of training rows", ""};
  auto const& first = summaries.front().first;
  auto lead = fmt::format("n = {}, {} parameters, l2 = {}.", first.n, first.p, rounded_text(first.l2, 3));
  if (auto const& fit = summaries.front().agreement)
    lead += fmt::format(
        " Over {} removed rows the refits follow the predictions with slope {}, rank correlation {} and a relative "
        "error of {} (test point {}).",
        summaries.front().pairs, rounded_text(fit->slope, 3), rounded_text(fit->spearman, 3),
        rounded_text(fit->relative_error, 2), first.test_point);
  return {"shown", fmt::format("What {} on {} hangs on", first.model, first.data), lead};
}

}  // namespace

KindHead kind_head(RecordedRun const& run) {
  if (run.manifest.kind == RunKind::analyze) return analysed(run);
  if (!run.calibration.empty()) return calibrated(run);
  if (!run.influence.empty()) return influenced(run);
  if (!run.performance.empty()) return simulated(run.performance);
  return {"shown", "No findings in this run", ""};
}

}  // namespace fisherlab::reports
