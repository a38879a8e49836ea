#include "cli/run/model_file.hpp"

#include <utility>

#include "base/text/display_text.hpp"
#include "runs/studies/study_models.hpp"

namespace fisherlab::cli {

void add_model_file_option(Arguments& arguments, ModelFileOption& option) {
  arguments.option("--model-file", values::file("FILE"), option.path,
                   "Also know the models of this file, written as expressions (docs/model-files.md)");
}

KnownModels known_models(ModelFileOption const& option, claims::Catalogue const& catalogue) {
  if (!option.path) return {catalogue, {}};
  auto text = runs::model_file_text(*option.path);
  return {runs::with_model_text(text, printable(*option.path), catalogue), std::move(text)};
}

}  // namespace fisherlab::cli
