#include "findings/csv/leave_one_out_csv.hpp"

#include <cstdint>
#include <utility>

#include "base/files/csv.hpp"

namespace fisherlab {

std::string leave_one_out_csv(std::span<LeaveOneOutRow const> rows) {
  CsvText<8> csv(
      {"train_index", "convention", "parameter", "first_order", "one_step", "second_order", "exact", "refit"});
  for (auto const& r : rows)
    csv.add_row(static_cast<std::int64_t>(r.train_index), r.convention, r.parameter, r.first_order, r.one_step,
                r.second_order, r.exact, r.refit);
  return std::move(csv).take();
}

}  // namespace fisherlab
