#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/catalogue.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;

MatrixXd as_matrix(LaneMatrix const& matrix) {
  auto const order = static_cast<Eigen::Index>(matrix.order);
  return Eigen::Map<Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor> const>(matrix.entries.data(),
                                                                                                  order, order);
}

/// A matrix that is measured in two settings, in units of its value in the second.
struct Compared {
  std::string name;
  std::size_t first = 0, second = 0;  ///< the probes
  MatrixXd to_unit;                   ///< A with A W A' the first's, W whitened on its own; the second's is W itself
};

/// The smallest eigenvalue of one less the other.
Asked smallest_of_difference(Compared const& compared, bool first_less_second, std::int64_t n, Region const& region,
                             std::string statistic) {
  Asked asked;
  asked.statistic = std::move(statistic);
  asked.n = std::to_string(n);
  asked.region = region;
  asked.reads = {compared.first, compared.second};
  asked.measure = [compared, first_less_second](std::span<sim::Tally const> tallies, double alpha) {
    auto const &a = tallies[compared.first], &b = tallies[compared.second];
    auto const dropped = a.dropped + b.dropped;
    if (a.count != b.count || a.count < 2) {
      auto nothing = vacuous_interval();
      nothing.reason = "a fit failed in one setting, and replicates are compared in pairs";
      return measured({}, nothing, a.count, dropped);
    }
    auto const p = static_cast<int>(compared.to_unit.rows());
    auto const first = congruent(covariance_estimate(a, 0, p), compared.to_unit);
    auto const second = covariance_estimate(b, 0, p);
    return measured({}, smallest_eigenvalue(first_less_second ? minus(first, second) : minus(second, first), alpha),
                    a.count, dropped);
  };
  return asked;
}

void add_order(Sampled& question, Compared const& compared, bool is_ordered, bool first_is_larger, std::int64_t n) {
  auto const named = [&](bool first_less_second) {
    return "smallest eigenvalue of " + compared.name +
           (first_less_second ? ", first less second" : ", second less first");
  };
  if (is_ordered) {
    question.findings.push_back(
        smallest_of_difference(compared, first_is_larger, n, {RegionKind::at_least, 0, 0, {}}, named(first_is_larger)));
    return;
  }
  for (bool const first_less_second : {true, false})
    question.findings.push_back(smallest_of_difference(compared, first_less_second, n, {RegionKind::at_most, 0, 0, {}},
                                                       named(first_less_second)));
}

/// By how much the first stated information is the larger in units of the second, in the direction where it is least.
double stated_size(Law const& first, Law const& second) {
  auto const to_second = as_matrix(score_whitening(second));
  return eigenvalues(to_second * (information_matrix(first) - information_matrix(second)) * to_second.transpose())(0);
}

/// Matrices of two laws have one meaning where their parameters run over one space: as many, each over the same reals.
void expects_one_space(Law const& first, Law const& second) {
  expects(std::ranges::equal(first.model->card().domains, second.model->card().domains),
          "information-order compares two laws over one parameter space, and " + first.model->card().name + " and " +
              second.model->card().name +
              " have others; give a law in [case.data] whose parameters have the same domains");
}

void ask(Case const& the_case, Sampled& question) {
  auto const &first = the_case.setting.model, &second = the_case.setting.data;
  expects_one_space(first, second);
  auto const order = text_option(the_case, "order");
  bool const is_ordered = order != "none";
  double const margin = number_option(the_case, "margin");
  auto const gap = eigenvalues(information_matrix(first) - information_matrix(second));
  bool const is_above = gap(0) >= 0;
  bool const is_unordered = gap(0) < 0 && gap(gap.size() - 1) > 0;
  expects(the_case.expected != Expectation::verified || (is_ordered ? is_above : is_unordered),
          std::string("I at theta less I of the law of the data is ") +
              (is_ordered ? "not positive semidefinite" : "of one sign") +
              ", so this order does not hold; choose other laws or declare a control");
  auto const mle = estimators::make_estimator("mle", first.model);
  auto const mle_2 = estimators::make_estimator("mle", second.model);
  auto const root = as_matrix(error_whitening(first, estimators::identity_target(first.theta)));
  auto const inverse_root = as_matrix(score_whitening(first));
  auto const root_2 = as_matrix(error_whitening(second, estimators::identity_target(second.theta)));
  auto const inverse_root_2 = as_matrix(score_whitening(second));
  for (auto const n : the_case.sizes) {
    expects_moment(first, *mle, n, moments_of_variance_interval);
    expects_moment(second, *mle_2, n, moments_of_variance_interval);
    auto const place = question.scenarios.size();
    question.scenarios.push_back({{first, first, {}}, n});
    question.scenarios.push_back({{second, second, {}}, n});
    auto const probes = question.probes.size();
    question.probes.push_back(score_probe(first, place));
    question.probes.push_back(score_probe(second, place + 1));
    Compared const scores{"Cov(score)", probes, probes + 1, inverse_root_2 * root};
    if (order == "size") {
      double const size = stated_size(first, second);
      question.findings.push_back(smallest_of_difference(scores, true, n,
                                                         {RegionKind::equal, size, margin * std::fabs(1 + size), {}},
                                                         "smallest eigenvalue of Cov(score), first less second, "
                                                         "against that of the stated informations"));
      continue;
    }
    question.probes.push_back(error_probe(first, place, mle));
    question.probes.push_back(error_probe(second, place + 1, mle_2));
    add_order(question, scores, is_ordered, true, n);
    add_order(question, {"n Cov(mle)", probes + 2, probes + 3, root_2 * inverse_root}, is_ordered, false, n);
  }
}

}  // namespace

Claim information_order() {
  return {{.id = "information-order",
           .statement = "section 6.2",
           .title = "A larger information means a smaller asymptotic covariance, and conversely, as matrices",
           .formula = "I_1 - I_2 positive semidefinite if and only if I_2^-1 - I_1^-1 is; neither where not ordered",
           .evidence = "two laws over one parameter space (two theta, or two models), each simulated: the smallest "
                       "eigenvalue of the difference of the covariances of the "
                       "score and, the other way round, of n Cov of the MLE, in units of the second; simultaneous over "
                       "directions (Scheffe). Not ordered: both differences have one below 0",
           .null_law = null_law::scheffe,
           .margin = "none: the sign of an eigenvalue; of its size (order = size) 0.1 of the larger information",
           .control = "the law of less information claimed to have more; a stated information that is a fifth too "
                      "large, by the size",
           .options =
               {{"order",
                 "of I at theta and that of the law of the data: the first above, neither, or by how much it is above",
                 "above",
                 {"above", "none", "size"}},
                margin_option("0.1")},
           .source = "the notes, section 6.2; Horn and Johnson (2013), Matrix Analysis, corollary 7.7.4"},
          &ask};
}

}  // namespace fisherlab::claims
