#include "runs/diagnosis/censored/censored_draws.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "base/hash.hpp"
#include "runs/diagnosis/goodness_statistics.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::runs {
namespace {

using estimators::CensoredSample;

CensoredSample sample_of(std::size_t n, bool has_uppers) {
  CensoredSample sample;
  sample.times.resize(n);
  sample.is_observed.resize(n);
  if (has_uppers) sample.uppers.resize(n);
  return sample;
}

/// Equal intervals side by side, for which the fit computes their probability once.
void sort(CensoredSample& sample) {
  std::vector<std::array<double, 3>> rows(sample.times.size());
  for (std::size_t i = 0; i < rows.size(); ++i)
    rows[i] = {static_cast<double>(sample.is_observed[i]), sample.times[i], sample.uppers[i]};
  std::sort(rows.begin(), rows.end());
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sample.is_observed[i] = rows[i][0] != 0 ? 1 : 0;
    sample.times[i] = rows[i][1];
    sample.uppers[i] = rows[i][2];
  }
}

}  // namespace

DrawAddress::DrawAddress(std::uint64_t the_seed, std::string const& purpose)
    : seed(the_seed), lives(stable_hash(purpose + ": lives")), ends(stable_hash(purpose + ": censoring")) {}

DrawAddress::DrawAddress(std::uint64_t the_seed, std::uint64_t stream)
    : seed(the_seed), lives(stream), ends(stable_hash(fmt::format("censoring of {}", stream))) {}

CensoredDraws::CensoredDraws(CensoredData const& data) : censoring_(data.sample) {
  if (data.has_intervals()) intervals_.emplace(*data.law, data.fit.theta, data.sample);
}

CensoredSource CensoredDraws::of(claims::Law const& law, std::int64_t n, DrawAddress const& address,
                                 double grid) const {
  return [this, law, n, address, grid](std::int64_t first, int lanes, CensoredVisit const& visit) {
    auto const [seed, lives, ends] = address;
    sim::Sample drawn(n, 1);
    auto sample = sample_of(static_cast<std::size_t>(n), intervals_.has_value());
    law.model->draw(law.theta, {seed, lives, static_cast<std::uint64_t>(first)}, drawn);
    for (int lane = 0; lane < lanes; ++lane) {
      sim::ScalarStream stream({seed, ends, static_cast<std::uint64_t>(first + lane)});
      for (std::int64_t i = 0; i < n; ++i) {
        auto const k = static_cast<std::size_t>(i);
        double const end = drawn(i)[lane];
        if (intervals_) {
          intervals_->give_up(end, stream, sample, k);
          if (sample.is_observed[k] != 0)
            sample.times[k] = sample.uppers[k] = on_grid(sample.times[k], grid, *law.model);
          continue;
        }
        double const given_up = censoring_.time_of(stream.open_uniform());
        sample.is_observed[k] = end <= given_up ? 1 : 0;
        sample.times[k] = sample.is_observed[k] != 0 ? on_grid(end, grid, *law.model) : given_up;
      }
      if (intervals_) sort(sample);
      visit(lane, sample);
    }
  };
}

CensoredSource resampled(CensoredSample const& data, std::int64_t n, DrawAddress const& address) {
  return [&data, n, address](std::int64_t first, int lanes, CensoredVisit const& visit) {
    auto sample = sample_of(static_cast<std::size_t>(n), !data.uppers.empty());
    auto const count = static_cast<double>(data.times.size());
    for (int lane = 0; lane < lanes; ++lane) {
      sim::ScalarStream stream({address.seed, address.lives, static_cast<std::uint64_t>(first + lane)});
      for (std::size_t i = 0; i < sample.times.size(); ++i) {
        auto const row = std::min(static_cast<std::size_t>(stream.open_uniform() * count), data.times.size() - 1);
        sample.times[i] = data.times[row];
        sample.is_observed[i] = data.is_observed[row];
        if (!data.uppers.empty()) sample.uppers[i] = data.uppers[row];
      }
      if (!data.uppers.empty()) sort(sample);
      visit(lane, sample);
    }
  };
}

}  // namespace fisherlab::runs
