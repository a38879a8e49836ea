#include "estimators/influence/problems/problems.hpp"

#include "base/expects.hpp"

namespace fisherlab::estimators::influence {

std::vector<std::string> problem_names() {
  return {"linear", "logistic", "softmax", "poisson", "negative_binomial", "mlp"};
}

AnyProblem make_problem(std::string const& name, Data const& data, ProblemOptions const& options) {
  if (name == "linear") return linear_problem(data);
  if (name == "logistic") return logistic_problem(data);
  if (name == "softmax") return softmax_problem(data);
  if (name == "poisson") return poisson_problem(data);
  if (name == "negative_binomial")
    return negative_binomial_problem(data, options.size > 0 ? options.size : negative_binomial_size(data));
  expects(name == "mlp",
          "there is no model \"" + name + "\", use linear, logistic, softmax, poisson, negative_binomial or mlp");
  return network_problem(data, options);
}

}  // namespace fisherlab::estimators::influence
