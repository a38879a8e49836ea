#include "runs/diagnosis/needed_n.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>

#include "base/special/distributions.hpp"
#include "base/text/number.hpp"
#include "claims/instruments/exact/exact_coverage.hpp"
#include "runs/diagnosis/enough.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::int64_t exact_reach = 3000;  ///< every n up to here is summed, and 1.5 times what was needed
constexpr double wanted_variance = 0.05;

std::int64_t rounded(double n) {
  double const unit = std::pow(10.0, std::max(std::floor(std::log10(n)) - 1, 0.0));
  return static_cast<std::int64_t>(std::ceil(n / unit - 1e-9) * unit);
}

/// A condition on one parameter: by how much it is off, and how much is allowed.
struct Condition {
  std::function<Estimated(ParameterDiagnosis const&)> error;
  double wanted = 0;

  bool holds(ParameterDiagnosis const& p) const { return std::fabs(error(p).value) <= wanted; }
};

/// Diagnoses along n, each made once.
class Along {
 public:
  Along(DiagnosisOfSize diagnose, SearchEffort const& effort, DiagnosisSettings settings)
      : diagnose_(std::move(diagnose)), effort_(effort), settings_(std::move(settings)) {
    settings_.replicates = effort.replicates;
    settings_.without_profiles = true;
    settings_.advance = {};
    settings_.enough = {};
  }

  bool can(std::int64_t n) {
    if (known_.contains(n)) return true;
    if (drawn_ + size(n) > effort_.observations) return false;
    is_cut_ = is_cut_ || !can_afford(seconds_each_ * size(n), settings_);
    return !is_cut_;
  }
  bool is_cut() const { return is_cut_; }
  /// Null where there is no diagnosis, as where fits fail.
  ParameterDiagnosis const* at(std::int64_t n, std::size_t a) {
    auto known = known_.find(n);
    if (known == known_.end()) {
      double const before = settings_.seconds_left ? settings_.seconds_left() : 0;
      drawn_ += size(n);
      known = known_.emplace(n, diagnose_(n, settings_)).first;
      if (settings_.seconds_left) seconds_each_ = (before - settings_.seconds_left()) / size(n);
    }
    return a < known->second.parameters.size() ? &known->second.parameters[a] : nullptr;
  }

 private:
  double size(std::int64_t n) const { return static_cast<double>(n * effort_.replicates); }

  DiagnosisOfSize diagnose_;
  SearchEffort effort_;
  DiagnosisSettings settings_;
  std::map<std::int64_t, Diagnosis> known_;
  double drawn_ = 0;
  bool is_cut_ = false;
  double seconds_each_ = 0;  ///< of an observation, the last time
};

NeededN simulated(Along& along, Condition const& condition, std::int64_t n, std::size_t a) {
  NeededN result{.tried = n};
  std::int64_t failing = n, holding = 0;
  for (std::int64_t m = 2 * n; along.can(m); m *= 2) {
    auto const* const p = along.at(m, a);
    result.tried = m;
    bool const holds = p != nullptr && condition.holds(*p);
    if (!holds) {
      failing = m;
      holding = 0;
    } else if (holding != 0) {
      break;
    } else {
      holding = m;
    }
  }
  result.is_cut = along.is_cut();
  if (holding == 0) return result;
  // Between a size that fails and one that holds the error falls much as 1/n: go where it says.
  auto const* const last = along.at(failing, a);
  double const error = last == nullptr ? 2 * condition.wanted : std::fabs(condition.error(*last).value);
  double const between = static_cast<double>(failing) * error / condition.wanted;
  result.n = rounded(std::clamp(between, static_cast<double>(failing), static_cast<double>(holding)));
  if (last != nullptr) result.error = static_cast<double>(*result.n) * condition.error(*last).mcse / condition.wanted;
  return result;
}

/// By exact sums at every n; nothing where the law has no exact coverage.
std::optional<NeededN> exact(claims::Law const& law, std::size_t a, std::int64_t n, double level) {
  double const z = normal_quantile(0.5 + 0.5 * level);
  auto const is_off = [&](std::int64_t m) -> std::optional<bool> {
    auto const coverage = claims::exact_coverage(law, a, m, {}, z);
    if (!coverage) return {};
    return std::fabs(*coverage - level) > 0.2 * (1 - level);
  };
  auto const off_here = is_off(n);
  if (!off_here) return {};
  std::int64_t last = *off_here ? n : n - 1, m = n + 1;
  for (; m <= std::min(exact_reach, std::max(3 * last, 4 * n)); ++m)
    if (is_off(m).value_or(true)) last = m;
  std::int64_t const tried = m - 1;
  bool const is_settled = last < n || 2 * tried >= 3 * last;
  return is_settled ? NeededN{.n = last + 1, .tried = tried, .is_exact = true}
                    : NeededN{.tried = tried, .is_exact = true};
}

}  // namespace

std::string NeededN::text() const {
  if (!n) return fmt::format("n above {} ({})", tried, is_cut ? "--budget left no time for more" : "the largest tried");
  if (is_exact) return fmt::format("n = {}", *n);
  return fmt::format("n of about {} (Monte Carlo error {})", *n, rounded_text(error, 1));
}

std::vector<Needs> search_needed_n(claims::Law const& law, Diagnosis const& diagnosis,
                                   DiagnosisSettings const& settings) {
  std::vector<std::optional<NeededN>> sums;
  for (std::size_t a = 0; a < diagnosis.parameters.size(); ++a)
    sums.push_back(exact(law, a, diagnosis.n, diagnosis.level));
  return search_needed_n([&law](std::int64_t n, auto const& there) { return diagnose(law, n, there); }, {}, sums,
                         diagnosis, settings);
}

std::vector<Needs> search_needed_n(DiagnosisOfSize const& diagnose, SearchEffort const& effort,
                                   std::vector<std::optional<NeededN>> const& sums, Diagnosis const& diagnosis,
                                   DiagnosisSettings const& settings) {
  double const level = diagnosis.level;
  Condition const coverage{[level](ParameterDiagnosis const& p) {
                             return Estimated{p.wald.value - level, p.wald.mcse};
                           },
                           0.2 * (1 - level)};
  Condition const variance{[](ParameterDiagnosis const& p) {
                             return Estimated{p.variance_ratio.value - 1, p.variance_ratio.mcse};
                           },
                           wanted_variance};
  Along along(diagnose, effort, settings);
  std::vector<Needs> result;
  for (std::size_t a = 0; a < diagnosis.parameters.size(); ++a) {
    auto const& p = diagnosis.parameters[a];
    Needs needs;
    if (auto const summed = a < sums.size() ? sums[a] : std::nullopt) {
      if (summed->n != diagnosis.n) needs.wald_coverage = summed;
    } else if (!coverage.holds(p)) {
      needs.wald_coverage = simulated(along, coverage, diagnosis.n, a);
    }
    if (!p.variance_exists || !variance.holds(p)) needs.variance = simulated(along, variance, diagnosis.n, a);
    result.push_back(needs);
  }
  return result;
}

}  // namespace fisherlab::runs
