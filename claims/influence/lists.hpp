#pragma once

#include <string>
#include <vector>

namespace fisherlab::claims {

struct Bounds {
  double least = 0;
  double most = 0;
};

/// An option that is a list of numbers with commas between, as "1, 2, 4": in rising order, each once.
/// @throws InputError for a text that is none, or a number outside the bounds.
std::vector<double> number_list(std::string const& name, std::string const& text, Bounds const& bounds);

}  // namespace fisherlab::claims
