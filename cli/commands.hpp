#pragma once

#include <optional>
#include <string>

namespace fisherlab::cli {

/// The options of each subcommand as text, as the user gave them; what was left out is empty. Every function parses and
/// checks all of its input before it writes anything, and gives the exit code.
/// @throws InputError for bad input; WriteError when a report cannot be written.

struct RunOptions {
  std::optional<std::string> seed;
  std::optional<std::string> threads;
  std::string out = "reports-out";
  bool quiet = false;
  std::string command;  ///< the whole command line, for the manifest
};

struct VerifyOptions {
  std::string study = "notes";
  std::optional<std::string> max_replicates;
  std::optional<std::string> deadline;
  bool keep_estimates = false;
  std::optional<std::string> history;  ///< the file that the run is added to
  RunOptions run;
};
int verify(VerifyOptions const& options);

struct CalibrateOptions {
  std::string study = "calibration";
  std::string runs = "200";
  std::optional<std::string> far;  ///< a study whose far level is checked
  std::string far_runs = "20000";
  std::optional<std::string> deadline;
  RunOptions run;
};
int calibrate(CalibrateOptions const& options);

struct SimulateOptions {
  std::optional<std::string> model;
  std::optional<std::string> theta;
  std::optional<std::string> n;
  std::string replicates = "1e5";
  std::string estimators = "mle";
  std::string level = "0.95";
  RunOptions run;
};
int simulate(SimulateOptions const& options);

struct DiagnoseOptions {
  std::optional<std::string> model;
  std::optional<std::string> data;
  std::optional<std::string> column;
  std::optional<std::string> constants;
  std::string level = "0.95";
  std::string replicates = "65536";
  RunOptions run;
};
int diagnose(DiagnoseOptions const& options);

struct InfluenceOptions {
  std::optional<std::string> data;
  std::optional<std::string> model;
  std::optional<std::string> label;
  std::optional<std::string> l2;
  std::optional<std::string> depth;
  std::optional<std::string> width;
  std::optional<std::string> test;
  std::optional<std::string> holdout;
  std::string solver = "cholesky";
  std::optional<std::string> damping;
  std::string convention = "A";
  std::optional<std::string> refit;
  std::optional<std::string> group;
  bool standardise = false;
  RunOptions run;
};
int influence(InfluenceOptions const& options);

struct ReportOptions {
  std::optional<std::string> folder;   ///< of a run
  std::optional<std::string> formats;  ///< separated by commas; all that apply when left out
  std::optional<std::string> table;
  std::optional<std::string> columns;
  std::optional<std::string> out;  ///< the run's folder when left out
};
int report(ReportOptions const& options);

struct CompareOptions {
  std::optional<std::string> before;
  std::optional<std::string> after;
  bool all = false;  ///< every row of long tables
};
int compare(CompareOptions const& options);

struct HistoryOptions {
  std::optional<std::string> file;
  std::optional<std::string> claim;
  std::optional<std::string> model;
};
int history(HistoryOptions const& options);

/// `what`: models, claims, estimators or studies; nothing for all four.
int list(std::optional<std::string> const& what);

/// `name`: of a model, claim, estimator or study.
int show(std::optional<std::string> const& name);

/// `shell`: bash or zsh.
int completion(std::optional<std::string> const& shell);

int man();

}  // namespace fisherlab::cli
