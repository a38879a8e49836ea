#include "testing/model_laws.hpp"

#include <algorithm>
#include <string>

#include "base/expects.hpp"

namespace fisherlab::laws {

std::vector<Breach> broken_laws(TestedModel const& tested, std::span<double const> theta, ReferenceLaw const& law) {
  auto const& model = *tested.model;
  expects(model.in_space(theta),
          "theta is outside the space of " + model.card().name + ", test it where it is defined");
  expects(law.coordinates.size() == static_cast<std::size_t>(model.dimension()),
          "the reference law of " + model.card().name + " has " + std::to_string(law.coordinates.size()) +
              " coordinates, give one for each of the observation's " + std::to_string(model.dimension()));
  std::vector<Breach> breaches;
  check_density(tested, theta, law, breaches);
  check_derivatives(tested, theta, law, breaches);
  if (tested.regular) check_information(tested, theta, law, breaches);
  check_draws(tested.model, theta, law, breaches);
  check_lanes(tested, theta, breaches);
  return breaches;
}

std::vector<Law> names_of(std::vector<Breach> const& breaches) {
  std::vector<Law> names;
  for (auto const& breach : breaches) names.push_back(breach.law);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

}  // namespace fisherlab::laws
