#include "claims/instruments/probes/interval_performance.hpp"

#include <algorithm>

#include "claims/instruments/probes/common_probes.hpp"
#include "claims/instruments/probes/tallied_measures.hpp"
#include "sim/models/interface/unwrapped.hpp"

namespace fisherlab::claims {
namespace {

/// What is counted of a method.
enum Counted : std::size_t { holds, below, above, rejects, counted };

/// Whether intervals hold one value, method by method. Score and likelihood ratio share one constrained fit.
class Holdings {
 public:
  Holdings(std::vector<IntervalMethod> const& methods, Batch const& batch, std::size_t a, double value, double z) {
    bool const profiles = std::ranges::any_of(methods, is_profiled);
    auto const common = holds_truth(batch, a, value, z, profiles);
    for (auto const method : methods)
      all_.push_back(method == IntervalMethod::wald               ? common.wald
                     : method == IntervalMethod::score            ? common.score
                     : method == IntervalMethod::likelihood_ratio ? common.likelihood_ratio
                                                                  : held_by({method}, batch, a, value, z));
  }
  Holding const& operator[](std::size_t method) const { return all_[method]; }

 private:
  static bool is_profiled(IntervalMethod method) {
    return method == IntervalMethod::score || method == IntervalMethod::likelihood_ratio;
  }
  std::vector<Holding> all_;
};

}  // namespace

Probe interval_probe(Law const& law, estimators::AnyEstimator const& mle, std::size_t a,
                     ComparedIntervals const& compared) {
  double const z = critical_value(compared.level), truth = law.theta[a];
  for (auto const method : compared.methods) expects_interval(law, a, {method});
  Probe probe;
  probe.shape.successes = static_cast<int>(counted * compared.methods.size());
  probe.estimator = mle;
  probe.observe = [compared, a, z, truth, domain = law.model->card().domains[a]](Batch const& batch,
                                                                                 sim::Observed& out) {
    auto const& methods = compared.methods;
    auto const is_low = to_set(sim::unwrapped(domain, batch.estimates->value[a], truth) < sim::Lanes(truth));
    Holdings const of_truth(methods, batch, a, truth, z);
    auto known = sim::all_lanes;
    std::optional<Holdings> of_null;
    if (auto const null = compared.null_value(a)) of_null.emplace(methods, batch, a, *null, z);
    for (std::size_t k = 0; k < methods.size(); ++k) {
      known = static_cast<sim::LaneSet>(known & of_truth[k].known & (of_null ? (*of_null)[k].known : sim::all_lanes));
      auto* const counts = out.successes.data() + counted * k;
      auto const missed = static_cast<sim::LaneSet>(~of_truth[k].held);
      counts[holds] = of_truth[k].held;
      counts[below] = static_cast<sim::LaneSet>(missed & is_low);
      counts[above] = static_cast<sim::LaneSet>(missed & ~is_low);
      counts[rejects] = of_null ? static_cast<sim::LaneSet>(~(*of_null)[k].held) : sim::LaneSet(0);
    }
    drop_unknown(known, out);
  };
  return probe;
}

std::vector<PerformanceRow> interval_rows(PerformanceRow const& of_mle, std::size_t a, sim::Tally const& tally,
                                          ComparedIntervals const& compared) {
  std::vector<PerformanceRow> rows;
  for (std::size_t k = 0; k < compared.methods.size(); ++k) {
    auto row = of_mle;
    auto const method = compared.methods[k];
    row.estimator += " [" + interval_name(method) + "]";
    row.failed = tally.dropped;
    if (method != IntervalMethod::wald) row.be_coverage.reset();
    row.coverage.reset();
    if (tally.count > 0) {
      auto const replicates = static_cast<double>(tally.count);
      auto const share = [&](Counted what) {
        return share_measured(static_cast<double>(tally.successes[counted * k + what]) / replicates, replicates);
      };
      row.coverage = share(holds);
      row.missed_below = share(below);
      row.missed_above = share(above);
      if (compared.null_value(a)) row.power = share(rejects);
    }
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace fisherlab::claims
