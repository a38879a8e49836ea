#include "findings/csv/calibration_csv.hpp"

#include <cstdint>
#include <utility>

#include "base/files/csv.hpp"

namespace fisherlab {

std::string calibration_csv(std::span<CalibrationRow const> rows, std::span<FarRow const> far) {
  CsvText<10> csv(
      {"claim", "model", "defect", "size", "runs", "verified", "refuted", "inconclusive", "lower", "upper"});
  for (CalibrationRow const& r : rows) {
    auto const rate = r.rate();
    csv.add_row(r.claim, r.model, to_string(r.defect), r.size, r.runs, r.verified, r.refuted, r.inconclusive,
                rate.lower, rate.upper);
  }
  for (FarRow const& r : far) {
    auto const rate = r.rate();
    csv.add_row(r.claim, r.model + ": " + r.statistic, "none", r.level.alpha, r.runs, r.runs - r.misses, r.misses,
                std::int64_t{0}, rate.lower, rate.upper);
  }
  return std::move(csv).take();
}

}  // namespace fisherlab
