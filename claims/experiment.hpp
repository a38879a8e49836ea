#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "claims/options.hpp"
#include "estimators/influence/problems/data.hpp"
#include "findings/attack_row.hpp"
#include "findings/attacked_pixel.hpp"
#include "findings/finding.hpp"
#include "findings/influence_row.hpp"
#include "findings/performance.hpp"

namespace fisherlab::claims {

/// What one piece of an experiment came to, so that nobody does it again.
struct Piece {
  std::vector<double> numbers;
  std::string failure;  ///< empty, or why it did not come to all
};

/// Does one piece, from its number; on any thread.
using PieceWork = std::function<Piece(int piece)>;

/// Work of an experiment that falls into pieces: some may have been done elsewhere, or before the run was cut. Claims
/// that are put together on one case share them.
struct Pieces {
  int count = 0;
  /// Makes what the pieces share, from the seed; what a piece comes to is a function of the seed and its number alone.
  std::function<PieceWork(std::uint64_t seed)> begin;
  /// @throws InputError unless a piece could have come to this.
  std::function<void(Piece const& piece)> check;
};

/// How an experiment is carried out.
struct ExperimentRun {
  std::uint64_t seed = 1;                      ///< of all random numbers in it
  int threads = 0;                             ///< 0: one a core; the result is the same for any number
  double alpha = 0;                            ///< error of each of its intervals
  std::function<bool()> stop;                  ///< asked before each piece of work; may be empty
  std::function<void(double share)> progress;  ///< told the share that is done; may be empty
  std::map<int, Piece> const* done = nullptr;  ///< pieces that need not be done again, by number; may be null
};

/// What an experiment found: one measurement for each finding of its question, and rows for the reports.
struct ExperimentResult {
  std::vector<Measurement> measurements;  ///< one for each finding of the experiment, in their order
  /// Confidence levels of the measurements where the experiment chooses them; empty: the plan's.
  std::vector<double> levels;
  /// Empty, or why there are none: training did not end in a minimum. All findings are then inconclusive.
  std::string failure;
  std::vector<std::string> notes;           ///< what was left out, and why; the run tells them
  std::vector<ConvergenceRow> convergence;  ///< claim, model and parameters are filled in by the run
  std::vector<InfluenceRow> influence;      ///< rows of `influence.csv`
  std::vector<AttackRow> attack;            ///< rows of `attack.csv`
  std::vector<AttackedPixel> pixels;        ///< rows of `attacked_image.csv`
};

/// One finding to be: what is stated of which sizes.
struct StatedFinding {
  std::string statistic;  ///< what is measured, in words
  std::string n;          ///< sample size, or the grid
  Region region;          ///< where it must lie
  /// Of the findings that are judged together with it, where that is not the run's.
  std::optional<double> family_error = {};
};

/// How a claim is answered on a data set, by refitting, in place of simulated samples.
struct Experiment {
  std::string model;                    ///< as the findings name it: "logistic on digits 3, 8"
  std::string parameters;               ///< "l2=0.01;rows=250"
  std::vector<StatedFinding> findings;  ///< what it will measure
  bool is_exact = false;                ///< calculated, within bounds that hold for certain: it costs no error
  /// Measures all findings at once, in their order. @throws sim::Interrupted when told to stop.
  std::function<ExperimentResult(ExperimentRun const&)> carry_out;
  std::shared_ptr<Pieces const> pieces = {};  ///< null where it is one piece
};

struct NetworkStudy;

/// What the claims put together on one case share; filled by whoever needs it first. For one thread at a time.
struct Together {
  std::vector<std::string> claims;               ///< ids
  std::shared_ptr<NetworkStudy const> networks;  ///< trained and refitted once
  std::shared_ptr<Pieces const> pieces = {};     ///< of the networks
};

/// One claim put to one data set, as a study asks it.
struct DataCase {
  std::string name;                                         ///< of the data: "digits"
  std::shared_ptr<estimators::influence::Data const> data;  ///< all rows: training and test
  std::string problem;                                      ///< "logistic"; see estimators::influence::problem_names
  double l2 = 0;                                            ///< penalty
  int rows = 0;  ///< training rows; the others are for testing. 0: the claim's own choice
  Expectation expected = Expectation::verified;  ///< `refuted` makes it a control
  Options options;                               ///< of the claim
  std::shared_ptr<Together> together;            ///< of all claims of the case
};

}  // namespace fisherlab::claims
