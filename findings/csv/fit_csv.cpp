#include "findings/csv/fit_csv.hpp"

#include <utility>

#include "base/files/csv.hpp"

namespace fisherlab {

std::string fit_csv(std::span<FitRow const> rows) {
  CsvText<5> csv({"parameter", "estimate", "std_error", "lower", "upper"});
  for (FitRow const& r : rows) csv.add_row(r.parameter, r.estimate, r.std_error, r.lower, r.upper);
  return std::move(csv).take();
}

}  // namespace fisherlab
