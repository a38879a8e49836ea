#pragma once

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::runs {

/// P(X <= x) of a model of single numbers at theta: by the model's tail formula, or by a closed form where it has one
/// (gamma, beta, Student t, Cauchy). Empty where neither is at hand.
std::function<double(double)> law_cdf(sim::BatchModel const& model, std::span<double const> theta);

/// p(x) at theta.
double law_density(sim::BatchModel const& model, std::span<double const> theta, double x);

/// p(0), p(1), ... p(last - 1) of a law of counts.
std::vector<double> law_masses(sim::BatchModel const& model, std::span<double const> theta, std::size_t last);

}  // namespace fisherlab::runs
