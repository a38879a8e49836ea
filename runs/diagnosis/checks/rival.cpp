#include "runs/diagnosis/checks/rival.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace fisherlab::runs {

void put_best_first(std::vector<Rival>& rivals) { std::ranges::stable_sort(rivals, {}, &Rival::aic); }

DiagnosisSettings settings_under_other(DiagnosisSettings settings, std::int64_t n, double observations) {
  constexpr std::int64_t most_replicates = 4096;
  auto const affordable = static_cast<std::int64_t>(observations / static_cast<double>(n));
  settings.replicates = std::min(affordable, most_replicates);
  settings.enough = {};
  settings.advance = {};
  return settings;
}

UnderOther under_other(std::string const& law, Diagnosis diagnosis, Sizes const& sizes) {
  UnderOther result{law, 0, {}, {}, diagnosis.replicates - diagnosis.failed};
  double const ratio = static_cast<double>(sizes.simulated) / static_cast<double>(sizes.data);
  for (auto const& p : diagnosis.parameters)
    result.std_errors.push_back(p.theory_std_error * std::sqrt(p.variance_ratio.value * ratio));
  result.worth = std::move(diagnosis.parameters);
  return result;
}

}  // namespace fisherlab::runs
