#include "findings/csv/findings_csv.hpp"

#include <utility>

#include "base/files/csv.hpp"
#include "findings/csv/run_columns.hpp"
#include "findings/names.hpp"

namespace fisherlab {

std::string findings_csv(std::span<Finding const> findings) {
  CsvText csv(findings_columns);
  for (Finding const& f : findings) {
    auto const& [statistic, estimate, std_error, lower, upper, replicates, dropped] = f.measurement;
    csv.add_row(f.claim, f.statement, f.model, f.parameters, f.n, statistic, to_string(f.region.kind), estimate,
                std_error, lower, upper, f.region.target, f.region.margin, replicates, dropped, f.level,
                to_string(f.verdict), to_string(f.expected), to_string(f.outcome));
  }
  return std::move(csv).take();
}

}  // namespace fisherlab
