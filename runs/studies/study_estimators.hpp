#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "claims/shipped.hpp"
#include "runs/external/external_estimator.hpp"
#include "runs/studies/study.hpp"
#include "runs/studies/toml_table.hpp"

namespace fisherlab::runs {

/// The catalogue with the programs of `[[estimator]]` (docs/external.md).
/// @throws InputError for a name that is taken or cannot be written in a list, and a key that cannot be read.
claims::Catalogue with_estimators(TomlTable const& study, claims::Catalogue const& catalogue);

/// `[[estimator]]` in TOML.
std::string estimator_toml(ExternalCommand const& command);

/// The catalogue with the programs of such tables alone.
claims::Catalogue with_programs(std::string const& toml, claims::Catalogue const& catalogue);

/// The word of a protocol. @throws InputError for another.
Protocol parse_protocol(std::string const& word);

/// A program that a study asks, with the smallest samples that it gets there.
struct ExternalUse {
  std::shared_ptr<ExternalEstimator const> estimator;
  claims::Law data;
  std::int64_t n = 0;
};
/// All of them, each once.
std::vector<ExternalUse> external_uses(Study const& study);

}  // namespace fisherlab::runs
