#pragma once

#include <string>
#include <vector>

#include "estimators/influence/problems/problem.hpp"

namespace fisherlab::estimators::influence {

/// What a hidden unit does to its sum.
enum class Activation { tanh, softplus };

/// What a problem is made from.
struct ProblemOptions {
  int depth = 1;                             ///< hidden layers of a network
  int width = 5;                             ///< units of each of them
  Activation activation = Activation::tanh;  ///< of every hidden unit
  double size = 0;                           ///< of a negative binomial law; 0: negative_binomial_size()
};

/// Names of the inputs are x1, x2, ... where the data have none. All problems but the network have one minimum (or
/// none), so their searches start at zero.

/// "linear", "logistic", "softmax", "poisson", "negative_binomial", "mlp".
std::vector<std::string> problem_names();

/// The problem of that name for data of this shape.
/// @throws InputError for an unknown name, targets it cannot have (logistic: two classes; Poisson, negative binomial:
/// counts), a bad depth.
AnyProblem make_problem(std::string const& name, Data const& data, ProblemOptions const& options = {});

/// Least squares: L = (y - b - x'a)^2/2. Parameters: intercept, then one an input.
AnyProblem linear_problem(Data const& data);
/// L = log(1 + exp(eta)) - y eta, y in {0, 1}, with weights a share of so many trials, eta = b + x'a. `outputs` is n x
/// 1: the probability of class 1.
AnyProblem logistic_problem(Data const& data);
/// L = exp(eta) - y eta + log y!. Infinite above eta = 709.
AnyProblem poisson_problem(Data const& data);
/// Counts of mean exp(eta) and variance m + m^2/size at a size that is held, as R's diagnostics of MASS::glm.nb hold
/// it.
/// @throws InputError for weights.
AnyProblem negative_binomial_problem(Data const& data, double size);
/// The maximum likelihood estimate of the size.
/// @throws InputError where it does not exist, or is infinite.
double negative_binomial_size(Data const& data);
/// C classes, C (d + 1) parameters, class by class "CLASS:intercept", "CLASS:INPUT"; all C sets of weights are free, so
/// without a penalty the Hessian is singular. Intercepts share one null direction even with a penalty on the weights,
/// so here intercepts are penalised too.
AnyProblem softmax_problem(Data const& data);
/// Fully connected network, `depth` hidden layers of `width` units, softmax head with C outputs; weight decay on all
/// parameters. The start draws weights N(0, 1/fan-in) from the seed, biases 0.
AnyProblem network_problem(Data const& data, ProblemOptions const& options);

}  // namespace fisherlab::estimators::influence
