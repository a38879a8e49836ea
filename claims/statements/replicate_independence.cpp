#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/judge.hpp"
#include "claims/evidence/mean.hpp"
#include "claims/instruments/probes/tally_view.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

/// Observations that enter a mark, and the most places in a sample at which one is taken.
constexpr std::int64_t marked = 4;
constexpr std::int64_t most_places = 8;
constexpr std::uint64_t pilot_batches = 64;

/// Mixes the bits of the observations from `first` on of each lane's sample into a 64-bit mark.
sim::LaneBits mark_of(sim::Sample const& sample, std::int64_t first) {
  sim::LaneBits mark = 0x9e3779b97f4a7c15u;
  for (std::int64_t i = first; i < first + marked; ++i) {
    mark = mark ^ sim::to_bits(sample(i));
    mark = mark ^ (mark << 13);
    mark = mark ^ (mark >> 7);
    mark = mark ^ (mark << 17);
  }
  return mark;
}

/// Share of replicates whose first observations are those of another replicate, or stand further on in one: the first
/// of `reads` holds the marks of the beginnings.
Interval overlap(std::span<sim::Tally const> tallies, std::vector<std::size_t> const& reads) {
  auto beginnings = tallies[reads[0]].marks;
  auto const replicates = static_cast<double>(beginnings.size());
  std::ranges::sort(beginnings);
  auto const distinct = std::unique(beginnings.begin(), beginnings.end()) - beginnings.begin();
  double found = replicates - static_cast<double>(distinct);
  beginnings.resize(static_cast<std::size_t>(distinct));
  for (std::size_t k = 1; k < reads.size(); ++k)
    for (auto const mark : tallies[reads[k]].marks) found += std::ranges::binary_search(beginnings, mark);
  double const share = std::min(found / replicates, 1.0);
  return {share, 0.0, share, share};
}

void add_overlap(Sampled& question, std::size_t scenario) {
  auto const n = question.scenarios[scenario].n;
  Asked asked;
  for (std::int64_t place = 0; place < std::min(n - marked + 1, most_places); ++place) {
    Probe probe;
    probe.scenario = scenario;
    probe.shape.marks = true;
    probe.observe = [place](Batch const& batch, sim::Observed& out) { out.marks = mark_of(batch.sample, place); };
    asked.reads.push_back(question.probes.size());
    question.probes.push_back(std::move(probe));
  }
  asked.statistic = "share of replicates whose first observations are drawn in another";
  asked.n = std::to_string(n);
  asked.region = {RegionKind::equal, 0.0, 0.0, {}};
  asked.measure = [reads = asked.reads](std::span<sim::Tally const> tallies, double) {
    return measured({}, overlap(tallies, reads), tallies[reads[0]].count);
  };
  question.findings.push_back(std::move(asked));
}

/// A bounded statistic of a sample, sum z/(1 + |z|), z = (x - centre)/spread; and its variance.
struct Summed {
  double centre = 0, spread = 1, variance = 1;

  sim::Lanes of(sim::Sample const& sample) const {
    sim::Lanes sum = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) {
      sim::Lanes const z = (sample(i) - centre) / spread;
      sum += z / (1.0 + abs(z));
    }
    return sum;
  }
};

/// Median and half the distance of the quartiles of 512 first observations, and the variance over 512 samples: units of
/// measurement alone.
Summed summed(Law const& data, std::int64_t n) {
  std::vector<sim::Sample> samples;
  std::vector<double> first;
  for (std::uint64_t k = 0; k < pilot_batches; ++k) {
    sim::Sample sample(n, data.model->dimension());
    data.model->draw(data.theta, {0, stable_hash("pilot"), k * sim::lane_count}, sample);
    for (int lane = 0; lane < sim::lane_count; ++lane) first.push_back(sample(0)[lane]);
    samples.push_back(std::move(sample));
  }
  std::ranges::sort(first);
  auto const at = [&](double share) {
    return first[static_cast<std::size_t>(share * static_cast<double>(first.size()))];
  };
  Summed result{at(0.5), 0.5 * (at(0.75) - at(0.25)), 1};
  double sum = 0, squares = 0;
  for (auto const& sample : samples) {
    auto const y = result.of(sample);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      sum += y[lane];
      squares += y[lane] * y[lane];
    }
  }
  auto const count = static_cast<double>(first.size());
  result.variance = squares / count - (sum / count) * (sum / count);
  return result;
}

/// Folds (y_0 - y_4)(y_1 - y_5)/(2 Var y) and the same of replicates 2, 3, 6 and 7 of each eight: without correlation
/// its mean is 0 whatever the mean of y is.
Probe neighbours_probe(Law const& data, std::size_t scenario, std::int64_t n) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape = {.values = 1, .powers = {sim::power_block(0, 1)}};
  probe.observe = [y_of = summed(data, n)](Batch const& batch, sim::Observed& out) {
    auto const y = y_of.of(batch.sample);
    out.used = batch.drawn == sim::all_lanes ? 0b101 : 0;
    for (int lane : {0, 2})
      out.values[0].set(lane, (y[lane] - y[lane + 4]) * (y[lane + 1] - y[lane + 5]) / (2 * y_of.variance));
  };
  return probe;
}

void add_neighbours(Case const& the_case, Sampled& question, std::size_t scenario) {
  question.probes.push_back(neighbours_probe(the_case.setting.data, scenario, question.scenarios[scenario].n));
  add_finding(question, question.probes.size() - 1, "correlation of a bounded statistic of neighbouring replicates",
              exactly(RegionKind::equal, 0.0, number_option(the_case, "margin")),
              [](auto const& tally, double alpha) { return mean_interval(sample_moments(tally, 0), alpha); });
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
  auto const relation = text_option(the_case, "relation");
  for (std::size_t k = 0; k < question.scenarios.size(); ++k) {
    if (relation != "correlation") add_overlap(question, k);
    if (relation != "overlap") add_neighbours(the_case, question, k);
  }
}

}  // namespace

Claim replicate_independence() {
  return {
      {.id = "replicate-independence",
       .statement = "suite",
       .title = "No two replicates share a sample or part of it: the assumption behind every other interval",
       .formula = "the samples of a scenario are independent",
       .evidence = "64-bit marks of four observations, at the beginning and at the next seven places of each "
                   "continuous sample; beginnings that are found again are counted, exactly: equal samples, and those "
                   "that overlap by a lag. Two of R different ones share a mark with probability below 8 R^2/2^65. "
                   "And the correlation of neighbouring replicates: interval of a mean of products of differences",
       .null_law = null_law::exact_count_and_student,
       .margin = "0: one shared stream is one too many; correlation 0.01, which moves a standard error by half a per "
                 "cent",
       .control = "planted generators that give every stream to two replicates, to the second from its second "
                  "observation on, or its first observation to both (the correlation alone sees it)",
       .options = {margin_option("0.01"), {"relation", "what is looked for", "all", {"all", "overlap", "correlation"}}},
       .source = "a check of the suite itself",
       .hypotheses = "What every other interval needs: random streams that do not overlap."},
      &ask,
      true};
}

}  // namespace fisherlab::claims
