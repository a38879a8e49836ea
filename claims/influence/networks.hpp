#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "claims/experiment.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/problems/split.hpp"
#include "estimators/influence/removals/removal.hpp"

namespace fisherlab::claims {

/// Which networks the three claims about deep models train: one for each split, depth and penalty.
struct NetworkGrid {
  int splits = 0;
  std::vector<int> depths;
  std::vector<double> penalties;
  int points = 0;  ///< training rows that are removed and refitted, 0 for all
  estimators::influence::ProblemOptions problem;
};

/// One network, and what removing rows does to the loss of every test point.
struct Network {
  int split = 0;
  int depth = 0;
  double l2 = 0;
  int p = 0;
  std::string failure;                      ///< empty, or why there is no minimum or no refit; then nothing below
  int worst = 0;                            ///< the test point of largest loss
  std::vector<int> removed;                 ///< data rows from 0
  std::vector<int> tested;                  ///< data rows from 0
  estimators::influence::Matrix predicted;  ///< removals x test points, first order
  estimators::influence::Matrix actual;     ///< the same by refitting
  int training_rows = 0;
  int jittered = 0;         ///< searches from jittered starts: one with nothing removed, the others with a row each
  int other_minimum = 0;    ///< those that end in no minimum or in another one
  double jitter_floor = 0;  ///< largest difference of an effect on a test point, of those that end in the same
};

/// Training rows of each split of the data.
/// @throws InputError for data without classes.
int training_rows(estimators::influence::Data const& data);

/// Whether one of the case's claims is about the penalties; the others need networks at the case's own l2 alone.
bool compares_penalties(DataCase const& the_case);

/// The options depths, penalties (lists with commas), splits, points, width, activation. The case's own l2 is always
/// among the penalties, and alone where no claim compares them.
/// @throws InputError for a list that is none.
NetworkGrid network_grid(DataCase const& the_case);

/// Trains and refits every network of the grid, ordered by split, depth, penalty. Split s holds two thirds of each
/// class for training; networks of a split share its rows, the rows removed and the seed of their start. A network
/// whose search ends in no minimum, or one of whose refits fails, is kept with its failure.
/// Networks that `run.done` has are taken from there.
/// @throws sim::Interrupted when told to stop.
std::vector<Network> train_networks(DataCase const& the_case, NetworkGrid const& grid, ExperimentRun const& run);

/// The same one by one: piece k is network k of that list.
Pieces network_pieces(DataCase const& the_case, NetworkGrid const& grid);

}  // namespace fisherlab::claims
