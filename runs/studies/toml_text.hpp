#pragma once

#include <toml++/toml.h>

#include <string>
#include <string_view>

namespace fisherlab::runs {

/// A file in TOML. `name`: the file in messages.
/// @throws InputError saying the line and what is wrong there, in our words.
toml::table parse_toml(std::string_view text, std::string const& name);

}  // namespace fisherlab::runs
