#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command_line/arguments.hpp"
#include "runs/studies/study.hpp"
#include "runs/studies/study_estimators.hpp"

namespace fisherlab::cli {

/// What the program of the command line is called among estimators.
constexpr char const* own_estimator = "command";

/// A program that estimates, in the words of the command line: what a study calls `estimator = "command"`.
struct EstimatorCommand {
  std::optional<std::string> command;
  std::optional<std::string> protocol;
  std::optional<std::string> timeout;
  std::optional<std::string> children;
  std::optional<std::string> answers;  ///< what stands in an answer behind the estimates
};

void add_estimator_options(Arguments& arguments, EstimatorCommand& options);

/// `[[estimator]]` of the program in TOML, to stand behind a study; empty where there is none.
/// @throws InputError for words that say nothing, or without a command.
std::string estimator_toml(EstimatorCommand const& options);

/// Puts samples to every program of a study before the run, and lets a signal end their answers.
/// @throws InputError when one does not answer properly, or the study does not use the one of the command line.
void try_programs(runs::Study const& study, EstimatorCommand const& options);

/// Puts samples to such programs, and lets a signal end their answers. @throws InputError as try_programs()
void try_out(std::vector<runs::ExternalUse> const& uses);

/// What went wrong with programs, in sentences.
std::vector<std::string> troubles_of(std::vector<runs::ExternalUse> const& uses);

}  // namespace fisherlab::cli
