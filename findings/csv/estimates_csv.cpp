#include "findings/csv/estimates_csv.hpp"

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>

#include "base/files/csv.hpp"

namespace fisherlab {

std::string estimates_csv(std::span<KeptEstimates const> estimates) {
  CsvText<8> csv({"model", "parameters", "n", "estimator", "replicate", "component", "estimate", "std_error"});
  auto const defined = [](double x) { return std::isnan(x) ? std::nullopt : std::optional(x); };
  for (auto const& kept : estimates) {
    std::size_t const width = 2 * kept.components.size();
    for (std::size_t k = 0; k + width <= kept.values.size(); k += width)
      for (std::size_t a = 0; a < kept.components.size(); ++a)
        csv.add_row(kept.model, kept.parameters, kept.n, kept.estimator, static_cast<std::int64_t>(k / width),
                    kept.components[a], defined(kept.values[k + 2 * a]), defined(kept.values[k + 2 * a + 1]));
  }
  return std::move(csv).take();
}

}  // namespace fisherlab
