#include <Eigen/Core>
#include <cmath>
#include <string>
#include <vector>

#include "base/dense/inverse.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/matrix.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/exact/offered.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/instruments/maps/vector_map.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/math/symmetric_root.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;

/// Scores in phi = f(theta), one column of dtheta/dphi a component: sum_i dl_i/dphi_k.
void scores_in_phi(Batch const& batch, Law const& law, MatrixXd const& tangents, sim::Lanes* out) {
  for (Eigen::Index k = 0; k < tangents.cols(); ++k) {
    Eigen::VectorXd const tangent = tangents.col(k);
    sim::Lanes squares;
    law.model->offers().directional_scores(batch.sample, law.theta,
                                           {tangent.data(), static_cast<std::size_t>(tangent.size())}, out[k], squares);
  }
}

/// Folds w = T^-1/2 S_phi/sqrt(n) and iso_vech(w w'), T the information claimed for phi.
Probe matrix_probe(Law const& law, std::size_t scenario, MatrixXd const& tangents, MatrixXd const& claimed) {
  auto const p = static_cast<std::size_t>(tangents.cols());
  std::vector<double> packed(sim::packed_size(p));
  for (std::size_t i = 0; i < p; ++i)
    for (std::size_t j = 0; j <= i; ++j)
      packed[sim::packed_index(i, j)] = claimed(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j));
  LaneMatrix const whitening{p, sim::symmetric_root(packed, static_cast<int>(p)).inverse};
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = static_cast<int>(p + sim::packed_size(p));
  probe.shape.powers = {sim::power_block(0, static_cast<int>(p), 8)};
  probe.observe = [law, p, tangents, whitening](Batch const& batch, sim::Observed& out) {
    std::vector<sim::Lanes> score(p);
    scores_in_phi(batch, law, tangents, score.data());
    double const scale = 1.0 / std::sqrt(static_cast<double>(batch.scenario.n));
    for (auto& s : score) s = scale * s;
    whitening.apply(score.data(), out.values.data());
    iso_vech_of_square(out.values.data(), p, out.values.data() + p);
  };
  return probe;
}

/// Folds (c'S_phi)^2/(n unit) for one combination c of the scores in phi.
Probe combination_probe(Law const& law, std::size_t scenario, MatrixXd const& tangents, Eigen::VectorXd const& c,
                        double unit) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.values = 1;
  probe.shape.powers = {sim::power_block(0, 1)};
  probe.observe = [law, tangent = Eigen::VectorXd(tangents * c), unit](Batch const& batch, sim::Observed& out) {
    sim::Lanes squares;
    sim::Lanes sum;
    law.model->offers().directional_scores(batch.sample, law.theta,
                                           {tangent.data(), static_cast<std::size_t>(tangent.size())}, sum, squares);
    out.values[0] = squares / (static_cast<double>(batch.scenario.n) * unit);
  };
  return probe;
}

/// Finding on the whole information matrix of phi.
void ask_square(Case const& the_case, Sampled& question, MatrixXd const& tangents, MatrixXd const& claimed,
                std::string const& statistic) {
  auto const p = static_cast<int>(claimed.rows());
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(matrix_probe(the_case.setting.model, k, tangents, claimed));
    add_finding(question, question.probes.size() - 1, statistic,
                exactly(RegionKind::equal, 0.0, number_option(the_case, "margin")),
                [p](auto const& tally, double alpha) {
                  return largest_direction(minus(covariance_estimate(tally, 0, p), MatrixXd::Identity(p, p)), alpha);
                });
  }
}

/// Findings on the first component of phi alone, the others unknown: the part of its score that the other scores do
/// not explain carries 1/[J I^-1 J']_11, and that is less than what it carries when the others are known.
void ask_single(Case const& the_case, Sampled& question, MatrixXd const& tangents, MatrixXd const& information) {
  auto const p = information.rows();
  Eigen::VectorXd c = Eigen::VectorXd::Unit(p, 0);
  c.tail(p - 1) = -fisherlab::inverse(information.bottomRightCorner(p - 1, p - 1)) * information.col(0).tail(p - 1);
  double const alone = 1 / fisherlab::inverse(information)(0, 0);
  double const loss = alone / information(0, 0);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    question.probes.push_back(combination_probe(the_case.setting.model, k, tangents, c, alone));
    auto const probe = question.probes.size() - 1;
    auto const mean = [](double factor) {
      return [factor](sim::Tally const& tally, double alpha) {
        return scaled(mean_interval(sample_moments(tally, 0), alpha), factor);
      };
    };
    add_finding(question, probe, "information in phi, the rest unknown, over 1/(J I^-1 J')",
                exactly(RegionKind::equal, 1.0, number_option(the_case, "margin")), mean(1.0));
    add_finding(question, probe, "the same over the information in phi, the rest known",
                exactly(RegionKind::at_most, 1.0, 0.0), mean(loss));
  }
}

/// I_ab/(f_a' f_b'), as if each parameter were alone.
MatrixXd entry_by_entry(MatrixXd const& information, MatrixXd const& jacobian) {
  MatrixXd result = information;
  for (Eigen::Index a = 0; a < result.rows(); ++a)
    for (Eigen::Index b = 0; b < result.cols(); ++b) {
      expects(jacobian(a, a) != 0 && jacobian(b, b) != 0,
              "the scalar rule divides by 0 for this map, choose another map for the control");
      result(a, b) /= jacobian(a, a) * jacobian(b, b);
    }
  return result;
}

void ask_map(std::string const& claim, Case const& the_case, Sampled& question, bool by_jacobian) {
  auto const& law = the_case.setting.model;
  expects_offer(static_cast<bool>(law.model->offers().directional_scores), law, directional_scores_for(claim));
  auto const name = text_option(the_case, "map");
  VectorMap const map = vector_map(name, law);
  expects(std::fabs(determinant(map.jacobian)) > 0,
          "the map " + name + " is not invertible here, choose another theta");
  MatrixXd const information = information_matrix(law);
  MatrixXd const inverse = fisherlab::inverse(map.jacobian);
  add_scenarios(the_case, question);
  if (map.first_alone) {
    expects(by_jacobian, "the scalar rule says nothing of " + name + ", choose another map for the control");
    ask_single(the_case, question, map.tangents, inverse.transpose() * information * inverse);
    return;
  }
  if (by_jacobian)
    ask_square(the_case, question, map.tangents, inverse.transpose() * information * inverse,
               "relative error of the information in " + map.phi + " against J^-T I J^-1");
  else
    ask_square(the_case, question, map.tangents, entry_by_entry(information, map.jacobian),
               "relative error of the information in " + map.phi + " against I_ab/(f_a' f_b')");
}

/// Not a list of choices: models have maps of their own.
ClaimOption map_option() { return {"map", "f, to be named, of the model's: " + vector_map_list(), "", {}}; }

void ask(Case const& the_case, Sampled& question) {
  ask_map("reparameterization-jacobian", the_case, question, text_option(the_case, "rule") == "jacobian");
}

void ask_pair(Case const& the_case, Sampled& question) {
  ask_map("scalar-reparameterization", the_case, question, text_option(the_case, "form") == "corrected");
}

}  // namespace

Claim reparameterization_jacobian() {
  return {{.id = "reparameterization-jacobian",
           .statement = "6.5, remark",
           .title = "Information in a vector phi = f(theta) is J^-T I J^-1",
           .formula = "I_phi = J^-T I J^-1, J = dphi/dtheta; for one component alone 1/(J I^-1 J')",
           .evidence = "the covariance of the score in phi, from automatic differentiation of the log density through "
                       "the inverse map: the largest relative error over directions (Scheffe); for the map "
                       "effect-size of one component, the part of its score that the other does not explain (Student)",
           .null_law = null_law::scheffe,
           .margin = "0.01: one per cent of information is half a per cent of a standard error",
           .control = "the scalar rule applied entry by entry (rule = entrywise)",
           .options = {margin_option("0.01"),
                       map_option(),
                       {"rule", "by the Jacobian, or entry by entry", "jacobian", {"jacobian", "entrywise"}}},
           .source = "the notes, the remark under Identity 6.5; derived in claims/statements/"
                     "reparameterization_jacobian.cpp",
           .hypotheses = "A regular model, f differentiable with an invertible Jacobian. Exact at every n."},
          &ask};
}

Claim scalar_reparameterization() {
  return {{.id = "scalar-reparameterization",
           .statement = "6.5, printed",
           .title = "Identity 6.5 as printed is for scalars; vectors need the Jacobian",
           .formula = "printed: I_ab/(f_a' f_b'); corrected: J^-T I J^-1",
           .evidence = "as reparameterization-jacobian; that the two forms differ is algebra, the chain rule",
           .null_law = null_law::scheffe,
           .margin = "0.01: one per cent of information is half a per cent of a standard error",
           .control = "the printed form, entry by entry (form = printed)",
           .options = {margin_option("0.01"), map_option(), printed_form_option()},
           .source = "the notes, Identity 6.5 and the remark under it",
           .hypotheses = "As printed: one parameter. For vectors: the Jacobian of f in place of f'. Exact at every n."},
          &ask_pair};
}

}  // namespace fisherlab::claims
