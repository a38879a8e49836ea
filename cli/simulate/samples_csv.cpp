#include "cli/simulate/samples_csv.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "base/expects.hpp"
#include "base/files/csv.hpp"
#include "base/text/parse.hpp"

namespace fisherlab::cli {

std::int64_t parse_kept_samples(std::string const& text, runs::Simulation const& simulation) {
  constexpr double most_numbers = 5e7;
  auto const count = parse_count(text, {"--keep-samples", 1, simulation.replicates});
  double numbers = 0;
  expects(simulation.more_laws.empty(),
          "--keep-samples is given for a grid of theta (its file has no column for theta), give one theta");
  for (auto const n : simulation.sizes)
    numbers += static_cast<double>(count) * static_cast<double>(n) * simulation.law.model->dimension();
  expects(numbers <= most_numbers,
          fmt::format("--keep-samples comes to {} numbers (at most 50 million are written), keep fewer",
                      count_text(numbers)));
  return count;
}

std::string samples_csv(runs::Simulation const& simulation, std::int64_t count) {
  auto const& law = simulation.law;
  int const dimension = law.model->dimension();
  CsvText csv;
  for (auto const* name : {"n", "replicate", "observation"}) csv.add(std::string_view(name));
  for (int d = 1; d <= dimension; ++d) csv.add(dimension == 1 ? std::string("x") : fmt::format("x_{}", d));
  csv.end_row();
  for (auto const n : simulation.sizes) {
    claims::Scenario const scenario{{law, law, {}}, n};
    sim::Sample sample(n, dimension);
    for (std::int64_t first = 0; first < count; first += sim::lane_count) {
      law.model->draw(law.theta, {simulation.seed, scenario.stream(), static_cast<std::uint64_t>(first)}, sample);
      int const lanes = static_cast<int>(std::min<std::int64_t>(sim::lane_count, count - first));
      for (int lane = 0; lane < lanes; ++lane)
        for (std::int64_t i = 0; i < n; ++i) {
          for (std::int64_t const number : {n, first + lane, i + 1}) csv.add(number);
          for (int d = 0; d < dimension; ++d) csv.add(std::optional<double>(sample(i, d)[lane]));
          csv.end_row();
        }
    }
  }
  return std::move(csv).take();
}

}  // namespace fisherlab::cli
