#include <algorithm>
#include <cstddef>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

/// Observations that enter a mark.
constexpr std::int64_t marked = 4;

/// Mixes the bits of the first observations of each lane's sample into a 64-bit mark.
sim::LaneBits mark_of(sim::Sample const& sample) {
  sim::LaneBits mark = 0x9e3779b97f4a7c15u;
  for (std::int64_t i = 0; i < marked; ++i) {
    mark = mark ^ sim::to_bits(sample(i));
    mark = mark ^ (mark << 13);
    mark = mark ^ (mark >> 7);
    mark = mark ^ (mark << 17);
  }
  return mark;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& data = the_case.setting.data;
  auto const& ranges = data.model->card().ranges;
  auto const is_count = [](sim::Range range) { return range == sim::Range::counts; };
  expects(
      ranges.empty() || !std::all_of(ranges.begin(), ranges.end(), is_count),
      "replicate-independence looks for equal samples, which discrete data have by right; choose a continuous model");
  // A uniform number has 2^52 values: the marks of single observations would coincide by chance.
  for (auto const n : the_case.sizes)
    expects(n >= marked,
            "replicate-independence marks the first 4 observations of a sample, choose an n of at least 4");
  add_scenarios(the_case, question);
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    Probe probe;
    probe.scenario = k;
    probe.shape.marks = true;
    probe.observe = [](Batch const& batch, sim::Observed& out) { out.marks = mark_of(batch.sample); };
    question.probes.push_back(probe);
    add_finding(question, k, "share of replicates whose sample is that of another", {RegionKind::equal, 0.0, 0.0},
                [](sim::Tally const& tally, double) {
                  auto marks = tally.marks;
                  std::sort(marks.begin(), marks.end());
                  auto const distinct = std::unique(marks.begin(), marks.end()) - marks.begin();
                  double const repeated = 1.0 - static_cast<double>(distinct) / static_cast<double>(marks.size());
                  return Interval{repeated, 0.0, repeated, repeated};
                });
  }
}

}  // namespace

Claim replicate_independence() {
  return {{.id = "replicate-independence",
           .statement = "suite",
           .title = "No two replicates share a sample: the assumption behind every other interval",
           .formula = "all samples of a scenario differ",
           .evidence = "a 64-bit mark of each continuous sample; equal marks are counted, exactly. Two of R different "
                       "samples share a mark with probability below R^2/2^65",
           .null_law = null_law::none,
           .margin = "0: one shared stream is one too many",
           .control = "a planted generator that gives every stream to two replicates",
           .options = {},
           .source = "a check of the suite itself"},
          &ask,
          true};
}

}  // namespace fisherlab::claims
