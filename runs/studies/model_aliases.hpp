#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fisherlab::runs {

/// The model that other programs call by this name: "normal" for R's `gaussian` or `dnorm`, scipy's `norm`, "GAMMA"; a
/// name that may be of no model where it is one in capitals or a function of R, and nothing for a name that none of
/// them uses. The family is the same, its parameters are ours.
std::optional<std::string> model_of_alias(std::string_view alias);

}  // namespace fisherlab::runs
