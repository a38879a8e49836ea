#pragma once

#include <string>
#include <string_view>

namespace fisherlab::runs {

/// Refuses TOML whose keys have more parts than any study has use for, before it is parsed: a parser calls itself for
/// each part of `a.b.c`, and some tens of thousands of them take more stack than there is.
/// @param name  the file in messages
/// @throws InputError naming the line
void expect_shallow_keys(std::string_view toml, std::string const& name);

}  // namespace fisherlab::runs
