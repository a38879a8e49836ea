#include <string>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/training/train.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;
using influence::Vector;

/// What a share of curvature is taken to be zero: far above rounding, far below any that a solver can use.
constexpr double least_share = 1e-9;

/// The smallest eigenvalue of H over the largest where a search for the minimum ended, minimum or not.
ExperimentResult carry_out(DataCase const& the_case, ExperimentRun const& run) {
  int const rows = the_case.rows > 0 ? the_case.rows : the_case.data->rows();
  auto const split =
      influence::random_split(*the_case.data, rows, {run.seed, stable_hash("influence split " + the_case.name), 0});
  auto const problem = influence::make_problem(the_case.problem, split.train, problem_options(the_case));
  auto const risk = influence::mean_risk(problem, split.train, the_case.l2);
  auto const trained = influence::train(risk, problem.start(run.seed));
  influence::Matrix const hessian = risk.hessian(trained.theta);
  double const largest = -influence::smallest_eigenvalue(-hessian);
  double const share = influence::smallest_eigenvalue(hessian) / largest;
  ExperimentResult result;
  double const rounding = 2.3e-16 * static_cast<double>(hessian.rows());
  result.measurements.push_back(measured({}, up_to(share, rounding), rows));
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  expects(the_case.problem != "mlp",
          "strict-convexity is about problems with one minimum, and a network has several; "
          "let 'problem' be another");
  add_measured(question, "smallest eigenvalue of H over the largest, where training ended", rows_text(the_case),
               {RegionKind::at_least, least_share, 0, {}});
  set_experiment(the_case, question, [the_case](ExperimentRun const& run) { return carry_out(the_case, run); });
}

}  // namespace

Claim strict_convexity() {
  return {{.id = "strict-convexity",
           .statement = "6.5, assumption",
           .title = "H is positive definite where the risk is strictly convex, and only there",
           .formula = "H > 0, so that H^-1 in (6.20) exists",
           .evidence = "the smallest eigenvalue of H over the largest, where the search for a minimum ended",
           .null_law = "none: exact up to rounding",
           .margin = "1e-9: far above rounding, far below what a solver can use",
           .control = "softmax with all sets of weights free and no penalty: a number added to all classes changes no "
                      "prediction, and H is singular (l2 = 0)",
           .options = with_network_options({}),
           .source = "the notes, section 6.5 (\"strictly convex in theta\")",
           .hypotheses = "A problem with one minimum, or none."},
          &ask};
}

}  // namespace fisherlab::claims
