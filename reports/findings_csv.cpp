#include "reports/findings_csv.hpp"

#include <utility>

#include "claims/names.hpp"
#include "reports/csv.hpp"
#include "reports/run_columns.hpp"

namespace fisherlab::reports {

std::string findings_csv(std::span<claims::Finding const> findings) {
  CsvText csv(findings_columns);
  for (claims::Finding const& f : findings) {
    auto const& [statistic, estimate, std_error, lower, upper, replicates, dropped] = f.measurement;
    csv.add_row(f.claim, f.statement, f.model, f.parameters, f.n, statistic, to_string(f.region.kind), estimate,
                std_error, lower, upper, f.region.target, f.region.margin, replicates, dropped, f.level,
                to_string(f.verdict), to_string(f.expected), to_string(f.outcome));
  }
  return std::move(csv).take();
}

}  // namespace fisherlab::reports
