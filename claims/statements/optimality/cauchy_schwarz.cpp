#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/dense/symmetric.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/evidence/ratio.hpp"
#include "claims/instruments/exact/moments.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/number_probe.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/error.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::Index;

constexpr int random_count = 8;

/// One w, and what the notes say of it, t in units of the root of (6.19) and <w, score> in units of the root of
/// n w'Iw: the covariance, and the variance of <w, score>.
struct Direction {
  Eigen::VectorXd whitened;  ///< I^1/2 w, of length 1
  double covariance = 0;     ///< <w, grad E t> in these units
  double variance = 1;       ///< claimed over n w'Iw
};

/// t = <u, delta>, u a fixed random direction in the space of what delta estimates.
struct Chain {
  Eigen::VectorXd u;
  std::vector<double> centre;  ///< E delta
  double unit = 1;             ///< root of the bound of t at n = 1
  std::vector<Direction> directions;
};

Chain chain_of(Case const& the_case, estimators::Estimator const& estimator, std::int64_t n) {
  auto const& law = the_case.setting.model;
  auto const mean = estimator.mean(law.theta, n);
  expects(mean.has_value(), "the exact mean of " + estimator.name() + " is not known for " + law.model->card().name +
                                ", choose another estimator or model");
  auto const r = static_cast<Index>(mean->value.size());
  auto const p = static_cast<Index>(law.theta.size());
  Eigen::MatrixXd jacobian(r, p);
  for (Index i = 0; i < r; ++i)
    for (Index j = 0; j < p; ++j) jacobian(i, j) = mean->jacobian[static_cast<std::size_t>(i * p + j)];
  Eigen::MatrixXd const information = information_matrix(law);
  auto const system = eigensystem(information);
  Eigen::MatrixXd const root = system.vectors * system.values.cwiseSqrt().asDiagonal() * system.vectors.transpose();
  Eigen::MatrixXd const inverse_root =
      system.vectors * system.values.cwiseSqrt().cwiseInverse().asDiagonal() * system.vectors.transpose();
  Chain chain{random_directions(r, 1, "cauchy-schwarz, t")[0], mean->value, 1, {}};
  Eigen::VectorXd const best = inverse_root * jacobian.transpose() * chain.u;  // I^-1/2 grad g, I^1/2 w of the best w
  expects(best.norm() > 0, "the mean of t does not depend on theta here, choose another estimator or theta");
  chain.unit = best.norm();
  bool const is_diagonal = text_option(the_case, "information") == "diagonal";
  auto all = random_directions(p, random_count, "cauchy-schwarz, w");
  for (auto& w : all) w = (root * w).normalized();
  all.insert(all.begin(), best.normalized());
  for (auto const& c : all) {
    Eigen::VectorXd const w = inverse_root * c;  // w'Iw = 1
    double const claimed = is_diagonal ? w.dot(information.diagonal().asDiagonal() * w) : 1;
    chain.directions.push_back({c, c.dot(best) / chain.unit, claimed});
  }
  return chain;
}

/// t and <w, score> of eight replicates, in the units of `Direction`.
class Projections {
 public:
  Projections(Law const& law, estimators::Estimator const& estimator, Chain const& chain)
      : chain_(chain), error_of_(estimator, chain.centre), whitening_(score_whitening(law)) {}

  sim::Lanes estimate(Batch const& batch) const {
    sim::Lanes t = 0.0;
    for (std::size_t a = 0; a < error_of_.size(); ++a)
      t += chain_.u(static_cast<Index>(a)) * error_of_(*batch.estimates, a);
    return root_of(batch) / chain_.unit * t;
  }
  std::vector<sim::Lanes> whitened_score(Batch const& batch) const {
    std::vector<sim::Lanes> v(whitening_.order);
    whitening_.apply(batch.scores.score.data(), v.data());
    for (auto& each : v) each = each / root_of(batch);
    return v;
  }
  static sim::Lanes along(Direction const& direction, std::vector<sim::Lanes> const& v) {
    sim::Lanes sum = 0.0;
    for (std::size_t a = 0; a < v.size(); ++a) sum += direction.whitened(static_cast<Index>(a)) * v[a];
    return sum;
  }
  std::vector<Direction> const& directions() const { return chain_.directions; }

 private:
  static double root_of(Batch const& batch) { return std::sqrt(static_cast<double>(batch.scenario.n)); }
  Chain chain_;
  estimators::EstimationError error_of_;
  LaneMatrix whitening_;
};

/// Folds for each direction <w, score>^2 over what is claimed, and the product with t less what is claimed.
Probe links_probe(std::size_t scenario, estimators::AnyEstimator const& estimator, Projections const& projections) {
  auto const count = static_cast<int>(2 * projections.directions().size());
  auto probe = number_probe(scenario, count, estimator, [projections](Batch const& batch, sim::Lanes* out, auto&) {
    auto const t = projections.estimate(batch);
    auto const v = projections.whitened_score(batch);
    for (auto const& direction : projections.directions()) {
      auto const along = Projections::along(direction, v);
      *out++ = along * along / direction.variance;
      *out++ = t * along - direction.covariance;
    }
  });
  probe.shape.powers.clear();
  for (int k = 0; k < count; ++k) probe.shape.powers.push_back(sim::power_block(k, 1));
  probe.needs_scores = true;
  return probe;
}

/// Folds what the score along one w explains of t^2, 2 rho t <w, score> - rho^2 <w, score>^2 with rho the claimed
/// covariance over the claimed variance, and t^2: their means are (6.18) and Var(t).
Probe share_probe(std::size_t scenario, estimators::AnyEstimator const& estimator, Projections const& projections,
                  std::size_t which) {
  auto probe = number_probe(scenario, 2, estimator, [projections, which](Batch const& batch, sim::Lanes* out, auto&) {
    auto const& direction = projections.directions()[which];
    auto const t = projections.estimate(batch);
    auto const explained =
        direction.covariance / direction.variance * Projections::along(direction, projections.whitened_score(batch));
    out[0] = 2 * t * explained - explained * explained;
    out[1] = t * t;
  });
  probe.needs_scores = true;
  return probe;
}

/// The largest share over the random w; each interval at its part of the error.
Asked largest_share(std::vector<std::size_t> const& probes, std::int64_t n, double margin) {
  Asked asked;
  asked.statistic = "largest (6.18) over Var(t), over 8 random w";
  asked.n = std::to_string(n);
  asked.region = exactly(RegionKind::at_most, 1.0, margin);
  asked.reads = probes;
  asked.measure = [probes](std::span<sim::Tally const> tallies, double alpha) {
    Interval largest{0, 0, 0, 0};
    auto const& first = tallies[probes[0]];
    for (auto const probe : probes) {
      if (tallies[probe].count < 2) return measured({}, vacuous_interval(), tallies[probe].count, first.dropped);
      largest =
          larger_of(largest, ratio_of_means(pair_moments(tallies[probe]), alpha / static_cast<double>(probes.size())));
    }
    return measured({}, largest, first.count, first.dropped);
  };
  return asked;
}

/// Adds the largest distance of a mean from `target` over all w; the means are every other component from `first`.
void add_links(Sampled& question, std::size_t probe, int first, int count, double target, std::string statistic,
               double margin) {
  add_finding(question, probe, std::move(statistic), exactly(RegionKind::equal, 0.0, margin),
              [first, count, target](sim::Tally const& tally, double alpha) {
                Interval largest{0, 0, 0, 0};
                for (int k = 0; k < count; ++k) {
                  auto const mean = mean_interval(sample_moments(tally, first + 2 * k), alpha / count);
                  largest = larger_of(largest, distance_from(mean, target));
                }
                return largest;
              });
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  auto const estimator = estimator_of(the_case);
  double const margin = number_option(the_case, "margin");
  bool const is_control = text_option(the_case, "information") == "diagonal";
  expects(law.theta.size() >= 2, "cauchy-schwarz takes directions w of theta, and " + law.model->card().name +
                                     " has one parameter; choose another model");
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < the_case.sizes.size(); ++k) {
    auto const n = the_case.sizes[k];
    expects_moment(the_case.setting, *estimator, n, moments_of_variance_interval);
    Projections const projections(law, *estimator, chain_of(the_case, *estimator, n));
    auto const count = static_cast<int>(projections.directions().size());
    auto const links = question.probes.size();
    question.probes.push_back(links_probe(k, estimator, projections));
    add_links(question, links, 0, count, 1, "largest relative error of Var<w, score> against n w'Iw, over 9 w", margin);
    if (is_control) continue;
    add_links(question, links, 1, count, 0,
              "largest error of Cov(t, <w, score>) against <w, grad E t>, whitened, over 9 w", margin);
    // At the best w an efficient t is its score, and nothing varies: that is what attainment is about.
    std::vector<std::size_t> shares;
    for (std::size_t j = 1; j < projections.directions().size(); ++j) {
      shares.push_back(question.probes.size());
      question.probes.push_back(share_probe(k, estimator, projections, j));
    }
    question.findings.push_back(largest_share(shares, n, margin));
  }
}

}  // namespace

Claim cauchy_schwarz() {
  return {{.id = "cauchy-schwarz",
           .statement = "(6.11)-(6.18)",
           .title = "Each link from the variance of t to the bound holds on its own",
           .formula = "Var(t) >= Cov^2(t, <w, score>)/Var<w, score>, Var<w, score> = n w'Iw, Cov(t, <w, score>) = "
                      "<w, grad E t>",
           .evidence =
               "t = <u, delta>, u a fixed random direction; at w = I^-1 grad g and 8 fixed random w: both "
               "equalities as means, and at the random w (6.18) over Var(t) as a ratio of means (Fieller), each at its "
               "share of the error",
           .null_law = null_law::student,
           .margin = "0.02: two per cent of the bound, one of a standard error",
           .control = "the diagonal of I in the place of I (information = diagonal), for more than one parameter",
           .options = {margin_option("0.02"),
                       {"information", "whole, or its diagonal alone", "whole", {"whole", "diagonal"}}},
           .estimator = "mle",
           .source = "the notes, (6.11) to (6.18)",
           .hypotheses = "A regular model, an estimator whose exact mean is known, any direction w. Exact at every n."},
          &ask};
}

}  // namespace fisherlab::claims
