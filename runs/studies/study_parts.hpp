#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/expects.hpp"
#include "claims/catalogue.hpp"
#include "runs/studies/toml_table.hpp"

namespace fisherlab::runs {

/// What [[case]] and [[influence]] tables of a study have in common.

/// Runs `read`, and says where in the file an InputError of it belongs.
template <class Read>
auto located(TomlTable const& table, std::string_view key, Read const& read) {
  try {
    return read();
  } catch (InputError const& error) {
    table.fail(key, error.what());
  }
}

/// The text under a key that must be there. @throws InputError with the example.
std::string required_text(TomlTable const& table, std::string const& key, std::string const& example);

/// The claims under `claim` or `claims`. @throws InputError for none, an unknown one, or one given twice.
std::vector<claims::Claim const*> read_claims(TomlTable const& table, claims::Claims const& known);

/// What `expect` says; `verified` where it is left out. @throws InputError for another word.
Expectation read_expectation(TomlTable const& table);

}  // namespace fisherlab::runs
