#include "runs/studies/study.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <optional>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "claims/catalogue.hpp"
#include "claims/evidence/plan.hpp"
#include "claims/instruments/probes/planted.hpp"
#include "runs/studies/limits.hpp"
#include "runs/studies/parameters.hpp"
#include "runs/studies/study_draws.hpp"
#include "runs/studies/study_estimators.hpp"
#include "runs/studies/study_influence.hpp"
#include "runs/studies/study_models.hpp"
#include "runs/studies/study_parts.hpp"
#include "runs/studies/tell_apart.hpp"
#include "runs/studies/toml_table.hpp"
#include "runs/studies/toml_text.hpp"

namespace fisherlab::runs {
namespace {

std::vector<std::string> const study_keys = {"title",          "description", "seed", "family_error", "replicates",
                                             "max_replicates", "deadline",    "case", "influence",    "estimator",
                                             "model",          "draws",       "run"};
std::vector<std::string> const case_keys = {"claim",  "claims",  "model", "theta", "n",    "estimator",
                                            "expect", "options", "data",  "plant", "draws"};

/// What is common to the questions of one [[case]].
struct CaseFrame {
  std::vector<claims::Claim const*> claims;
  std::vector<claims::Law> laws;
  std::optional<claims::Law> data;
  claims::Defect defect;
  std::optional<std::string> estimator;
  std::string note;   ///< tells cases with draws of their own apart
  claims::Case base;  ///< sizes, expectation, options
};

/// What a table of theta stands for: lists in it make a grid, in which the last name changes fastest.
std::vector<std::vector<Assignment>> grid_of(TomlTable const& theta) {
  std::vector<std::vector<Assignment>> grid{{}};
  for (auto const& name : theta.keys()) {
    std::vector<std::vector<Assignment>> larger;
    auto const values = theta.numbers(name);
    for (auto const& point : grid)
      for (double const value : values) {
        larger.push_back(point);
        larger.back().push_back({name, value});
      }
    grid = std::move(larger);
  }
  return grid;
}

/// The laws of a table with `model` and `theta`: one for each theta.
std::vector<claims::Law> read_laws(TomlTable const& table, sim::Models const& models) {
  auto const model = required_text(table, "model", "gamma");
  located(table, "model", [&] { return model_card(model, models); });
  auto const thetas = table.tables("theta", "theta", {});
  if (thetas.empty()) table.fail({}, fmt::format("'theta' is missing, give the parameters of {}", model));
  std::vector<claims::Law> laws;
  for (auto const& theta : thetas)
    for (auto const& point : grid_of(theta))
      laws.push_back(located(table, "theta", [&] { return make_law(model, point, models); }));
  return laws;
}

claims::Defect read_defect(TomlTable const& plant) {
  claims::Defect defect;
  defect.information_factor = plant.number("information").value_or(1.0);
  defect.score_offset = plant.number("score").value_or(0.0);
  defect.shift = plant.number("shift").value_or(0.0);
  auto const only = [&](std::string const& key, std::string const& word) {
    auto const text = plant.text(key);
    if (text && *text != word)
      plant.fail(key, fmt::format("'{}' can only be \"{}\", not \"{}\"", key, word, printable(*text)));
    return text.has_value();
  };
  defect.scale_for_rate = only("sampler", "scale-for-rate");
  if (auto const text = plant.text("streams")) {
    auto const place = std::ranges::find(claims::stream_names, *text);
    if (place == claims::stream_names.end())
      plant.fail("streams", fmt::format("'streams' can be \"shared\", \"overlapping\" or \"correlated\", not \"{}\"",
                                        clipped(printable(*text), 40)));
    defect.streams = static_cast<claims::Streams>(1 + (place - claims::stream_names.begin()));
  }
  if (!defect.any()) plant.fail({}, "'plant' plants nothing, set information, score, shift, sampler or streams");
  return defect;
}

CaseFrame read_frame(TomlTable const& table, claims::Catalogue const& catalogue) {
  CaseFrame frame;
  if (table.text("draws").value_or("boost") != "boost")
    table.fail("draws", "'draws' of a case can only be \"boost\", leave it out for the draws of the study");
  if (table.has("draws")) frame.note = "Boost draws";
  frame.claims = read_claims(table, catalogue.claims);
  frame.laws = read_laws(table, catalogue.models);
  if (!table.has("n")) table.fail({}, "'n' is missing, give the sample size or a list of them, as n = [20, 40]");
  frame.base.sizes = table.counts("n", {"n", 1, max_sample_size});
  frame.base.expected = read_expectation(table);
  frame.estimator = table.text("estimator");
  if (auto const options = table.table("options", {}))
    for (auto const& name : options->keys()) frame.base.options[name] = *options->number_or_text(name);
  if (auto const data = table.table("data", {"model", "theta"})) {
    auto const laws = read_laws(*data, catalogue.models);
    if (laws.size() != 1) data->fail("theta", "'data' has several theta, give one");
    if (laws[0].model->dimension() != frame.laws[0].model->dimension())
      table.fail("data", "the data have another number of coordinates than the model, choose another model");
    frame.data = laws[0];
  }
  if (auto const plant = table.table("plant", {"information", "score", "shift", "sampler", "streams"}))
    frame.defect = read_defect(*plant);
  return frame;
}

/// The name, or the estimator itself where this library has none of that name.
claims::EstimatorChoice chosen_estimator(std::string const& name, claims::Case const& the_case,
                                         estimators::Estimators const& known) {
  bool const is_foreign = estimators::shipped_estimators().find(name) == nullptr && known.find(name) != nullptr;
  if (is_foreign) return known.make(name, the_case.setting.model.model);
  return name;
}

void add_questions(TomlTable const& table, claims::Catalogue const& known, Study& study) {
  auto const catalogue = table.has("draws") ? with_draws(table, known) : known;
  CaseFrame const frame = read_frame(table, catalogue);
  for (auto const* const claim : frame.claims) {
    for (auto const& law : frame.laws) {
      claims::Case the_case = frame.base;
      the_case.setting = {law, frame.data.value_or(law), frame.note};
      study.questions.push_back(located(table, {}, [&] {
        if (frame.defect.any()) the_case.setting = claims::plant(the_case.setting, frame.defect);
        if (frame.estimator) the_case.estimator = chosen_estimator(*frame.estimator, the_case, catalogue.estimators);
        return claims::ask(*claim, the_case);
      }));
      study.subjects.push_back({*claim, std::move(the_case)});
    }
  }
}

void read_settings(TomlTable const& table, Study& study) {
  auto& settings = study.settings;
  study.title = table.text("title").value_or("");
  study.description = table.text("description").value_or("");
  if (auto const seed = table.count("seed", {"seed", 0, std::int64_t{1} << 53}))
    settings.seed = static_cast<std::uint64_t>(*seed);
  settings.family_error = table.number("family_error").value_or(settings.family_error);
  if (!(settings.family_error > 0 && settings.family_error < 1))
    table.fail("family_error", "'family_error' is a probability between 0 and 1, give one such as 1e-6");
  if (auto const first = table.count("replicates", {"replicates", 1, max_replicate_count}))
    settings.first_replicates = *first;
  settings.max_replicates = std::max(settings.max_replicates, settings.first_replicates);
  if (auto const most = table.count("max_replicates", {"max_replicates", 1, max_replicate_count}))
    settings.max_replicates = *most;
  if (settings.first_replicates > settings.max_replicates)
    table.fail("max_replicates", "'max_replicates' is below 'replicates' (no look could be taken), raise it");
  if (auto const deadline = table.text("deadline"))
    settings.deadline_seconds = located(table, "deadline", [&] { return parse_duration(*deadline, "'deadline'"); });
}

}  // namespace

Study parse_study(std::string_view toml, std::string const& name, std::string const& folder,
                  claims::Catalogue const& known) {
  auto const document = parse_toml(toml, name);
  TomlTable const table(document, name, "a study", study_keys);
  Study study;
  study.name = name;
  study.text = toml;
  read_settings(table, study);
  auto const catalogue = with_estimators(table, with_draws(table, with_models(table, known)));
  std::vector<CaseWords> words;
  for (auto const& each : table.tables("case", "a case", case_keys)) {
    add_questions(each, catalogue, study);
    words.resize(study.questions.size(), case_words(each));
  }
  for (auto const& each : table.tables("influence", "an influence case", influence_keys())) {
    add_influence_questions(each, folder, catalogue.claims, study);
    words.resize(study.questions.size(), case_words(each));
  }
  tell_apart(study.questions, words);
  if (study.questions.empty() && !study.notes.empty())
    table.fail({}, "no case is left (" + study.notes.front() + "), fetch the data or add a case");
  if (study.questions.empty())
    table.fail({}, "a study needs at least one [[case]] or [[influence]], see docs/study-format.md");
  return study;
}

Study recorded_study(std::string_view toml, std::string const& name, claims::Catalogue const& catalogue) {
  auto const folder = std::filesystem::path(name).parent_path();
  return parse_study(toml, name.empty() ? "the study of the run" : name, folder.empty() ? "." : folder.string(),
                     catalogue);
}

void check_workload(Study const& study, std::int64_t replicates) {
  for (auto const& question : study.questions)
    for (auto const& scenario : claims::scenarios_of(question))
      check_workload({scenario.n, scenario.setting.data.model->dimension(), replicates, study.settings.threads});
}

}  // namespace fisherlab::runs
