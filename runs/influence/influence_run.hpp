#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "estimators/influence/problems/problems.hpp"
#include "runs/influence/influence_data.hpp"

namespace fisherlab::runs {

/// Which rows are refitted: all, none, or the `top` with the largest predicted effect. Nothing said: all when that
/// takes less than a minute, else the top 20.
struct RefitChoice {
  /// Which.
  enum class Kind { unsaid, all, top, none };
  Kind kind = Kind::unsaid;  ///< the choice
  int top = 0;               ///< how many, where `top` is chosen
};

/// How a model is fitted and its rows are removed.
struct InfluenceSettings {
  std::string model;                                ///< linear, logistic, softmax, poisson, negative_binomial or mlp
  estimators::influence::ProblemOptions network{};  ///< of mlp; the size of negative_binomial
  double l2 = 0;                                    ///< penalty
  estimators::influence::Convention convention = estimators::influence::Convention::mean;  ///< which risk is left
  estimators::influence::SolverSettings solver{};                                          ///< of H t = v
  RefitChoice refit{};                                                                     ///< which rows are refitted
  std::uint64_t seed = 1;  ///< of the start of a network
  int threads = 0;         ///< 0: one a core; the result is the same for any number

  std::string solver_text() const;  ///< "cholesky", "cg, damping 0.01"
};

/// Whether the model predicts a class; else a number.
bool is_classifier(std::string const& model);

/// Whether it predicts a count.
bool predicts_counts(std::string const& model);

/// Told at the beginning of some refits, with `done` 0, and after each.
struct RefitProgress {
  std::int64_t done = 0;     ///< refits so far
  std::int64_t planned = 0;  ///< refits in all
};

/// The caller's side of a run; any of them may be empty.
struct InfluenceHooks {
  std::function<bool()> stop;                          ///< asked before each refit
  std::function<void(RefitProgress const&)> progress;  ///< told of refits
  std::function<void(std::string const&)> note;        ///< told how long refits take, and which are made
  std::function<double()> elapsed_seconds = {};        ///< for the moments at which the state is saved
  /// Given the state between two batches of refits every `save_seconds` (oftener at first) and where the run is
  /// interrupted; a run that is given it as `resumed` goes on there and ends with the same numbers.
  std::function<void(std::string state)> save = {};
  double save_seconds = 8;   ///< by elapsed_seconds
  std::string resumed = {};  ///< a state that was saved; empty for a run from the beginning
};

/// What is known of each training row.
struct InfluenceRun {
  InfluenceSettings settings;                ///< as they were asked for
  std::shared_ptr<InfluenceData> data;       ///< what was read
  estimators::influence::Trained trained;    ///< the minimum
  estimators::influence::Analysis analysis;  ///< targets: the mean test loss, where there are test rows, and the test
                                             ///< row that is fitted worst
  bool interrupted = false;                  ///< some refits are missing

  /// The settings and what was read, as TOML, for the manifest.
  std::string study() const;
};

/// Trains and predicts the effect of every removal.
/// @throws InputError with the numbers when there is no minimum, the Hessian is not positive definite or a system was
///   not solved, with a hint where the scales of the inputs or a missing penalty are to blame; for data that need more
///   than 4 GiB, or a single group.
InfluenceRun predict_removals(InfluenceSettings settings, InfluenceData data);

/// The same, and refits without each group and without the chosen rows.
InfluenceRun run_influence(InfluenceSettings settings, InfluenceData data, InfluenceHooks const& hooks = {});

/// Gives the inputs of all rows back, nearly all of the memory: refits need them, what is written of a run does not.
void forget_inputs(InfluenceRun& run);

}  // namespace fisherlab::runs
