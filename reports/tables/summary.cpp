#include "reports/tables/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "base/text/number.hpp"

namespace fisherlab::reports {
namespace {

void keep_farthest(ClaimSummary& claim, Interval const& margins) {
  auto& farthest = claim.margins_from_target;
  if (!farthest || margins.estimate > farthest->estimate ||
      (margins.estimate == farthest->estimate && margins.upper > farthest->upper))
    farthest = margins;
}

void count(Finding const& finding, ClaimSummary& claim) {
  switch (finding.outcome) {
    case Outcome::pass:
      ++(finding.verdict == Verdict::refuted ? claim.refuted : claim.verified);
      if (finding.verdict == Verdict::verified) keep_farthest(claim, margins_from_target(finding));
      break;
    case Outcome::fail:
      ++claim.failed;
      break;
    case Outcome::open:
      ++claim.open;
      break;
    case Outcome::report:
      ++claim.shown;
      break;
  }
}

}  // namespace

Summary summarise(std::span<Finding const> findings) {
  Summary summary;
  std::unordered_map<std::string, std::size_t> index;
  for (Finding const& finding : findings) {
    auto const [place, is_new] = index.try_emplace(finding.claim, summary.claims.size());
    if (is_new)
      summary.claims.push_back({.claim = finding.claim, .statement = finding.statement, .margins_from_target = {}});
    count(finding, summary.claims[place->second]);
    summary.with_own_error += finding.family_error.has_value();
    switch (finding.outcome) {
      case Outcome::pass:
        ++summary.passed;
        break;
      case Outcome::fail:
        summary.failed.push_back(&finding);
        break;
      case Outcome::open:
        summary.open.push_back(&finding);
        break;
      case Outcome::report:
        summary.shown.push_back(&finding);
        break;
    }
  }
  return summary;
}

Interval margins_from_target(Finding const& finding) {
  auto const& [kind, target, margin, exact_within] = finding.region;
  auto const& m = finding.measurement;
  auto const in_margins = [w = margin](double distance) {
    if (distance == 0) return 0.0;
    return w > 0 ? distance / w : std::numeric_limits<double>::infinity();
  };
  double const below = target - m.lower, above = m.upper - target;
  switch (kind) {
    case RegionKind::at_least:
      return {in_margins(std::max(target - m.estimate, 0.0)), 0, in_margins(std::max(-above, 0.0)),
              in_margins(std::max(below, 0.0))};
    case RegionKind::at_most:
      return {in_margins(std::max(m.estimate - target, 0.0)), 0, in_margins(std::max(-below, 0.0)),
              in_margins(std::max(above, 0.0))};
    case RegionKind::equal:
      break;
  }
  return {in_margins(std::fabs(m.estimate - target)), 0, in_margins(std::max({-below, -above, 0.0})),
          in_margins(std::max(std::fabs(below), std::fabs(above)))};
}

std::string counts_sentence(Summary const& summary) {
  std::size_t const failed = summary.failed.size(), open = summary.open.size(), shown = summary.shown.size();
  std::size_t const total = static_cast<std::size_t>(summary.passed) + failed + open + shown;
  auto const own = summary.with_own_error == 0
                       ? std::string()
                       : fmt::format(" {} about networks at a family error of their own.", summary.with_own_error);
  return fmt::format("{} {}: {} as expected, {} failed, {} open, {} shown only.{}", total,
                     total == 1 ? "finding" : "findings", summary.passed, failed, open, shown, own);
}

std::string status_sentence(RunStatus status) {
  switch (status) {
    case RunStatus::complete:
      break;
    case RunStatus::deadline:
      return "The deadline was reached: open findings were given no further look.";
    case RunStatus::interrupted:
      return "Interrupted: what is here was decided until then, the rest is missing.";
    case RunStatus::running:
      return "Not done: the run is still on its way, or was killed.";
  }
  return {};
}

std::string region_text(Region const& region) {
  auto const lower = rounded_text(region.target - region.margin, 6);
  auto const upper = rounded_text(region.target + region.margin, 6);
  switch (region.kind) {
    case RegionKind::at_least:
      return "at least " + lower;
    case RegionKind::at_most:
      return "at most " + upper;
    case RegionKind::equal:
      break;
  }
  return "[" + lower + ", " + upper + "]";
}

std::string ends_text(Measurement const& m) {
  // A tenth of the width keeps the ends apart; they are not rounded outwards, since the CSV holds them exactly. What is
  // known almost exactly has no use for more than six digits.
  double const reach = std::max(std::fabs(m.lower), std::fabs(m.upper));
  double const width = m.upper - m.lower;
  double const error = width > 0 && std::isfinite(reach) ? std::max(width / 10, 1e-5 * reach) : width / 10;
  return fmt::format("[{}, {}]", text_by_error({.value = m.lower, .error = error}),
                     text_by_error({.value = m.upper, .error = error}));
}

std::string interval_text(Finding const& finding) {
  auto const& m = finding.measurement;
  bool const has_reason = !m.reason.empty();
  bool const has_end = std::isfinite(m.lower) || std::isfinite(m.upper);
  auto const own = finding.family_error ? ", of a family error of its own, " + exact_text(*finding.family_error) : "";
  return fmt::format("{} at level 1 - {}{}{}", has_reason && !has_end ? "none" : ends_text(m),
                     rounded_text(1 - finding.level, 2), own, has_reason ? " (" + m.reason + ")" : "");
}

std::string margins_text(std::optional<Interval> const& margins) {
  if (!margins || !std::isfinite(margins->upper) || std::isnan(margins->estimate)) return "-";
  if (margins->upper == 0) return "0";
  return fmt::format("{:.0f} [{:.0f}, {:.0f}]", 100 * margins->estimate, 100 * margins->lower, 100 * margins->upper);
}

}  // namespace fisherlab::reports
