#include "claims/claim.hpp"

namespace fisherlab::claims {

std::vector<StatedFinding> findings_of(Question const& question) {
  if (auto const* const experiment = question.experiment()) return experiment->findings;
  auto const& asked = question.sampled()->findings;
  return {asked.begin(), asked.end()};
}

std::int64_t finding_count(std::vector<Question> const& questions) {
  std::int64_t count = 0;
  for (auto const& question : questions) count += static_cast<std::int64_t>(findings_of(question).size());
  return count;
}

std::int64_t sharing_count(std::vector<Question> const& questions) {
  std::int64_t count = 0;
  for (auto const& question : questions) {
    auto const* const experiment = question.experiment();
    if (experiment == nullptr || !experiment->is_exact) count += finding_count({question});
  }
  return count;
}

std::vector<Scenario> scenarios_of(Question const& question) {
  auto const* const sampled = question.sampled();
  return sampled != nullptr ? sampled->scenarios : std::vector<Scenario>{};
}

std::string model_text(Question const& question) {
  auto const* const experiment = question.experiment();
  return experiment != nullptr ? experiment->model : model_text(question.sampled()->setting);
}

std::string parameters_text(Question const& question) {
  auto const* const experiment = question.experiment();
  return experiment != nullptr ? experiment->parameters : parameters_text(question.sampled()->setting.model);
}

}  // namespace fisherlab::claims
