#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fisherlab::runs {

/// The model that other programs call by this name: "normal" for R's `gaussian` or `dnorm`, scipy's `norm`, Julia's
/// `NegativeBinomial`, "GAMMA"; a name that may be of no model where it is one in capitals or a function of R, and
/// nothing for a name that none of them uses. The family is the same, its parameters are ours.
std::optional<std::string> model_of_alias(std::string_view alias);

/// What to write in place of a parameter's name that other programs use for this model: "it is called mean here" for mu
/// of `normal`, "give rate = 1/scale" for scale of `gamma`; nothing for a name that none of them uses.
std::optional<std::string> parameter_advice(std::string_view model, std::string_view name);

/// How a law that is no model of ours is one of them: "it is gamma with shape = df/2 and rate = 1/2" for `chisq`.
std::optional<std::string> law_advice(std::string_view name);

}  // namespace fisherlab::runs
