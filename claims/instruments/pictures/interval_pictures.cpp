#include "claims/instruments/pictures/interval_pictures.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <utility>

#include "base/statistics/middle_of_bins.hpp"
#include "base/statistics/proportion.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "estimators/profile.hpp"
#include "sim/models/interface/unwrapped.hpp"

namespace fisherlab::claims {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr std::size_t zip_lines = 200;
constexpr double band_alpha = 0.05;

/// Replicates of a sketch: as many as a glance needs, fewer where samples are
/// large.
std::int64_t sketch_replicates(std::int64_t n) { return std::clamp<std::int64_t>(4'000'000 / n, 1024, 16'384); }

/// Ends by likelihood ratio are searched for, which takes some hundred likelihoods each: of ten a bin the middle is as
/// good as of eighty.
constexpr std::int64_t most_zipped = 2048;

/// A point on one side of the estimate, by a coordinate s from 0, the estimate,
/// to 1, the end of the domain.
sim::Lanes at(sim::Domain domain, bool above, sim::Lanes const& estimate, double unit, sim::Lanes const& s) {
  if (domain == sim::Domain::unit && above) return estimate + s * (1.0 - estimate);
  if (domain == sim::Domain::angle) return above ? estimate + s * sim::pi : estimate - s * sim::pi;
  if (sim::has_ends(domain) && !above) return estimate * (1.0 - s);
  sim::Lanes const far = unit * s / (1.0 - s);
  return above ? estimate + far : estimate - far;
}

struct Sought {
  std::size_t component;
  bool above;
  double critical;  ///< of the likelihood ratio
};

sim::Lanes end_of(Batch const& batch, Sought const& sought) {
  auto const& law = batch.scenario.setting.model;
  auto const& model = *law.model;
  auto const* const estimate = batch.estimates->value.data();
  auto const a = sought.component;
  auto const domain = model.card().domains[a];
  double const unit = std::sqrt(component_bound(law, estimators::identity_target(law.theta), a) /
                                static_cast<double>(batch.scenario.n));
  sim::Lanes const log_likelihood = model.log_likelihood(batch.sample, estimate);
  sim::Lanes inside = 0.0, outside = 1.0;
  sim::LaneSet rejected = 0;  // lanes in which the point outside was found to be
  for (int step = 0; step < 30; ++step) {
    sim::Lanes const middle = 0.5 * (inside + outside);
    auto const statistics =
        estimators::profile_ratio(model, batch.sample, estimate, log_likelihood, static_cast<int>(a),
                                  at(domain, sought.above, estimate[a], unit, middle));
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      double const ratio = statistics.likelihood_ratio[lane];
      (ratio <= sought.critical ? inside : outside).set(lane, middle[lane]);
      unsigned const bit = 1u << lane;
      if (ratio > sought.critical) rejected = static_cast<sim::LaneSet>(rejected | bit);
      if (std::isnan(ratio)) rejected = static_cast<sim::LaneSet>(rejected & ~bit);
    }
  }
  sim::Lanes end = at(domain, sought.above, estimate[a], unit, inside);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    if (outside[lane] < 1) {
      if ((rejected >> lane & 1) == 0) end.set(lane, std::numeric_limits<double>::quiet_NaN());
      continue;
    }
    if (domain == sim::Domain::angle) continue;
    if (domain == sim::Domain::unit || (domain == sim::Domain::positive && !sought.above))
      end.set(lane, sought.above ? 1 : 0);
    else
      end.set(lane, sought.above ? infinity : -infinity);
  }
  return end;
}

/// Counts, for each component in turn, the replicates whose Wald, likelihood
/// ratio and score interval holds the truth, each followed by those in which
/// that is known.
Probe rivals_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& mle,
                   std::vector<std::size_t> const& components, double z) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.successes = 6 * static_cast<int>(components.size());
  probe.estimator = mle;
  probe.observe = [components, truth = law.theta, z](Batch const& batch, sim::Observed& out) {
    std::size_t place = 0;
    for (auto const a : components) {
      auto const held = holds_truth(batch, a, truth[a], z, true);
      for (auto const& interval : {held.wald, held.likelihood_ratio, held.score}) {
        out.successes[place++] = static_cast<sim::LaneSet>(interval.held & interval.known);
        out.successes[place++] = interval.known;
      }
    }
  };
  return probe;
}

/// What is written down of a replicate for each component.
enum Record { estimate, wald_lower, wald_upper, wald_z, ratio_lower, ratio_upper, ratio_z, record_count };

Probe zip_probe(Law const& law, std::size_t scenario, estimators::AnyEstimator const& mle,
                std::vector<std::size_t> const& components, double z) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.records = record_count * static_cast<int>(components.size());
  probe.estimator = mle;
  probe.observe = [components, truth = law.theta, z](Batch const& batch, sim::Observed& out) {
    auto const& estimates = *batch.estimates;
    auto const& model = *batch.scenario.setting.model.model;
    sim::Lanes const log_likelihood = model.log_likelihood(batch.sample, estimates.value.data());
    auto* record = out.records.data();
    for (auto const a : components) {
      sim::Lanes const value = sim::unwrapped(model.card().domains[a], estimates.value[a], truth[a]);
      sim::Lanes const turned = value - estimates.value[a];  // 0 but for an angle
      sim::Lanes const& std_error = estimates.std_error[a];
      auto const ends = likelihood_ratio_ends(batch, a, z);
      auto const statistics = estimators::profile_ratio(model, batch.sample, estimates.value.data(), log_likelihood,
                                                        static_cast<int>(a), sim::Lanes(truth[a]));
      sim::Lanes const root = sqrt(statistics.likelihood_ratio);
      record[estimate] = value;
      record[wald_lower] = value - z * std_error;
      record[wald_upper] = value + z * std_error;
      record[wald_z] = (value - truth[a]) / std_error;
      record[ratio_lower] = ends.lower + turned;
      record[ratio_upper] = ends.upper + turned;
      record[ratio_z] = select(value < sim::Lanes(truth[a]), -root, root);
      record += record_count;
    }
  };
  return probe;
}

/// A question's intervals as its pictures show them.
struct Shown {
  std::vector<std::int64_t> sizes;
  std::vector<CountedComponent> counted;
  std::vector<std::string> names;  ///< one a counted component
  std::vector<double> truth;       ///< the same
  std::string interval;            ///< the one asked for
  double level = 0;
  bool has_rivals = false;
  bool has_zip = false;
  std::size_t zip_scenario = 0;
};

void add_coverage(PictureRows& rows, CurveRow row, sim::Tally const& tally, std::size_t success, std::int64_t known) {
  if (tally.count + tally.dropped == 0) return;
  auto const unknown = tally.count - known + tally.dropped;
  auto const interval = proportion_interval({tally.successes[success], known, unknown}, band_alpha);
  row.quantity = Quantity::coverage;
  row.replicates = tally.count + tally.dropped;
  row.value = interval.estimate;
  row.lower = interval.lower;
  row.upper = interval.upper;
  rows.curves.push_back(std::move(row));
}

/// Where the records of a component stand, and which of its intervals is meant by the place of its lower end.
struct ZipPlace {
  std::size_t width;   ///< of the records of a replicate
  std::size_t offset;  ///< of the component in them
  Record lower;
};

/// The replicates that stand for all in the order of |z|.
std::vector<std::size_t> shown_replicates(sim::Tally const& tally, ZipPlace const& place) {
  std::vector<double> distances;
  for (std::size_t replicate = 0; replicate < tally.records.size() / place.width; ++replicate) {
    auto const* const of = tally.records.data() + replicate * place.width + place.offset;
    bool const is_known = !std::isnan(of[estimate]) && !std::isnan(of[place.lower]) && !std::isnan(of[place.lower + 1]);
    distances.push_back(is_known ? std::fabs(of[place.lower + 2]) : std::numeric_limits<double>::quiet_NaN());
  }
  return middle_of_bins(distances, zip_lines);
}

void add_zip(PictureRows& rows, Shown const& shown, sim::Tally const& tally) {
  auto const width = static_cast<std::size_t>(record_count) * shown.counted.size();
  for (std::size_t i = 0; i < shown.counted.size(); ++i) {
    auto const add = [&](std::string const& interval, Record lower) {
      ZipPlace const place{width, i * record_count, lower};
      for (auto const replicate : shown_replicates(tally, place)) {
        double const* const record = tally.records.data() + replicate * width + place.offset;
        ReplicateInterval row;
        row.n = shown.sizes[shown.zip_scenario];
        row.component = shown.names[i];
        row.interval = interval;
        row.level = shown.level;
        row.replicate = static_cast<std::int64_t>(replicate);
        row.truth = shown.truth[i];
        row.estimate = record[estimate];
        row.lower = record[lower];
        row.upper = record[lower + 1];
        row.z = record[lower + 2];
        rows.intervals.push_back(row);
      }
    };
    add(interval_name(IntervalMethod::wald), wald_lower);
    add(interval_name(IntervalMethod::likelihood_ratio), ratio_lower);
  }
}

PictureRows rows_of(Shown const& shown, std::span<sim::Tally const> tallies, std::span<sim::Tally const> sketched) {
  static constexpr std::array rivals{IntervalMethod::wald, IntervalMethod::likelihood_ratio, IntervalMethod::score};
  PictureRows rows;
  for (std::size_t i = 0; i < shown.counted.size(); ++i)
    for (std::size_t k = 0; k < shown.sizes.size(); ++k) {
      CurveRow row;
      row.component = shown.names[i];
      row.n = shown.sizes[k];
      row.reference = shown.level;
      row.method = shown.interval;
      auto const& asked = tallies[shown.counted[i].probes[k]];
      add_coverage(rows, row, asked, 0, asked.count);
      for (std::size_t m = 0; m < rivals.size() && shown.has_rivals; ++m) {
        row.method = interval_name(rivals[m]);
        if (row.method == shown.interval) continue;
        auto const place = 2 * (rivals.size() * i + m);
        add_coverage(rows, row, sketched[k], place, sketched[k].successes[place + 1]);
      }
    }
  if (shown.has_zip) add_zip(rows, shown, sketched.back());
  return rows;
}

}  // namespace

IntervalEnds likelihood_ratio_ends(Batch const& batch, std::size_t a, double z) {
  return {end_of(batch, {a, false, z * z}), end_of(batch, {a, true, z * z})};
}

void add_interval_pictures(Sampled& question, estimators::AnyEstimator const& mle,
                           std::vector<CountedComponent> const& counted, IntervalKind const& kind, double level) {
  auto const& law = question.setting.model;
  double const z = critical_value(level);
  Shown shown;
  shown.counted = counted;
  shown.interval = interval_name(kind);
  shown.level = level;
  for (auto const& scenario : question.scenarios) shown.sizes.push_back(scenario.n);
  std::vector<std::size_t> components;
  for (auto const& c : counted) {
    components.push_back(c.component);
    shown.names.push_back(law.model->card().parameters[c.component]);
    shown.truth.push_back(law.theta[c.component]);
  }
  shown.has_rivals = law.model->card().regularity == sim::Regularity::regular && mle->reports_std_errors();
  shown.has_zip = shown.has_rivals && kind.scale == Scale::identity &&
                  (kind.method == IntervalMethod::wald || kind.method == IntervalMethod::likelihood_ratio);
  if (shown.has_rivals)
    for (std::size_t k = 0; k < shown.sizes.size(); ++k)
      question.sketches.push_back({rivals_probe(law, k, mle, components, z), sketch_replicates(shown.sizes[k])});
  if (shown.has_zip) {
    shown.zip_scenario =
        static_cast<std::size_t>(std::min_element(shown.sizes.begin(), shown.sizes.end()) - shown.sizes.begin());
    question.sketches.push_back({zip_probe(law, shown.zip_scenario, mle, components, z),
                                 std::min(sketch_replicates(shown.sizes[shown.zip_scenario]), most_zipped)});
  }
  question.pictures = [shown](std::span<sim::Tally const> tallies, std::span<sim::Tally const> sketched) {
    return rows_of(shown, tallies, sketched);
  };
}

}  // namespace fisherlab::claims
