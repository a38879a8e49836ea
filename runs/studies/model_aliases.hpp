#pragma once

#include <optional>
#include <string_view>

namespace fisherlab::runs {

/// The model that other programs call by this name: "normal" for R's `gaussian`, scipy's `norm`; nothing for a name
/// that none of them uses. The family is the same, its parameters are ours.
std::optional<std::string_view> model_of_alias(std::string_view alias);

}  // namespace fisherlab::runs
