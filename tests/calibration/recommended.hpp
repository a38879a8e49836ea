#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/statistics/proportion.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/intervals/calibration.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"

namespace fisherlab::runs::judging {

inline constexpr double level = 0.95;

/// One parameter of one case.
struct Judged {
  std::string family, parameter, recommended;
  std::int64_t n = 0;
  std::optional<Estimated> truth;       ///< of what was recommended
  std::optional<Estimated> calibrated;  ///< true coverages, where there is a calibrated interval
  Estimated likelihood_ratio;

  double misses() const { return (1 - truth->value) / (1 - level); }
  double misses_mcse() const { return truth->mcse / (1 - level); }
};

/// The parameters of one case: what was recommended, and what it is worth in truth.
inline std::vector<Judged> judged(FittedData const& fitted, Diagnosis const& diagnosis, Diagnosis const& truth) {
  auto const advised = recommendations({fitted.fit, diagnosis, {}, nullptr});
  std::vector<Judged> result;
  for (std::size_t a = 0; a < truth.parameters.size(); ++a) {
    auto const& p = fitted.fit.parameters[a];
    Judged one{fitted.model->card().name, p.name, advised[a].name, fitted.data.n, {}, {}, {}};
    for (auto const& i : intervals_of(p, &truth.parameters[a])) {
      if (i.name == advised[a].name) one.truth = i.coverage;
      if (i.name == "likelihood-ratio") one.likelihood_ratio = i.coverage;
      if (i.name == calibrated_name && !std::isnan(i.coverage.value)) one.calibrated = i.coverage;
    }
    result.push_back(one);
  }
  return result;
}

struct Totals {
  std::int64_t cases = 0, refused = 0, intervals = 0, recommended = 0, outside = 0, clearly_outside = 0, calibrated = 0;
  std::int64_t ratio_is_off = 0, calibrated_is_off = 0;
  double ratio_error = 0, calibrated_error = 0;  ///< sums of |misses over declared - 1|
};

inline bool is_off(Estimated const& coverage) {
  double const misses = (1 - coverage.value) / (1 - level);
  return misses < 0.8 || misses > 1.25;
}

inline void add(Judged const& j, Totals& totals) {
  ++totals.intervals;
  if (j.calibrated) {
    ++totals.calibrated;
    totals.ratio_is_off += is_off(j.likelihood_ratio);
    totals.calibrated_is_off += is_off(*j.calibrated);
    totals.ratio_error += std::fabs((1 - j.likelihood_ratio.value) / (1 - level) - 1);
    totals.calibrated_error += std::fabs((1 - j.calibrated->value) / (1 - level) - 1);
  }
  if (!j.truth) return;
  ++totals.recommended;
  totals.outside += is_off(*j.truth);
  double const m = j.misses(), reach = 3 * j.misses_mcse();
  totals.clearly_outside += m + reach < 0.8 || m - reach > 1.25;
}

/// A number of the environment, or the usual one.
inline std::int64_t asked(char const* name, std::int64_t usual) {
  char const* const text = std::getenv(name);
  return text != nullptr ? std::max<std::int64_t>(std::atoll(text), 0) : usual;
}

/// `cases` cases that are not refused, from number `first` on.
inline Totals tried(std::int64_t first, std::int64_t cases,
                    std::function<std::optional<std::vector<Judged>>(std::int64_t k)> const& judge) {
  Totals totals;
  for (std::int64_t k = first; totals.cases < cases; ++k) {
    auto const judged = judge(k);
    if (!judged) {
      ++totals.refused;
      continue;
    }
    ++totals.cases;
    for (auto const& j : *judged) {
      add(j, totals);
      if (std::getenv("FISHERLAB_SHOW_CASES") != nullptr)
        std::printf("%lld,%s,%s,%lld,%s,%.5f,%.5f,%.5f,%.5f\n", static_cast<long long>(k), j.family.c_str(),
                    j.parameter.c_str(), static_cast<long long>(j.n), j.recommended.c_str(),
                    j.truth ? j.truth->value : NAN, j.truth ? j.truth->mcse : NAN, j.likelihood_ratio.value,
                    j.calibrated ? j.calibrated->value : NAN);
      std::fflush(stdout);
    }
  }
  return totals;
}

inline void tell(Totals const& totals) {
  auto const bound = proportion_interval({totals.clearly_outside, totals.recommended}, 0.05);
  std::printf("%s\n",
              fmt::format("{} cases ({} refused), {} parameters, {} recommended, {} outside the band by the point, "
                          "{} beyond 3 Monte Carlo errors (Clopper-Pearson {:.4f} to {:.4f}); calibrated in {}: "
                          "off {} (likelihood ratio {}), mean |misses/declared - 1| {:.3f} (likelihood ratio {:.3f})",
                          totals.cases, totals.refused, totals.intervals, totals.recommended, totals.outside,
                          totals.clearly_outside, bound.lower, bound.upper, totals.calibrated, totals.calibrated_is_off,
                          totals.ratio_is_off, totals.calibrated_error / static_cast<double>(totals.calibrated),
                          totals.ratio_error / static_cast<double>(totals.calibrated))
                  .c_str());
}

}  // namespace fisherlab::runs::judging
