#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/statistics/interval.hpp"
#include "claims/claim.hpp"
#include "claims/experiment.hpp"
#include "claims/options.hpp"
#include "estimators/influence/problems/problems.hpp"
#include "estimators/influence/problems/split.hpp"
#include "estimators/influence/removals/removal.hpp"

namespace fisherlab::claims {

/// A case's data, split, and the minimum of its risk on the training rows.
struct InfluenceSubject {
  std::shared_ptr<estimators::influence::Split const> split;  ///< the minimum's risk points into it
  estimators::influence::Minimum minimum;
  double smallest_eigenvalue = 0;  ///< of the Hessian at the minimum
  double gradient_norm = 0;

  int rows() const { return split->train.rows(); }
  estimators::influence::AnyProblem const& problem() const { return minimum.risk.problem; }
  /// How far a computed minimum with this gradient norm may lie from the true one: norm / smallest eigenvalue, doubled
  /// for the change of the Hessian on the way.
  double distance_from_minimum(double norm) const { return 2 * norm / smallest_eigenvalue; }
};

/// Draws the case's training rows with the run's seed (all rows where it names no number) and trains.
/// @throws InputError, with numbers, when training does not end in a minimum.
InfluenceSubject make_subject(DataCase const& the_case, std::uint64_t seed);

/// Which network a case means: options depth, width, activation.
estimators::influence::ProblemOptions problem_options(DataCase const& the_case);

/// Mistakes that a control plants into (6.20).
enum class InfluenceDefect { none, half, no_penalty, double_penalty, other_convention };

/// The option `plant`; none where the claim has no such option; half (the printed objective t'Ht - v't gives half of
/// H^-1 v); no-penalty and double-penalty (in H); other-convention (in the gradient).
InfluenceDefect influence_defect(DataCase const& the_case);

/// The option `convention`.
estimators::influence::Convention convention_option(DataCase const& the_case);

/// H^-1 by Cholesky, with the defect where it is one of H.
estimators::influence::InverseHessian planted_inverse(InfluenceSubject const& subject, InfluenceDefect defect);

/// First-order removals (n x p), with the defect.
estimators::influence::Matrix planted_removals(InfluenceSubject const& subject,
                                               estimators::influence::Convention convention, InfluenceDefect defect);

/// A number that is known up to rounding: the interval is [value - bound, value + bound].
Interval up_to(double value, double bound);

/// `work` for 0, 1, ..., count - 1 in parallel, in order; tells the run's progress from `from` to `to`.
/// @throws sim::Interrupted when the run is told to stop.
struct ProgressShare {
  double from = 0;
  double to = 1;
};
void for_each_row(int count, ExperimentRun const& run, ProgressShare const& share,
                  std::function<void(int row)> const& work);

/// "logistic on digits 3, 8" and "l2=0.01", with depth and width where the problem is a network. What a control plants
/// stands behind the model, "logistic on iris [half]".
std::string experiment_model(DataCase const& the_case);
std::string experiment_parameters(DataCase const& the_case);

/// Makes the question's experiment. Input errors of `carry_out` (a Hessian that is not positive definite) become the
/// result's failure.
void set_experiment(DataCase const& the_case, Experiment& question,
                    std::function<ExperimentResult(ExperimentRun const&)> carry_out);

/// Adds a finding to be measured by the experiment; `family_error` where it is judged at one of its own.
void add_measured(Experiment& question, std::string statistic, std::string n, Region const& region,
                  std::optional<double> family_error = {});

/// "250", the number of training rows.
std::string rows_text(DataCase const& the_case);

/// The options, and those that choose a network: depth, width, activation.
std::vector<ClaimOption> with_network_options(std::vector<ClaimOption> options);

/// The options `plant`, `convention` and `step` of several claims.
ClaimOption influence_plants();
ClaimOption convention_choice();
ClaimOption step_choice();

}  // namespace fisherlab::claims
