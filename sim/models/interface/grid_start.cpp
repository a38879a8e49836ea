#include "sim/models/interface/grid_start.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace fisherlab::sim {
namespace {

constexpr std::int64_t looked_at = 8;
constexpr double most_combinations = 512;

/// At most so many observations, from all along the sample.
Sample every_so_many(Sample const& sample, std::int64_t most) {
  Sample some(std::min(sample.n(), most), sample.dimension());
  for (std::int64_t i = 0; i < some.n(); ++i)
    for (int d = 0; d < sample.dimension(); ++d) some(i, d) = sample(i * sample.n() / some.n(), d);
  return some;
}

/// Quantiles of the first coordinate: those of each lane, averaged over the lanes.
class Quantiles {
 public:
  /// Of 8 observations, or all, from all along the sample.
  explicit Quantiles(Sample const& sample) : count_(static_cast<std::size_t>(std::min(sample.n(), looked_at))) {
    for (std::size_t i = 0; i < count_; ++i)
      sorted_[i] = sample(static_cast<std::int64_t>(i) * sample.n() / static_cast<std::int64_t>(count_));
    for (std::size_t round = 0; round < count_; ++round)  // neighbours change places
      for (std::size_t i = round % 2; i + 1 < count_; i += 2) {
        Lanes const lower = min(sorted_[i], sorted_[i + 1]);
        sorted_[i + 1] = max(sorted_[i], sorted_[i + 1]);
        sorted_[i] = lower;
      }
  }

  double at(double share) const {
    auto const& values = sorted_[static_cast<std::size_t>(share * static_cast<double>(count_ - 1))];
    double sum = 0;
    for (int lane = 0; lane < lane_count; ++lane) sum += values[lane];
    return sum / lane_count;
  }

 private:
  std::size_t count_;
  std::array<Lanes, looked_at> sorted_;
};

/// The likeliest to be of use.
double first_candidate(Domain domain, Quantiles const& quantiles) {
  switch (domain) {
    case Domain::positive:
      return std::max(0.74 * (quantiles.at(0.75) - quantiles.at(0.25)), 1e-8);
    case Domain::unit:
      return 0.5;
    case Domain::angle:
      return 0;
    case Domain::real:
      break;
  }
  return quantiles.at(0.5);
}

/// The first one first.
std::vector<double> candidates(Domain domain, Quantiles const& quantiles) {
  double const first = first_candidate(domain, quantiles);
  switch (domain) {
    case Domain::positive:
      return {first, 1, 0.25, 4};
    case Domain::unit:
      return {first, 0.2, 0.8};
    case Domain::angle:
      return {first, 1.5, 3, -1.5};
    case Domain::real:
      break;
  }
  return {first, 0, 3, -3, quantiles.at(0.2), quantiles.at(0.8)};
}

/// A search over candidates, lane by lane: the best theta so far and its likelihood.
class Scan {
 public:
  Scan(std::span<Domain const> domains, Sample const& sample, LaneLikelihood const& log_likelihood)
      : some_(every_so_many(sample, looked_at)),
        log_likelihood_(log_likelihood),
        best_(domains.size(), Lanes(std::numeric_limits<double>::quiet_NaN())) {
    Quantiles const quantiles(sample);
    for (auto const domain : domains) candidates_.push_back(candidates(domain, quantiles));
  }

  std::vector<Lanes> const& best() const { return best_; }

  /// The first candidates, or the example.
  void begin(std::vector<double> const& example) {
    std::vector<Lanes> first;
    for (auto const& values : candidates_) first.emplace_back(values.front());
    look_at(first);
    if (!example.empty()) look_at({example.begin(), example.end()});
  }

  /// Another candidate for parameter a.
  void better(std::size_t a) {
    auto const from = best_;
    for (double const value : candidates_[a]) {
      auto point = from;
      point[a] = value;
      look_at(point);
    }
  }

  /// The best with another value of parameter a than now.
  void leave(std::size_t a) {
    auto const from = best_;
    height_ = -HUGE_VAL;
    for (double const value : candidates_[a]) {
      auto point = from;
      point[a] = select(from[a] == Lanes(value), Lanes(std::numeric_limits<double>::quiet_NaN()), Lanes(value));
      look_at(point);
    }
  }

  bool has_all() const { return all(height_ > Lanes(-HUGE_VAL)); }

  void look_at_all() {
    auto const each = static_cast<std::size_t>(
        std::max(2.0, std::floor(std::pow(most_combinations, 1 / static_cast<double>(candidates_.size())) + 1e-9)));
    std::vector<std::vector<Lanes>> points{{}};
    for (auto const& values : candidates_) {
      std::vector<std::vector<Lanes>> longer;
      for (auto const& point : points)
        for (std::size_t k = 0; k < std::min(values.size(), each); ++k) {
          longer.push_back(point);
          longer.back().emplace_back(values[k]);
        }
      points = std::move(longer);
    }
    for (auto const& point : points) look_at(point);
  }

 private:
  void look_at(std::vector<Lanes> const& point) {
    Lanes const here = log_likelihood_(some_, point.data());
    auto const higher = here > height_;
    height_ = select(higher, here, height_);
    for (std::size_t a = 0; a < best_.size(); ++a) best_[a] = select(higher, point[a], best_[a]);
  }

  Sample some_;
  LaneLikelihood const& log_likelihood_;
  std::vector<std::vector<double>> candidates_;
  std::vector<Lanes> best_;
  Lanes height_ = -HUGE_VAL;
};

/// The last parameter on the line.
std::size_t last_on_the_line(std::span<Domain const> domains) {
  std::size_t last = 0;
  for (std::size_t a = 0; a < domains.size(); ++a)
    if (domains[a] == Domain::real) last = a;
  return last;
}

}  // namespace

int grid_start_count(std::span<Domain const> domains) { return std::ranges::count(domains, Domain::real) >= 2 ? 2 : 1; }

void grid_start(std::span<Domain const> domains, Sample const& sample, int which, std::vector<double> const& example,
                LaneLikelihood const& log_likelihood, Lanes* theta) {
  std::fill_n(theta, domains.size(), Lanes(std::numeric_limits<double>::quiet_NaN()));
  if (which >= grid_start_count(domains)) return;
  Scan scan(domains, sample, log_likelihood);
  scan.begin(example);
  for (std::size_t a = 0; a < domains.size(); ++a) scan.better(a);
  if (!scan.has_all()) scan.look_at_all();
  if (which == 1) {
    auto const left = last_on_the_line(domains);
    scan.leave(left);
    for (std::size_t a = 0; a < domains.size(); ++a)
      if (a != left) scan.better(a);
  }
  std::copy(scan.best().begin(), scan.best().end(), theta);
}

void quick_grid_start(std::span<Domain const> domains, Sample const& sample,
                      std::vector<std::vector<Lanes>> const& points, LaneLikelihood const& log_likelihood,
                      Lanes* theta) {
  Quantiles const quantiles(sample);
  for (std::size_t a = 0; a < domains.size(); ++a) theta[a] = first_candidate(domains[a], quantiles);
  Lanes height = log_likelihood(sample, theta);
  auto const look_at = [&](Lanes const* point) {
    Lanes const here = log_likelihood(sample, point);
    auto const better = !(height >= here);
    height = select(better, here, height);
    for (std::size_t a = 0; a < domains.size(); ++a) theta[a] = select(better, point[a], theta[a]);
  };
  for (auto const& point : points) look_at(point.data());
  bool const is_pair = domains.size() == 2 && domains[0] == Domain::positive && domains[1] == Domain::positive;
  double const middle = quantiles.at(0.5), shape = middle / first_candidate(Domain::positive, quantiles);
  if (!is_pair || !(quantiles.at(0) > 0)) return;
  for (double const other : {middle, shape / middle}) {
    Lanes const pair[] = {shape, other, shape};
    look_at(pair);
    look_at(pair + 1);
  }
}

}  // namespace fisherlab::sim
