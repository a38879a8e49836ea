#include "findings/csv/influence_csv.hpp"

#include <cstdint>
#include <utility>

#include "base/files/csv.hpp"

namespace fisherlab {

std::string influence_csv(std::span<InfluenceRow const> rows) {
  CsvText csv(influence_columns);
  auto const whole = [](int number) { return static_cast<std::int64_t>(number); };
  for (auto const& r : rows)
    csv.add_row(r.data, r.model, whole(r.n), whole(r.p), r.l2, r.convention, r.solver, whole(r.split), r.test_point,
                whole(r.train_index), r.predicted, r.second_order, r.one_step, r.actual, r.reliability,
                whole(r.iterations), r.residual);
  return std::move(csv).take();
}

}  // namespace fisherlab
