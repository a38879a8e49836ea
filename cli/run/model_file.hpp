#pragma once

#include <optional>
#include <string>

#include "cli/command_line/arguments.hpp"

namespace fisherlab::cli {

/// `--model-file`: models in expressions beside those of the program (docs/model-files.md).
struct ModelFileOption {
  std::optional<std::string> path;
};

void add_model_file_option(Arguments& arguments, ModelFileOption& option);

/// The file as read, and all that can be named with its models.
struct KnownModels {
  claims::Catalogue catalogue;
  std::string text;  ///< empty without a file

  /// What stands behind a study, so that its record holds the models, too.
  std::string added_toml() const { return text.empty() ? text : "\n" + text; }
};

/// @throws InputError when the file cannot be read or a model in it is none.
KnownModels known_models(ModelFileOption const& option, claims::Catalogue const& catalogue);

}  // namespace fisherlab::cli
