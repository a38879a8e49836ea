#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/rate.hpp"
#include "claims/influence/counted_problem.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/removals/refit.hpp"
#include "estimators/influence/training/train.hpp"

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;
using influence::Vector;

constexpr int size_count = 4;   ///< of n, and of the number of inputs: each half of the one before
constexpr double slack = 0.25;  ///< of an exponent in n: the number of products grows with n a little
constexpr double cg_tolerance = 1e-6;

/// How the effect of every row on the loss of one test row is found, at the minimum of all rows.
enum class Way { influence, hessian, retraining };

/// Multiplications of one way beyond training once: H^-1 v once, v the gradient of the test loss, and the gradient of
/// every row against it: by conjugate gradients, or from H formed and factored (p^3/6 multiplications more); or a refit
/// without each row and the test loss there.
double cost_of(influence::Data const& train, influence::Data const& test, DataCase const& the_case, Way way,
               ExperimentRun const& run) {
  auto const work = std::make_shared<Work>();
  auto const problem = counted(influence::make_problem(the_case.problem, train, problem_options(the_case)), work);
  auto const risk = influence::mean_risk(problem, train, the_case.l2);
  auto const trained = influence::train(risk, problem.start(run.seed), {.gradient_norm = 1e-11});
  auto const minimum = influence::checked_minimum(risk, trained);
  work->multiplications = 0;
  double more = 0;
  if (way == Way::retraining) {
    influence::RefitSettings const settings{
        .threads = run.threads, .warm = true, .gradient_norm = 1e-8, .stop = run.stop, .advance = {}};
    for (auto const& refit :
         influence::refit_without(minimum, influence::each_row(train.rows()), influence::Convention::mean, settings))
      problem.losses(test, minimum.theta + refit.change);
  } else {
    influence::SolverSettings settings;
    settings.solver = way == Way::influence ? influence::Solver::conjugate_gradient : influence::Solver::cholesky;
    settings.tolerance = cg_tolerance;
    Vector const v = problem.gradients(test, minimum.theta).row(0).transpose();
    Vector const s = influence::InverseHessian(risk, minimum.theta, settings).solve(v).x;
    auto const p = static_cast<double>(s.size());
    auto const n = static_cast<double>(train.rows());
    if (way == Way::hessian) more += p * p * p / 6 + p * p;
    problem.gradients(train, minimum.theta);
    more += n * p;  // each of them against s
  }
  return static_cast<double>(work->multiplications) + more;
}

influence::Data first_inputs(influence::Data data, int count) {
  data.inputs = influence::Matrix(data.inputs.leftCols(count));
  if (!data.columns.empty()) data.columns.resize(static_cast<std::size_t>(count));
  return data;
}

Way way_of(DataCase const& the_case) {
  auto const name = text_option(the_case, "work");
  return name == "retraining" ? Way::retraining : name == "hessian" ? Way::hessian : Way::influence;
}

/// Fitted exponent of x in the counts, with rows for its picture.
struct Growth {
  std::string statistic;
  std::vector<RatePoint> points;

  void add(double x, double count) { points.push_back({x, {count, 0, count, count}}); }
  void tell(ExperimentResult& result) const {
    auto const rate = rate_of_decay(points);
    double const exponent = rate ? -rate->rate.estimate : NAN;
    result.measurements.push_back(measured({}, rate ? up_to(exponent, 1e-12) : vacuous_interval(), 1));
    for (auto const& point : points) {
      ConvergenceRow row;
      row.statistic = statistic;
      row.n = std::llround(point.n);
      row.replicates = 1;
      row.discrepancy = row.lower = row.upper = point.discrepancy.estimate;
      row.rate = row.rate_lower = row.rate_upper = -exponent;
      result.convergence.push_back(row);
    }
  }
};

ExperimentResult carry_out(DataCase const& the_case, ExperimentRun const& run) {
  auto const way = way_of(the_case);
  auto const split = influence::random_split(*the_case.data, the_case.rows,
                                             {run.seed, stable_hash("influence split " + the_case.name), 0});
  auto const test = influence::rows_of(split.test, {0});
  Growth over_rows{"multiplications over n, " + text_option(the_case, "work"), {}};
  Growth over_inputs{"multiplications over p, " + text_option(the_case, "work"), {}};
  std::vector<int> rows(static_cast<std::size_t>(the_case.rows));
  for (std::size_t k = 0; k < rows.size(); ++k) rows[k] = static_cast<int>(k);
  for (int k = 0; k < size_count; ++k) {
    auto const train = influence::rows_of(split.train, rows);
    over_rows.add(train.rows(), cost_of(train, test, the_case, way, run));
    rows.resize(rows.size() / 2);
    if (run.progress) run.progress((k + 1.0) / (2 * size_count));
  }
  for (int k = 0, inputs = split.train.dimension(); k < size_count; ++k, inputs /= 2) {
    double const cost = cost_of(first_inputs(split.train, inputs), first_inputs(test, inputs), the_case, way, run);
    over_inputs.add(inputs + 1, cost);  // p counts the intercept
    if (run.progress) run.progress((size_count + k + 1.0) / (2 * size_count));
  }
  ExperimentResult result;
  over_rows.tell(result);
  over_inputs.tell(result);
  return result;
}

void ask(DataCase const& the_case, Experiment& question) {
  expects(the_case.problem == "linear" || the_case.problem == "logistic" || the_case.problem == "poisson",
          "retraining-cost counts the work of problems with one linear predictor, let 'problem' be linear, logistic or "
          "poisson");
  expects(the_case.rows >= 80 && the_case.rows < the_case.data->rows(),
          "retraining-cost halves the rows three times and needs a test row, give 'rows' from 80 to below " +
              std::to_string(the_case.data->rows()));
  expects(the_case.data->dimension() >= 16, "retraining-cost halves the inputs three times, give data of 16 or more");
  expects(the_case.l2 > 0, "retraining-cost needs a penalty, without one there may be no minimum; give 'l2'");
  std::string n;
  for (int k = size_count - 1; k >= 0; --k) n += (n.empty() ? "" : ";") + std::to_string(the_case.rows >> k);
  auto const work = text_option(the_case, "work");
  add_measured(question, "exponent of n in the multiplications, " + work, n,
               {RegionKind::at_most, number_option(the_case, "in-n"), slack, {}});
  if (!text_option(the_case, "in-p").empty())
    add_measured(question, "exponent of p in the multiplications, " + work, rows_text(the_case),
                 {RegionKind::at_most, number_option(the_case, "in-p"), number_option(the_case, "slack-p"), {}});
  set_experiment(the_case, question, [the_case](ExperimentRun const& run) {
    auto result = carry_out(the_case, run);
    if (text_option(the_case, "in-p").empty()) result.measurements.pop_back();
    return result;
  });
}

}  // namespace

Claim retraining_cost() {
  return {
      {.id = "retraining-cost",
       .statement = "6.5",
       .title = "Retraining without each row takes n times the work of one solve with H",
       .formula = "multiplications: one solve by conjugate gradients O(k n p), k products; H formed O(n p^2); a refit "
                  "without each row O(n^2 p), times steps",
       .evidence = "multiplications in all passes over the data, counted while the effects of every row on one test "
                   "loss are found, n and the number of inputs halved three times: fitted exponents; no clock",
       .null_law = "none: counts are exact",
       .margin = "0.25 of the exponent of n, slack-p of that of p: the number of products grows with both a little",
       .control = "the exponent 1 of n claimed for retraining (work = retraining)",
       .options = with_network_options(
           {{"work", "what finds the effects", "influence", {"influence", "hessian", "retraining"}},
            {"in-n", "claimed exponent of n, at most", "1", {}},
            {"in-p", "claimed exponent of p, at most; not asked unless set", "", {}},
            {"slack-p", "how far above still counts", "0.5", {}}}),
       .source = "the notes, section 6.5; Koh and Liang (2017), ICML, section 3",
       .hypotheses = "One linear predictor, a penalty, and a condition number that does not grow with n."},
      &ask};
}

}  // namespace fisherlab::claims
