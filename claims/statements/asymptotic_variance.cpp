#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/dense/inverse.hpp"
#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/pictures/picture_rows.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/error_grid.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

void expects_fourth_moments(Case const& the_case, estimators::Estimator const& estimator) {
  for (auto const n : the_case.sizes) expects_moment(the_case.setting, estimator, n, moments_of_variance_interval);
}

void add_error_probes(Case const& the_case, Sampled& question, estimators::AnyEstimator const& estimator) {
  expects_fourth_moments(the_case, *estimator);
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k)
    question.probes.push_back(error_probe(the_case.setting.model, k, estimator));
}

/// Error of the intervals of one picture, over all its points together.
constexpr double picture_alpha = 0.05;

/// n Cov entry by entry against the bound, at every n.
void add_pictures_of_covariance(Case const& the_case, Sampled& question, estimators::AnyEstimator const& estimator) {
  auto const& law = the_case.setting.model;
  auto const r = static_cast<Eigen::Index>(estimator->components().size());
  auto const whitening = error_whitening(law, estimator->target(law.theta));
  Eigen::MatrixXd forward(r, r);
  for (Eigen::Index i = 0; i < r; ++i)
    for (Eigen::Index j = 0; j < r; ++j) forward(i, j) = whitening.entries[static_cast<std::size_t>(i * r + j)];
  Eigen::MatrixXd const root = fisherlab::inverse(forward);
  question.pictures = [root, r, sizes = the_case.sizes, name = estimator->name(), components = estimator->components()](
                          std::span<sim::Tally const> tallies, std::span<sim::Tally const>) {
    PictureRows rows;
    for (std::size_t k = 0; k < sizes.size(); ++k) {
      if (tallies[k].count < 2) continue;
      for (auto& row : covariance_rows(covariance_estimate(tallies[k], 0, static_cast<int>(r)), root, components,
                                       picture_alpha / static_cast<double>(sizes.size()))) {
        row.n = sizes[k];
        row.method = name;
        rows.curves.push_back(std::move(row));
      }
    }
    return rows;
  };
}

void ask_variance(Case const& the_case, Sampled& question) {
  auto const estimator = estimator_of(the_case);
  add_error_probes(the_case, question, estimator);  // for the pictures
  Limit const limit{.statistic = "relative error of n Cov against I^-1, " + estimator->name(),
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  auto const grid =
      error_grid(the_case, question, whitened_errors(the_case.setting.model, estimator, ErrorMoment::covariance));
  add_limit(question, limit, discrepancies(grid, &largest_error));
  add_extrapolated(
      the_case, question, grid,
      {"limit of the " + limit.statistic, {RegionKind::equal, 0.0, limit_margin(the_case), {}}, &largest_error});
  add_pictures_of_covariance(the_case, question, estimator);
}

/// Axes, eigenvectors of I, and 16 random directions.
std::vector<Eigen::VectorXd> directions(Eigen::MatrixXd const& information) {
  auto const p = information.rows();
  std::vector<Eigen::VectorXd> result;
  for (Eigen::Index a = 0; a < p; ++a) result.push_back(Eigen::VectorXd::Unit(p, a));
  if (p == 1) return result;
  auto const system = eigensystem(information);
  for (Eigen::Index a = 0; a < p; ++a) result.push_back(system.vectors.col(a));
  for (auto const& w : random_directions(p, 16, "directional-variance")) result.push_back(w);
  return result;
}

void ask_directions(Case const& the_case, Sampled& question) {
  auto const estimator = estimator_of(the_case);
  auto const& law = the_case.setting.model;
  expects(estimator->components() == law.model->card().parameters,
          "directional-variance takes directions in theta, and " + estimator->name() +
              " estimates a function of it; leave estimator out");
  expects_fourth_moments(the_case, *estimator);
  add_scenarios(the_case, question);
  auto const formula = text_option(the_case, "formula");
  Eigen::MatrixXd const information = information_matrix(law);
  Eigen::MatrixXd const inverse = fisherlab::inverse(information);
  auto const p = information.rows();
  Eigen::MatrixXd root(p,
                       p);  // I^-1/2, which turns a direction w into that of the whitened error
  auto const whitening = score_whitening(law);
  for (Eigen::Index i = 0; i < p; ++i)
    for (Eigen::Index j = 0; j < p; ++j) root(i, j) = whitening.entries[static_cast<std::size_t>(i * p + j)];

  std::vector<ClaimedDirection> all;
  for (auto const& w : directions(information))
    all.push_back({root * w, formula == "inverse" ? w.dot(inverse * w) : w.dot(information * w)});
  Limit const limit{.statistic = formula == "inverse" ? "largest relative error of n Var<w, theta_hat> against w'I^-1 w"
                                                      : "largest relative error of n Var<w, theta_hat> against w'I w",
                    .rate = expected_rate(the_case),
                    .margin = number_option(the_case, "margin")};
  auto const measure = [all](EstimatedMoment const& moment, double alpha) {
    return largest_error_along(all, moment, alpha);
  };
  double steepness = 1;
  for (auto const& direction : all)
    steepness = std::max(steepness, direction.whitened.squaredNorm() / direction.claimed);
  auto const grid = error_grid(the_case, question, whitened_errors(law, estimator, ErrorMoment::covariance));
  add_limit(question, limit, discrepancies(grid, measure));
  add_extrapolated(
      the_case, question, grid,
      {"limit of the " + limit.statistic, {RegionKind::equal, 0.0, limit_margin(the_case), {}}, measure, steepness});
}

}  // namespace

Claim asymptotic_variance() {
  return {{.id = "asymptotic-variance",
           .statement = "(6.7)",
           .title = "n times the covariance of the MLE tends to the inverse information",
           .formula = "n Cov(theta_hat) -> I^-1",
           .evidence = "the largest relative error over all directions, simultaneous (Scheffe), covariances of squares "
                       "from third and fourth moments; its rate over n; its limit, extrapolated with control variates",
           .null_law = null_law::scheffe,
           .margin = "0.05 at the largest n, 0.005 in the limit: half a per cent of variance is a quarter of one of a "
                     "standard error",
           .control = "an exponential law fitted to gamma data: n Var differs from I^-1 at every n",
           .options = {margin_option("0.05"), limit_margin_option("0.005"), rate_option("1")},
           .estimator = "mle",
           .source = "the notes, (6.7)",
           .hypotheses = "A regular model, theta inside its space, independent observations, second moments of the "
                         "estimate; n large."},
          &ask_variance};
}

Claim directional_variance() {
  return {
      {.id = "directional-variance",
       .statement = "(6.8)",
       .title = "Along w the variance tends to w'I^-1 w/n",
       .formula = "n Var<w, theta_hat> -> w'I^-1 w",
       .evidence = "the largest relative error over the axes, the eigenvectors of I and 16 fixed random "
                   "directions, each by an interval of a mean at its share of the error; its rate over n; its limit, "
                   "extrapolated with control variates",
       .null_law = null_law::moments_of_squares,
       .margin = "0.05 at the largest n, 0.005 in the limit: half a per cent of variance is a quarter of one of a "
                 "standard error",
       .control = "w'I w in the place of w'I^-1 w",
       .options = {margin_option("0.05"),
                   limit_margin_option("0.005"),
                   rate_option("1"),
                   {"formula", "the claimed variance", "inverse", {"inverse", "information"}}},
       .source = "the notes, (6.8)",
       .hypotheses = "A regular model, theta inside its space, independent observations, second moments of the "
                     "estimate, a direction w; n large."},
      &ask_directions};
}

}  // namespace fisherlab::claims
