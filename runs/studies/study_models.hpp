#pragma once

#include <string>

#include "claims/shipped.hpp"
#include "runs/studies/toml_table.hpp"

namespace fisherlab::runs {

/// The catalogue with the models of a study's `[[model]]` (docs/model-files.md).
/// @throws InputError naming file and line: an unknown key, a text that is no expression, a law that is none, a name
/// that another model has.
claims::Catalogue with_models(TomlTable const& study, claims::Catalogue const& catalogue);

/// The text of a file that holds `[[model]]` alone, so that it may stand behind a study.
/// @throws InputError when there is none, or it begins otherwise.
std::string model_file_text(std::string const& path);

/// The catalogue with the models of such a text; with the catalogue's own where the text is empty. `name`: the file in
/// messages.
/// @throws InputError as with_models, or for another key.
claims::Catalogue with_model_text(std::string const& text, std::string const& name, claims::Catalogue const& catalogue);

}  // namespace fisherlab::runs
