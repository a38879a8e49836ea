#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/rate.hpp"
#include "claims/influence/row_pieces.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/removals/refit.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// Sizes from `rows` down, each half of the one before.
constexpr int size_count = 4;

/// Root mean squares over all removals of one split: of what the first order leaves, and of the changes themselves.
struct Errors {
  double theta = 0, prediction = 0;
  double bound = 0;  ///< of the rounding of either error
};

Errors errors_of(InfluenceSubject const& subject, influence::Convention convention, InfluenceDefect defect) {
  auto const predicted = planted_removals(subject, convention, defect);
  influence::RefitSettings const settings{
      .threads = 1, .warm = true, .gradient_norm = 1e-11, .stop = {}, .advance = {}};
  auto const refits =
      influence::refit_without(subject.minimum, influence::each_row(subject.rows()), convention, settings);
  auto const& theta = subject.minimum.theta;
  auto const& test = subject.split->test;
  Errors errors;
  double distance = 0;
  double size = 0;
  int found = 0;
  for (int k = 0; k < subject.rows(); ++k) {
    auto const& refit = refits[static_cast<std::size_t>(k)];
    if (!refit.change.allFinite()) continue;  // the row is needed: without it there is no minimum
    ++found;
    influence::Vector const guess = predicted.row(k).transpose();
    errors.theta += (guess - refit.change).squaredNorm();
    influence::Matrix const outputs = subject.problem().outputs(test, theta + refit.change);
    errors.prediction +=
        (subject.problem().outputs(test, theta + guess) - outputs).squaredNorm() / static_cast<double>(test.rows());
    size = std::max(size, outputs.cwiseAbs().maxCoeff());
    distance = std::max(distance, subject.distance_from_minimum(refit.trained.gradient_norm));
  }
  errors.theta = std::sqrt(errors.theta / found);
  errors.prediction = std::sqrt(errors.prediction / found);
  errors.bound = (distance + subject.distance_from_minimum(subject.gradient_norm)) * std::max(1.0, size);
  return errors;
}

/// Of one split into `rows` for training and the others.
Errors errors_at(DataCase the_case, int rows, int split, std::uint64_t seed) {
  the_case.rows = rows;
  auto const subject = make_subject(the_case, seed + static_cast<std::uint64_t>(split));
  return errors_of(subject, convention_option(the_case), influence_defect(the_case));
}

/// The mean over the splits at size k, whose errors stand side by side.
Errors mean_errors(RowResults const& all, int k, int splits) {
  Errors mean;
  for (int split = 0; split < splits; ++split) {
    auto const& errors = all[static_cast<std::size_t>(std::int64_t{k} * splits + split)];
    mean.theta += errors[0] / splits;
    mean.prediction += errors[1] / splits;
    mean.bound = std::max(mean.bound, errors[2]);
  }
  return mean;
}

ConvergenceRow row_of(RatePoint const& point, std::string const& statistic, int splits, Interval const& rate) {
  ConvergenceRow row;
  row.statistic = statistic;
  row.n = std::llround(point.n);
  row.replicates = splits;
  row.discrepancy = point.discrepancy.estimate;
  row.lower = point.discrepancy.lower;
  row.upper = point.discrepancy.upper;
  row.rate = rate.estimate;
  row.rate_lower = rate.lower;
  row.rate_upper = rate.upper;
  return row;
}

int splits_option(DataCase const& the_case) { return count_option(the_case.options, "splits", 1, 100); }

ExperimentResult judged(DataCase const& the_case, RowResults const& all) {
  int const splits = splits_option(the_case);
  std::vector<RatePoint> of_theta, of_predictions;
  int rows = the_case.rows;
  for (int k = 0; k < size_count; ++k, rows /= 2) {
    auto const errors = mean_errors(all, k, splits);
    auto const within = [&](double error) {
      return Interval{error, 0, std::max(0.0, error - errors.bound), error + errors.bound};
    };
    of_theta.push_back({static_cast<double>(rows), within(errors.theta)});
    of_predictions.push_back({static_cast<double>(rows), within(errors.prediction)});
  }
  ExperimentResult result;
  for (auto const& [points, what] : {std::pair{&of_theta, "theta"}, std::pair{&of_predictions, "predictions"}}) {
    auto const estimate = rate_of_decay(*points);
    auto const rate = estimate ? estimate->rate : no_rate(*points);
    result.measurements.push_back(measured({}, rate, splits));
    for (auto const& point : *points)
      result.convergence.push_back(
          row_of(point, "root mean square error of predicted changes of " + std::string(what), splits, rate));
  }
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  constexpr int least = 10;
  expects(the_case.rows >= least << (size_count - 1) && the_case.rows < the_case.data->rows(),
          "removal-rate halves the rows three times and needs test rows, give 'rows' from 80 to below " +
              std::to_string(the_case.data->rows()));
  influence_defect(the_case);  // bad options are refused when asked
  convention_option(the_case);
  splits_option(the_case);
  std::string n;
  for (int k = size_count - 1; k >= 0; --k) n += (n.empty() ? "" : ";") + std::to_string(the_case.rows >> k);
  Region const region{RegionKind::at_least, number_option(the_case, "rate"), number_option(the_case, "slack"), {}};
  add_measured(question, "rate in n of the error of predicted changes of theta", n, region);
  add_measured(question, "rate in n of the error of predicted changes of predictions", n, region);
  RowExperiment experiment;  // a row is one split at one size
  experiment.count = size_count * splits_option(the_case);
  experiment.begin = [the_case, splits = splits_option(the_case)](std::uint64_t seed) {
    return [the_case, splits, seed](int row) {
      auto const errors = errors_at(the_case, the_case.rows >> (row / splits), row % splits, seed);
      return std::vector<double>{errors.theta, errors.prediction, errors.bound};
    };
  };
  experiment.fits = [](int, auto const& numbers) { return numbers.size() == 3; };
  experiment.judge = [the_case](ExperimentRun const&, RowResults const& all) { return judged(the_case, all); };
  set_row_experiment(the_case, question, std::move(experiment));
}

}  // namespace

Claim removal_rate() {
  return {
      {.id = "removal-rate",
       .statement = "6.5",
       .title = "What the linear approximation of a removal leaves falls as 1/n^2, in theta and in predictions",
       .formula = "theta_{-z} - theta = -(1/n) I_up(z) + O(1/n^2), and so the outputs on test rows",
       .evidence = "n over a grid by halving the rows: every row removed and refitted, root mean squares of predicted "
                   "less actual changes, of theta and of the outputs on the test rows, averaged over splits; the "
                   "rate by its rounding alone",
       .null_law = "none: the refits are exact up to rounding, which the interval bounds by gradient norm over "
                   "smallest eigenvalue",
       .margin = "0.35 of the exponent 2: subsamples of one data set differ, and p/n is not small at the smallest n",
       .control = "half of the change (plant = half), which leaves 1/n",
       .options = with_network_options({{"rate", "least exponent of 1/n", "2", {}},
                                        {"slack", "how far below still counts", "0.35", {}},
                                        {"splits", "random subsamples at each size", "4", {}},
                                        convention_choice(),
                                        influence_plants()}),
       .source = "the notes, section 6.5; Koh, Ang, Teo and Liang (2019), NeurIPS 32, on what the first order leaves"},
      &ask};
}

}  // namespace fisherlab::claims
