#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/commands.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/solvers/inverse_hessian.hpp"
#include "runs/data/labelled_data.hpp"

namespace fisherlab::cli {

/// Which rows are refitted: all, none, or the `top` with the largest predicted effect. Nothing said: all when that
/// takes less than a minute, else the top 20.
struct RefitChoice {
  enum class Kind { unsaid, all, top, none } kind = Kind::unsaid;
  int top = 0;
};

/// How `--refit` is written: "all", "none", "top:20". @throws InputError otherwise.
RefitChoice parse_refit(std::string const& text);

/// What `fisherlab influence` was asked for, read and checked.
struct InfluenceInput {
  std::string data;   ///< the file's name without folder and ending, as the reports have it
  std::string label;  ///< name of the label column
  std::string model;
  estimators::influence::ProblemOptions network;
  double l2 = 0;
  estimators::influence::Convention convention = estimators::influence::Convention::mean;
  estimators::influence::SolverSettings solver;
  RefitChoice refit;
  bool standardised = false;
  std::uint64_t seed = 1;
  int threads = 0;
  std::string test_source;    ///< in words: where the test rows come from
  bool tests_itself = false;  ///< there are no test rows: those of training stand in

  estimators::influence::Data train, test;
  std::vector<int> train_rows, test_rows;  ///< lines of data in their files, from 1
  std::string group;                       ///< name of the column of groups, or empty
  std::vector<std::string> groups;         ///< of each training row, where they were asked for

  bool classifies() const { return !train.classes.empty(); }
  std::string solver_text() const;  ///< "cholesky", "cg, damping 0.01"
  std::string study() const;        ///< as TOML, for the manifest
};

/// @throws InputError in one sentence, for whatever is wrong with options or data.
InfluenceInput read_influence(InfluenceOptions const& options);

/// The largest over the smallest standard deviation among the inputs that vary.
double scale_ratio(estimators::influence::Data const& data);

}  // namespace fisherlab::cli
