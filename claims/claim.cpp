#include "claims/claim.hpp"

namespace fisherlab::claims {

std::string model_text(Question const& question) {
  return question.experiment ? question.experiment->model : model_text(question.setting);
}

std::string parameters_text(Question const& question) {
  return question.experiment ? question.experiment->parameters : parameters_text(question.setting.model);
}

}  // namespace fisherlab::claims
