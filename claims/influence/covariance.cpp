#include <cmath>

#include "base/dense/cholesky.hpp"
#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/removals/refit.hpp"
#include "estimators/influence/solvers/definite.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;

/// n^-2 sum I_up I_up', the infinitesimal jackknife; it equals H^-1 (mean of c c') H^-1 / n, the sandwich.
influence::Matrix from_influence(InfluenceSubject const& subject) {
  auto const removals =
      planted_removals(subject, influence::Convention::mean, InfluenceDefect::none);  // (1/n) H^-1 c_k
  return removals.transpose() * removals;
}

/// H^-1/n, right only when the model is.
influence::Matrix from_hessian(InfluenceSubject const& subject) {
  auto const& [risk, theta] = subject.minimum;
  auto const p = theta.size();
  return Cholesky(risk.hessian(theta)).solve(influence::Matrix::Identity(p, p).eval()) / subject.rows();
}

/// The jackknife covariance (n - 1)/n sum (theta_-k - mean)(theta_-k - mean)' by refitting.
influence::Matrix from_refits(InfluenceSubject const& subject, ExperimentRun const& run) {
  influence::RefitSettings settings{
      .threads = run.threads, .warm = true, .gradient_norm = 1e-11, .stop = run.stop, .advance = {}};
  settings.advance = [&](std::int64_t done) {
    if (run.progress) run.progress(static_cast<double>(done) / subject.rows());
  };
  auto const refits = influence::refit_without(subject.minimum, influence::each_row(subject.rows()),
                                               influence::Convention::mean, settings);
  influence::Matrix changes(subject.rows(), subject.minimum.theta.size());
  for (std::size_t k = 0; k < refits.size(); ++k)
    changes.row(static_cast<Eigen::Index>(k)) = refits[k].change.transpose();
  influence::Vector const mean = changes.colwise().mean();
  changes.rowwise() -= mean.transpose();
  double const n = subject.rows();
  return (n - 1) / n * changes.transpose() * changes;
}

/// The largest |w'(A - B) w| / w' B w over directions w.
/// @throws InputError when B is singular.
double largest_relative_error(influence::Matrix const& a, influence::Matrix const& b) {
  expects(b.allFinite() && influence::cholesky_factor_of_rest(b, b),
          "the jackknife covariance is singular (fewer rows than parameters, a direction that no row moves, as in "
          "softmax, or a refit that failed), give more rows or another problem");
  return (generalized_eigenvalues(a, b).array() - 1).abs().maxCoeff();
}

ExperimentResult carry_out(DataCase const& the_case, bool model_based, ExperimentRun const& run) {
  auto const subject = make_subject(the_case, run.seed);
  auto const jackknife = from_refits(subject, run);
  auto const claimed = model_based ? from_hessian(subject) : from_influence(subject);
  ExperimentResult result;
  result.measurements.push_back(measured({}, up_to(largest_relative_error(claimed, jackknife), 1e-6), subject.rows()));
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  bool const model_based = text_option(the_case, "form") == "hessian";
  add_measured(question,
               model_based ? "largest relative error over directions of H^-1/n against the refitted jackknife"
                           : "largest relative error over directions of n^-2 sum I I' against the refitted jackknife",
               rows_text(the_case), {RegionKind::at_most, 0.0, number_option(the_case, "margin")});
  set_experiment(the_case, question,
                 [the_case, model_based](ExperimentRun const& run) { return carry_out(the_case, model_based, run); });
}

}  // namespace

Claim influence_covariance() {
  return {{.id = "influence-covariance",
           .statement = "(6.7), (6.20)",
           .title = "The influences add up to the sandwich covariance of the estimate",
           .formula = "Cov theta = n^-2 sum I_up(z_i) I_up(z_i)' = H^-1 (mean grad L grad L') H^-1/n",
           .evidence = "every row removed and the model refitted: the jackknife covariance of the refits, which "
                       "assumes no model, against the sum over influences; largest relative error over directions",
           .null_law = "none: both are exact for these data, up to rounding",
           .margin = "0.2 of a variance, a tenth of a standard error; the two differ by O(1/n)",
           .control = "H^-1/n, the covariance if the model were true, for data on which it is not (form = hessian)",
           .options = with_network_options(
               {margin_option("0.2"), {"form", "the claimed covariance", "influence", {"influence", "hessian"}}}),
           .source = "Jaeckel (1972), The infinitesimal jackknife; Huber (1967); derived in estimators/influence",
           .hypotheses = "A smooth loss, a minimum with an invertible Hessian, independent rows; n large."},
          &ask};
}

}  // namespace fisherlab::claims
