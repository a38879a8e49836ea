#pragma once

#include <map>
#include <optional>
#include <string>

#include "reports/page/plots.hpp"

namespace fisherlab::reports {

/// The colour that an estimator or interval of this name has on every page; nothing for other names.
std::optional<Ink> known_ink(std::string const& name);

/// The colours of one picture: an estimator or interval that is known has the same on every page (maximum likelihood
/// and Wald blue, moments and likelihood ratio orange, score and the bias-corrected estimate green), any other the
/// one of the colours of no verdict that its name
/// decides, or the next that the picture has left. None is red, which says that something failed.
class InkChoice {
 public:
  Ink of(std::string const& name);

 private:
  std::map<std::string, Ink> given_;
};

/// The symbol of the k-th of several curves in one colour: gnuplot's point type.
int symbol_of_curve(std::size_t k);

}  // namespace fisherlab::reports
