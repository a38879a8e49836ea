#include "runs/diagnosis/censored/censored_theory.hpp"

#include <algorithm>
#include <cmath>
#include <memory>

#include "runs/resume/stages.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t groups = 16;  ///< whose spread tells the error

/// Diagonal of the inverse of a packed matrix of one or two rows.
std::vector<double> inverse_diagonal(std::vector<double> const& packed) {
  if (packed.size() == 1) return {1 / packed[0]};
  double const determinant = packed[0] * packed[2] - packed[1] * packed[1];
  return {packed[2] / determinant, packed[0] / determinant};
}

}  // namespace

CensoredTheory censored_theory(claims::Law const& law, std::int64_t n, CensoredSource const& source,
                               DiagnosisSettings const& settings) {
  auto const life = estimators::life_law(law.model->card().name);
  auto const p = law.theta.size();
  std::vector<std::vector<double>> sums(groups, std::vector<double>(sim::packed_size(p)));
  std::int64_t const per_group = std::clamp<std::int64_t>(64'000 / n, 8, 64) / sim::lane_count;
  sim::BlockWork work;
  work.last = static_cast<std::int64_t>(groups);
  work.stop = settings.stop;
  work.work = [&](std::int64_t group) -> sim::BlockResult {
    auto sum = std::make_shared<std::vector<double>>(sim::packed_size(p));
    for (std::int64_t k = 0; k < per_group; ++k)
      source((group * per_group + k) * sim::lane_count, sim::lane_count,
             [&](int, estimators::CensoredSample const& sample) {
               auto const information = estimators::censored_information(*life, sample, law.theta);
               for (std::size_t i = 0; i < information.size(); ++i) (*sum)[i] += information[i];
             });
    return sum;
  };
  std::size_t next = 0;
  work.fold = [&](sim::BlockResult const& result) {
    sums[next++] = *static_cast<std::vector<double> const*>(result.get());
  };
  run_stage(
      work, settings.threads, settings.stages, [&](Packer& packer) { packer.put(sums); },
      [&](Unpacker& unpacker) {
        unpacker.take(sums);
        Unpacker::expect(sums.size() == groups);
        while (next < groups && sums[next][0] != 0) ++next;
      });
  auto const count = static_cast<double>(per_group * sim::lane_count);
  std::vector<double> mean(sim::packed_size(p)), squares(p);
  for (auto const& sum : sums)
    for (std::size_t i = 0; i < mean.size(); ++i) mean[i] += sum[i] / count / static_cast<double>(groups);
  auto const inverse = inverse_diagonal(mean);
  for (auto const& sum : sums) {
    auto of_group = sum;
    for (double& x : of_group) x /= count;
    auto const there = inverse_diagonal(of_group);
    for (std::size_t a = 0; a < p; ++a) squares[a] += std::pow(there[a] / inverse[a] - 1, 2);
  }
  CensoredTheory result;
  for (std::size_t a = 0; a < p; ++a) {
    result.std_errors.push_back(std::sqrt(inverse[a]));
    result.relative_errors.push_back(std::sqrt(squares[a] / static_cast<double>(groups * (groups - 1))));
  }
  return result;
}

}  // namespace fisherlab::runs
