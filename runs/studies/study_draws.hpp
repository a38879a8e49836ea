#pragma once

#include <string>
#include <vector>

#include "claims/shipped.hpp"
#include "runs/studies/toml_table.hpp"

namespace fisherlab::runs {

/// Where samples come from, in words: "lanes", or "boost" for Boost.Random (sim/boost_draws/boost_draws.hpp).
std::vector<std::string> draw_sources();

/// The catalogue whose models draw from that source.
/// @throws InputError for another word; for a model that the source cannot draw from when it is made.
claims::Catalogue drawn_from(std::string const& source, claims::Catalogue const& catalogue);

/// The same by the key `draws` of a study, or of its table `[run]`, which the command line adds.
claims::Catalogue with_draws(TomlTable const& study, claims::Catalogue const& catalogue);

/// `[run]` in TOML, to stand behind a study; empty where nothing is said. @throws InputError for another word.
std::string run_toml(std::string const& draws);

}  // namespace fisherlab::runs
