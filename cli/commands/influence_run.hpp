#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/commands/influence_input.hpp"
#include "estimators/influence/removals/refit.hpp"
#include "findings/influence_row.hpp"

namespace fisherlab::cli {

/// The effect of each removal on the loss of one test point or on the mean test loss.
struct EffectOn {
  std::string name;  ///< "mean", or the test row from 1
  estimators::influence::Data test;
  estimators::influence::Vector predicted, second_order, one_step;
  estimators::influence::Vector actual;  ///< NaN where no refit was made, or it found no minimum
};

/// A group of rows removed together.
struct GroupEffect {
  std::string name;
  int rows = 0;
  double predicted = 0, second_order = 0;
  std::optional<double> actual;
};

/// What is known of each training row. Shapes: n, or n x p.
struct InfluenceRun {
  estimators::influence::Minimum minimum;
  estimators::influence::Trained trained;
  std::vector<estimators::influence::Solution> solutions = {};
  estimators::influence::Matrix first = {}, second = {}, one_step = {};
  estimators::influence::Vector reliability = {}, self_influence = {}, losses = {};
  estimators::influence::Matrix outputs = {};                    ///< n x C probabilities, or n x 1 means
  std::optional<estimators::influence::Leverage> leverage = {};  ///< of linear, logistic and Poisson regression
  std::vector<EffectOn> effects = {};                            ///< on the mean test loss first, where it is defined
  std::vector<int> order = {};                                   ///< rows by predicted effect, the most harmful first
  std::vector<estimators::influence::Refit> refits = {};         ///< those that were made
  std::vector<GroupEffect> groups = {};
};

/// Places of the training rows of a group.
std::vector<int> group_rows(InfluenceInput const& input, std::string const& name);

/// Trains and predicts the effect of every removal. The data of `input` must outlive the result.
/// @throws InputError with the numbers when there is no minimum, the Hessian is not positive definite or a system was
///   not solved, with a hint where the scales of the inputs or a missing penalty are to blame.
InfluenceRun predict_removals(InfluenceInput const& input);

/// The rows that a choice means, those with the largest predicted effect first.
std::vector<int> rows_to_refit(InfluenceRun const& run, RefitChoice const& choice);

/// Adds refits to the run.
void add_refits(InfluenceRun& run, std::vector<estimators::influence::Refit> refits);

/// The rows of `influence.csv`; those of `leave_one_out.csv` for the given training rows.
std::vector<InfluenceRow> influence_rows(InfluenceInput const& input, InfluenceRun const& run);
std::vector<LeaveOneOutRow> leave_one_out_rows(InfluenceInput const& input, InfluenceRun const& run,
                                               std::vector<int> const& rows);

}  // namespace fisherlab::cli
