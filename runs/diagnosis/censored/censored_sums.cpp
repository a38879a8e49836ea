#include "runs/diagnosis/censored/censored_sums.hpp"

#include <algorithm>
#include <cmath>

#include "claims/evidence/distribution.hpp"
#include "runs/diagnosis/error_summaries.hpp"

namespace fisherlab::runs {

void IntervalCounts::add(double lower, double upper, double truth) {
  ++known;
  above += lower > truth;
  below += upper < truth;
}

void IntervalCounts::add(IntervalCounts const& other) {
  known += other.known;
  above += other.above;
  below += other.below;
}

void IntervalCounts::pack(Packer& packer) const {
  for (auto const count : {known, above, below}) packer.put(count);
}

void IntervalCounts::unpack(Unpacker& unpacker) {
  for (auto* count : {&known, &above, &below}) unpacker.take(*count);
}

void IntervalCounts::add_tested(double statistic, double critical, bool is_high) {
  if (std::isnan(statistic)) return;
  ++known;
  if (!(statistic > critical)) return;
  ++(is_high ? above : below);
}

IntervalWorth IntervalCounts::worth(std::string const& name) const {
  auto const held = share_of(known - above - below, known);
  return {.name = name, .coverage = held, .above = share_of(above, known).value};
}

void ParameterSums::add_error(double error) {
  double power = 1;
  for (double& sum : sums) sum += power *= error;
  ++law.cells[static_cast<std::size_t>(sim::Histogram::cell_of(error))];
}

void ParameterSums::add(ParameterSums const& other) {
  for (std::size_t k = 0; k < std::size(sums); ++k) sums[k] += other.sums[k];
  law.merge(other.law);
  wald.add(other.wald);
  score.add(other.score);
  likelihood_ratio.add(other.likelihood_ratio);
}

void ParameterSums::pack(Packer& packer) const {
  for (double const sum : sums) packer.put(sum);
  packer.put(law.cells);
  wald.pack(packer);
  score.pack(packer);
  likelihood_ratio.pack(packer);
}

void ParameterSums::unpack(Unpacker& unpacker) {
  for (double& sum : sums) unpacker.take(sum);
  unpacker.take(law.cells);
  Unpacker::expect(law.cells.size() == sim::Histogram::cell_count);
  wald.unpack(unpacker);
  score.unpack(unpacker);
  likelihood_ratio.unpack(unpacker);
}

ParameterDiagnosis ParameterSums::summary(std::string const& name, std::int64_t count, double theory) const {
  auto const m = static_cast<double>(count);
  double const e1 = sums[0] / m, e2 = sums[1] / m, e3 = sums[2] / m, e4 = sums[3] / m;
  double const variance = e2 - e1 * e1;
  ErrorMoments const moments{e1, variance, e3 - e1 * e2, std::max(e4 - e2 * e2, 0.0)};
  double const central = e4 - 4 * e1 * e3 + 6 * e1 * e1 * e2 - 3 * std::pow(e1, 4);
  ParameterDiagnosis d;
  d.parameter = name;
  d.bias_in_std_errors = bias_in_deviations(moments, m);
  d.variance_ratio = {variance,
                      std::hypot(std::sqrt(std::max(central - variance * variance, 0.0) / m), variance * theory)};
  d.law = law;
  d.distance_to_normal = distance_to_normal(law);
  d.distance_band = claims::distribution_band(count, 0.001);
  auto const of_wald = wald.worth({}), of_score = score.worth({}), of_ratio = likelihood_ratio.worth({});
  d.wald = of_wald.coverage;
  d.wald_above = of_wald.above;
  d.score = of_score.coverage;
  d.score_above = of_score.above;
  d.score_not_found = count - score.known;
  d.likelihood_ratio = of_ratio.coverage;
  d.likelihood_ratio_above = of_ratio.above;
  d.likelihood_ratio_not_found = count - likelihood_ratio.known;
  return d;
}

void CensoredSums::add(CensoredSums const& other) {
  count += other.count;
  failed += other.failed;
  censored += other.censored;
  for (std::size_t a = 0; a < parameters.size(); ++a) parameters[a].add(other.parameters[a]);
  for (std::size_t k = 0; k < functions.size(); ++k) functions[k].add(other.functions[k]);
}

void CensoredSums::pack(Packer& packer) const {
  for (auto const number : {count, failed, censored}) packer.put(number);
  for (auto const& sums : parameters) sums.pack(packer);
  for (auto const& counts : functions) counts.pack(packer);
}

void CensoredSums::unpack(Unpacker& unpacker) {
  for (auto* number : {&count, &failed, &censored}) unpacker.take(*number);
  for (auto& sums : parameters) sums.unpack(unpacker);
  for (auto& counts : functions) counts.unpack(unpacker);
}

}  // namespace fisherlab::runs
