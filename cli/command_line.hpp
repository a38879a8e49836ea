#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "cli/commands.hpp"

namespace fisherlab::cli {

/// The command line as CLI11 fills it. Numbers stay text, so that every one is read by cli/numbers.hpp with its
/// messages.
struct CommandLine {
  CLI::App app{"Puts the theory of maximum likelihood to the test by simulation."};
  VerifyOptions verify;
  CalibrateOptions calibrate;
  SimulateOptions simulate;
  DiagnoseOptions diagnose;
  InfluenceOptions influence;
  ReportOptions report;
  CompareOptions compare;
  HistoryOptions history;
  std::optional<std::string> list;
  std::optional<std::string> show;
  std::optional<std::string> completion;

  CommandLine();
  CommandLine(CommandLine const&) = delete;  // `app` fills the members of this one
  CommandLine& operator=(CommandLine const&) = delete;
};

}  // namespace fisherlab::cli
