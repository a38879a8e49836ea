#pragma once

#include <optional>
#include <string>
#include <vector>

#include "estimators/influence/removals/refit.hpp"

namespace fisherlab::estimators::influence {

/// Test rows whose mean loss is looked at.
struct Target {
  std::string name;
  Data rows;
};

/// What each removal does to the loss of a target: n entries each.
struct EffectOn {
  Target target;
  Vector predicted;     ///< to first order
  Vector second_order;  ///< NaN where second-order removals were not computed
  Vector one_step;
  Vector actual;  ///< NaN where no refit was made, or it found no minimum
};

/// Training rows that are removed together.
struct Group {
  std::string name;
  std::vector<int> rows;
};

/// What the removal of a group does to the loss of the first target.
struct GroupEffect {
  Group group;
  double predicted = 0;
  double second_order = 0;
  std::optional<double> actual = {};  ///< once it was refitted and a minimum was found
};

struct AnalysisSettings {
  Convention convention = Convention::mean;
  SolverSettings solver = {};
  int threads = 0;  ///< 0: one a core; the result is the same for any number
  /// Where n p is above it, rows are gone through in stretches, and changes of theta are kept of a few alone.
  double most_kept = 4e6;
};

/// What is known of the removal of each training row. Shapes: n, or m x p, m the number of rows kept.
struct Analysis {
  Minimum minimum;
  Convention convention = Convention::mean;
  std::vector<Solution> solutions = {};  ///< n: how each first-order removal was solved
  std::vector<int> kept = {};            ///< rows whose changes are kept, in rising order
  Matrix first = {};
  Matrix second = {};  ///< NaN in rows that were left out, where all would take long
  Matrix one_step = {};
  Vector reliability = {};  ///< n; NaN where second-order removals were not computed
  Vector self_influence = {};
  Vector losses = {};                     ///< of the training rows, at the minimum
  Matrix outputs = {};                    ///< n x C probabilities, or n x 1 means
  std::optional<Leverage> leverage = {};  ///< where has_leverage()
  std::vector<EffectOn> effects = {};     ///< one a target
  std::vector<GroupEffect> groups = {};
  std::vector<Refit> refits = {};  ///< of single rows, those that were made

  /// Whether every system with the Hessian was solved. Where not, all that follows from the solutions is empty.
  bool is_solved() const;
  /// Place among those kept of the changes of a row; nothing where they are not.
  std::optional<Eigen::Index> place_of(int row) const;
};

/// Predicts the effect of every removal on each target, and that of each group on the first.
/// The data of the minimum's risk must outlive the result.
/// @throws InputError for no target, weights that are not 1/n, a Hessian that is not positive definite, or a group with
///   rows that the data do not have.
Analysis analyse_removals(Minimum minimum, std::vector<Target> targets, std::vector<Group> groups,
                          AnalysisSettings const& settings = {});

/// The rows by the size of their predicted effect on the first target, the largest first.
std::vector<int> most_influential(Analysis const& analysis);

/// Adds refits of single rows: their actual effects on every target.
void add_refits(Analysis& analysis, std::vector<Refit> refits);

/// Adds refits of the groups from the one at place `first` on.
void add_group_refits(Analysis& analysis, std::size_t first, std::vector<Refit> const& refits);

}  // namespace fisherlab::estimators::influence
