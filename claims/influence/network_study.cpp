#include "claims/influence/network_study.hpp"

#include <algorithm>
#include <numeric>

#include "base/hash.hpp"
#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/influence/subject.hpp"

namespace fisherlab::claims {
namespace {

constexpr int shuffles = 2000;  ///< orders of the effects that a control averages over

NetworkStudy study_of(DataCase const& the_case, ExperimentRun const& run) {
  NetworkStudy study;
  study.seed = run.seed;
  study.grid = network_grid(the_case);
  study.networks = train_networks(the_case, study.grid, run);
  if (is_shuffled(the_case)) return study;
  auto const table = study.table();
  std::vector<std::string> ids;
  std::vector<double> p_values;
  auto const add = [&](char const* id, OverSplits& sample, auto const& make) {
    auto const& all = the_case.together->claims;
    if (std::find(all.begin(), all.end(), id) == all.end()) return;
    sample = make();
    ids.push_back(id);
    p_values.push_back(
        sign_flip_p(sample.values, {run.seed, stable_hash(std::string("influence networks signs ") + id), 0}));
  };
  add(depth_id, study.depth, [&] { return depth_slopes(table, the_case.l2); });
  add(decay_id, study.decay, [&] { return penalty_slopes(table); });
  add(point_id, study.spread, [&] { return excess_spreads(table, the_case.l2, run.seed); });
  auto const steps = holm(p_values, network_family_error(the_case));
  for (std::size_t k = 0; k < ids.size(); ++k) study.steps[ids[k]] = steps[k];
  return study;
}

NetworkStudy const& shared_study(DataCase const& the_case, ExperimentRun const& run) {
  auto& networks = the_case.together->networks;
  if (!networks || networks->seed != run.seed) networks = std::make_shared<NetworkStudy const>(study_of(the_case, run));
  return *networks;
}

/// Networks at one depth or one penalty of a grid, of all splits.
template <class Chosen>
std::vector<Network const*> networks_where(NetworkStudy const& study, Chosen const& chosen) {
  std::vector<Network const*> networks;
  for (auto const& network : study.networks)
    if (chosen(network)) networks.push_back(&network);
  return networks;
}

double worst_point_correlation(Network const& network) { return rank_correlations(network)[network.worst]; }

/// Of the first half of the rows with the second, divisor T: between -1 and 1.
double spread(Network const& network) {
  std::vector<int> order(static_cast<std::size_t>(network.actual.rows()));
  std::iota(order.begin(), order.end(), 0);
  auto const points = static_cast<double>(network.actual.cols());
  return spread_between_halves(network, order) * (points - 1) / points;
}

/// A control, whose figures lie between -1 and 1.
template <class Chosen>
ExperimentResult control(NetworkStudy const& study, ExperimentRun const& run, Chosen const& chosen,
                         double (*figure)(Network const&)) {
  auto sample = over_shuffles(networks_where(study, chosen), shuffles, run.seed, figure);
  sample.range = 2;
  ExperimentResult result;
  result.measurements.push_back(bounded_mean(sample, run.alpha));
  return result;
}

/// Nothing removed, and rows removed again from jittered starts: how far the effects are apart where both searches end
/// in one minimum, and how often they do not.
void add_noise_floor(NetworkStudy const& study, ExperimentRun const& run, ExperimentResult& result) {
  double floor = 0;
  Counts elsewhere;
  for (auto const& network : study.networks) {
    floor = std::max(floor, network.jitter_floor);
    elsewhere.successes += network.other_minimum;
    elsewhere.trials += network.jittered;
  }
  auto const same = elsewhere.trials - elsewhere.successes;
  result.measurements.push_back(measured({}, same > 0 ? up_to(floor, 0) : vacuous_interval(), same));
  auto const share = elsewhere.trials > 0 ? proportion_interval(elsewhere, run.alpha) : vacuous_interval();
  result.measurements.push_back(measured({}, share, elsewhere.trials));
  result.levels.insert(result.levels.end(), 2, 1 - run.alpha);
}

/// How many splits the design of a claim takes for what it is to decide, at Holm's first step.
void add_design(DataCase const& the_case, OverSplits const& sample, ExperimentResult& result) {
  auto const claims = static_cast<double>(the_case.together->claims.size());
  result.measurements.push_back(
      splits_needed(sample, {number_option(the_case, "effect"), network_family_error(the_case) / claims}));
  result.levels.push_back(0.95);
}

/// Networks that failed, each with its reason.
std::vector<std::string> failures(NetworkStudy const& study) {
  std::vector<std::string> notes;
  for (auto const& network : study.networks)
    if (!network.failure.empty())
      notes.push_back("split " + std::to_string(network.split + 1) + ", depth " + std::to_string(network.depth) +
                      ", l2 " + exact_text(network.l2) + " is dropped: " + network.failure);
  return notes;
}

}  // namespace

bool is_shuffled(DataCase const& the_case) { return text_option(the_case, "plant") == "shuffled"; }

double network_family_error(DataCase const& the_case) { return number_option(the_case, "family-error"); }

ExperimentResult depth_result(DataCase const& the_case, ExperimentRun const& run) {
  auto const& study = shared_study(the_case, run);
  if (is_shuffled(the_case)) {
    int const least = study.grid.depths.front();
    return control(
        study, run, [&](Network const& each) { return each.depth == least && each.l2 == the_case.l2; },
        &worst_point_correlation);
  }
  ExperimentResult result;
  auto const& step = study.steps.at(depth_id);
  result.measurements.push_back(mean_over_splits(study.depth, step));
  result.levels.push_back(step.level);
  add_noise_floor(study, run, result);
  add_design(the_case, study.depth, result);
  result.notes = failures(study);  // told once for the claims that share the networks
  result.convergence = disagreement_rows(study, {the_case.l2});
  result.influence = network_rows(the_case, study);
  return result;
}

ExperimentResult decay_result(DataCase const& the_case, ExperimentRun const& run) {
  auto const& study = shared_study(the_case, run);
  if (is_shuffled(the_case)) {
    double const most = study.grid.penalties.back();
    return control(
        study, run, [&](Network const& each) { return each.l2 == most; }, &worst_point_correlation);
  }
  ExperimentResult result;
  auto const& step = study.steps.at(decay_id);
  result.measurements.push_back(mean_over_splits(study.decay, step));
  HolmStep const alone{1 - network_family_error(the_case), true};
  result.measurements.push_back(mean_over_splits(interactions(study.table()), alone));
  result.levels = {step.level, alone.level};
  add_design(the_case, study.decay, result);
  result.convergence = disagreement_rows(study, study.grid.penalties);
  return result;
}

ExperimentResult point_result(DataCase const& the_case, ExperimentRun const& run) {
  auto const& study = shared_study(the_case, run);
  if (is_shuffled(the_case))
    return control(
        study, run, [&](Network const& each) { return each.l2 == the_case.l2; }, &spread);
  ExperimentResult result;
  auto const& step = study.steps.at(point_id);
  result.measurements.push_back(mean_over_splits(study.spread, step));
  result.levels.push_back(step.level);
  add_design(the_case, study.spread, result);
  return result;
}

}  // namespace fisherlab::claims
