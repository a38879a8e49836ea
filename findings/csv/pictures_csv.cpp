#include "findings/csv/pictures_csv.hpp"

#include <utility>

#include "base/files/csv.hpp"
#include "findings/csv/run_columns.hpp"
#include "findings/names.hpp"

namespace fisherlab {

std::string curves_csv(std::span<CurveRow const> rows) {
  CsvText csv(curves_columns);
  for (auto const& r : rows)
    csv.add_row(r.claim, r.model, r.parameters, to_string(r.quantity), r.method, r.component, r.n, r.replicates,
                r.value, r.lower, r.upper, r.reference);
  return std::move(csv).take();
}

std::string distributions_csv(std::span<DistributionRow const> rows) {
  CsvText csv(distributions_columns);
  for (auto const& r : rows)
    csv.add_row(r.claim, r.model, r.parameters, r.n, r.estimator, r.component, r.replicates, r.from, r.quantile,
                r.probability, r.reference, r.density);
  return std::move(csv).take();
}

std::string intervals_csv(std::span<ReplicateInterval const> rows) {
  CsvText csv(intervals_columns);
  for (auto const& r : rows)
    csv.add_row(r.claim, r.model, r.parameters, r.n, r.component, r.interval, r.level, r.replicate, r.truth, r.estimate,
                r.lower, r.upper, r.z);
  return std::move(csv).take();
}

}  // namespace fisherlab
