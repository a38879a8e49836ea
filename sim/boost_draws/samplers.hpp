#pragma once

#include <boost/random/mersenne_twister.hpp>
#include <functional>
#include <span>
#include <string_view>

namespace fisherlab::sim::boost_draws {

using Engine = boost::random::mt19937_64;
/// Draws one observation into `x`, after those that it drew before; a copy begins anew.
using Sampler = std::function<void(Engine& engine, double* x)>;
/// A model's sampler at theta with its known constants, in the card's order.
using Maker = Sampler (*)(std::span<double const> theta, std::span<double const> constants);

/// That of a model, or null.
Maker find_maker(std::string_view model);

}  // namespace fisherlab::sim::boost_draws
