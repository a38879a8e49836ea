#include "findings/csv/attack_csv.hpp"

#include <cstdint>
#include <utility>

#include "base/files/csv.hpp"

namespace fisherlab {

std::string attack_csv(std::span<AttackRow const> rows) {
  CsvText csv(attack_columns);
  auto const whole = [](int number) { return static_cast<std::int64_t>(number); };
  for (auto const& r : rows)
    csv.add_row(r.data, r.model, whole(r.n), whole(r.p), r.l2, whole(r.images), r.box, r.direction, r.flipped, r.trials,
                r.lower, r.upper);
  return std::move(csv).take();
}

}  // namespace fisherlab
