#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/evidence/distribution.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"
#include "sim/boost_draws/boost_draws.hpp"

namespace fisherlab::claims {
namespace {

/// Middle and unit of one coordinate, from a few draws of a fixed key: the median and half the interquartile range.
struct Ruler {
  double middle = 0;
  double unit = 1;
};

std::vector<Ruler> rulers_of(Law const& law) {
  constexpr std::int64_t n = 128;
  sim::Sample sample(n, law.model->dimension());
  law.model->draw(law.theta, {7, 7, 0}, sample);
  std::vector<Ruler> rulers;
  for (int d = 0; d < law.model->dimension(); ++d) {
    std::vector<double> x;
    for (std::int64_t i = 0; i < n; ++i)
      for (int lane = 0; lane < sim::lane_count; ++lane) x.push_back(sample(i, d)[lane]);
    std::ranges::sort(x);
    double const unit = 0.5 * (x[3 * x.size() / 4] - x[x.size() / 4]);
    rulers.push_back({x[x.size() / 2], unit > 0 ? unit : 1});
  }
  return rulers;
}

/// Keeps the law of the last observation of each sample, and of the mean of each sample, coordinate by coordinate.
Probe law_probe(std::size_t scenario, std::vector<Ruler> const& rulers) {
  Probe probe;
  probe.scenario = scenario;
  probe.shape.positions = 2 * static_cast<int>(rulers.size());
  probe.shape.extremes = false;
  probe.observe = [rulers](Batch const& batch, sim::Observed& out) {
    auto const n = batch.sample.n();
    for (std::size_t d = 0; d < rulers.size(); ++d) {
      auto const coordinate = static_cast<int>(d);
      sim::Lanes sum = 0.0;
      for (std::int64_t i = 0; i < n; ++i) sum += batch.sample(i, coordinate);
      out.positions[2 * d] = (batch.sample(n - 1, coordinate) - rulers[d].middle) / rulers[d].unit;
      out.positions[2 * d + 1] =
          std::sqrt(static_cast<double>(n)) * (sum / static_cast<double>(n) - rulers[d].middle) / rulers[d].unit;
    }
  };
  return probe;
}

/// sup |F - G| over the edges of the cells: each empirical law lies within its band, at half of the error.
Interval distance_of_laws(sim::Tally const& a, sim::Tally const& b, std::size_t position, double alpha) {
  auto const &f = a.positions[position].cells, &g = b.positions[position].cells;
  double distance = 0;
  std::int64_t below_f = 0, below_g = 0;
  for (std::size_t k = 0; k + 1 < f.size(); ++k) {
    below_f += f[k];
    below_g += g[k];
    distance = std::max(distance, std::fabs(static_cast<double>(below_f) / static_cast<double>(a.count) -
                                            static_cast<double>(below_g) / static_cast<double>(b.count)));
  }
  double const reach = distribution_band(a.count, alpha / 2) + distribution_band(b.count, alpha / 2);
  double const std_error = 0.5 * std::sqrt(1 / static_cast<double>(a.count) + 1 / static_cast<double>(b.count));
  return {distance, std_error, std::max(distance - reach, 0.0), distance + reach};
}

/// The other source, with a defect of its own where that is asked for: a tenth of a first parameter.
Setting other_source(Case const& the_case) {
  auto other = the_case.setting;
  other.note = "draws by Boost.Random";
  other.data.model = sim::drawn_by_boost(the_case.setting.model.model);
  other.data.theta = the_case.setting.model.theta;
  if (text_option(the_case, "plant") == "boost") other.data.theta[0] *= 1.1;
  return other;
}

void ask(Case const& the_case, Sampled& question) {
  auto const& law = the_case.setting.model;
  expects(sim::has_boost_draws(*law.model),
          "Boost.Random does not draw from " + law.model->card().name + ", name another model");
  expects(!sim::is_drawn_by_boost(*the_case.setting.data.model),
          "draws-agree holds the two sources of draws against each other, and this run has the second in place of the "
          "first; leave draws = \"boost\" out");
  auto const rulers = rulers_of(law);
  for (std::size_t k = 0; k < the_case.sizes.size(); ++k) {
    question.scenarios.push_back({the_case.setting, the_case.sizes[k]});
    question.scenarios.push_back({other_source(the_case), the_case.sizes[k]});
    question.probes.push_back(law_probe(2 * k, rulers));
    question.probes.push_back(law_probe(2 * k + 1, rulers));
  }
  for (std::size_t k = 0; k < the_case.sizes.size(); ++k)
    for (std::size_t d = 0; d < rulers.size(); ++d)
      for (std::size_t what = 0; what < 2; ++what) {
        auto const of = rulers.size() == 1 ? std::string() : " of coordinate " + std::to_string(d + 1);
        DiscrepancyGrid grid{the_case.sizes, {}, {}};
        for (std::size_t j = 0; j < the_case.sizes.size(); ++j) grid.probes.push_back({2 * j, 2 * j + 1});
        grid.at = [position = 2 * d + what](std::span<sim::Tally const> tallies, std::size_t j, double alpha) {
          return distance_of_laws(tallies[2 * j], tallies[2 * j + 1], position, alpha);
        };
        add_finding(question, grid, k,
                    "distance of the laws of " + std::string(what == 0 ? "an observation" : "the sample mean") + of +
                        " by the two sources",
                    {RegionKind::at_most, 0, number_option(the_case, "margin"), {}});
      }
}

}  // namespace

Claim draws_agree() {
  return {{.id = "draws-agree",
           .statement = "suite",
           .title = "Two sources of draws, lanes and Boost.Random, have one law",
           .formula = "sup |F_lanes - F_Boost| = 0",
           .evidence = "the largest distance of two empirical distribution functions at 4,095 edges, of an observation "
                       "and of the sample mean, each coordinate; both within their bands (Dvoretzky, Kiefer and "
                       "Wolfowitz)",
           .null_law = null_law::kolmogorov,
           .margin = "0.01",
           .control = "a sampler that takes the rate for a scale, on either side",
           .options = {margin_option("0.01"), plant_option({"none", "boost"})},
           .source = "Massart (1990), The tight constant in the DKW inequality"},
          &ask,
          true};
}

}  // namespace fisherlab::claims
