#pragma once

#include <span>
#include <string>

#include "base/api.hpp"

/// Why doubles cannot hold the draws of a law, one function a shape of law, for ModelCard::draw_problem: empty where
/// they can, else what is wrong, with the limit. `theta` and `constants` as in the card.
///
/// Draws are held when the chance that one underflows to 0 or overflows is below 1e-13 (uniform numbers have 53 bits,
/// so exponential ones end at 37.5 and normal ones at 8.6), and when rounding, 2^-53 of where they lie, is below a
/// thousandth of their spread.
namespace fisherlab::sim::draws {

/// theta = (location, scale).
FISHERLAB_API std::string of_location_scale(std::span<double const> theta, std::span<double const> constants);
/// theta = (location, rate).
FISHERLAB_API std::string of_location_rate(std::span<double const> theta, std::span<double const> constants);
/// theta = (mean), constants = (sd ...).
FISHERLAB_API std::string of_known_scale(std::span<double const> theta, std::span<double const> constants);
/// theta = (means ...), constants = (sd).
FISHERLAB_API std::string of_means(std::span<double const> theta, std::span<double const> constants);
/// theta = (cube root of the mean), sd 1.
FISHERLAB_API std::string of_cube(std::span<double const> theta, std::span<double const> constants);
/// theta = (intercept, slope, sd), standard normal inputs.
FISHERLAB_API std::string of_line(std::span<double const> theta, std::span<double const> constants);
/// theta = (weight, mean, sd, mean, sd).
FISHERLAB_API std::string of_mixture(std::span<double const> theta, std::span<double const> constants);
/// theta = (variance), constants = (spread of the centres).
FISHERLAB_API std::string of_pairs(std::span<double const> theta, std::span<double const> constants);
/// theta = (meanlog, sdlog).
FISHERLAB_API std::string of_lognormal(std::span<double const> theta, std::span<double const> constants);
/// theta = (shape, scale): P(X < x) is about (x/scale)^shape near 0.
FISHERLAB_API std::string of_weibull(std::span<double const> theta, std::span<double const> constants);
/// theta = (shape, rate): P(X < x) is about (rate x)^shape near 0.
FISHERLAB_API std::string of_gamma(std::span<double const> theta, std::span<double const> constants);
/// theta = (alpha, beta).
FISHERLAB_API std::string of_beta(std::span<double const> theta, std::span<double const> constants);
/// theta = (shape), constants = (minimum).
FISHERLAB_API std::string of_pareto(std::span<double const> theta, std::span<double const> constants);
/// theta = (mean, shape).
FISHERLAB_API std::string of_inverse_gaussian(std::span<double const> theta, std::span<double const> constants);
/// theta = (mean direction, concentration).
FISHERLAB_API std::string of_directions(std::span<double const> theta, std::span<double const> constants);

}  // namespace fisherlab::sim::draws
