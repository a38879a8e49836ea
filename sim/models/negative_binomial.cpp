#include "sim/models/negative_binomial.hpp"

#include <utility>
#include <vector>

#include "sim/models/interface/instantiate.hpp"
#include "sim/order_statistics.hpp"
#include "sim/variates/gamma.hpp"
#include "sim/variates/poisson_lanes.hpp"

namespace fisherlab::sim {
namespace {

/// A value and its derivative.
struct Slope {
  Lanes value, derivative;
};

/// The likelihood equation of the size at mean m (the sample mean), as a function of a = 1/size:
///   F(a) = -r^2 (mean score of the size) = sum_{j >= 1} share_j j/(1 + j a) + m^2 g(m a),
/// share_j the share of observations above j; from psi(x + r) - psi(r) = sum_{j < x} 1/(r + j). F(0) is half of
/// variance less mean, and exact, so samples close to Poisson keep their digits. Lanes with a count above `longest`
/// take the score and Hessian in place of the sum; each lane decides for itself.
class SizeEquation {
 public:
  SizeEquation(Sample const& sample, Lanes const& mean) : sample_(sample), mean_(mean) {
    Lanes largest = 0.0;
    for (std::int64_t i = 0; i < sample.n(); ++i) largest = max(largest, sample(i));
    wide_ = largest > Lanes(longest);
    count_shares();
  }

  Slope operator()(Lanes const& a) const {
    Slope const narrow = by_shares(a);
    if (!any(wide_)) return narrow;
    Slope const wide = by_scores(a);
    return {select(wide_, wide.value, narrow.value), select(wide_, wide.derivative, narrow.derivative)};
  }

 private:
  static constexpr double longest = 512.0;

  void count_shares() {
    std::vector<double> counts[lane_count];
    for (int lane = 0; lane < lane_count; ++lane) {
      auto& above = counts[lane];
      for (std::int64_t i = 0; i < sample_.n(); ++i) {
        double const x = sample_(i)[lane];
        if (x > longest) continue;
        if (x >= static_cast<double>(above.size())) above.resize(static_cast<std::size_t>(x) + 1);
        above[static_cast<std::size_t>(x)] += 1.0;
      }
      if (above.size() > shares_.size()) shares_.resize(above.size(), Lanes(0.0));
    }
    for (int lane = 0; lane < lane_count; ++lane) {
      double above = 0.0;
      for (std::size_t j = counts[lane].size(); j-- > 0;) {
        shares_[j].set(lane, above / static_cast<double>(sample_.n()));
        above += counts[lane][j];
      }
    }
  }

  Slope by_shares(Lanes const& a) const {
    Lanes sum = 0.0;
    Lanes slope = 0.0;
    for (std::size_t j = 1; j < shares_.size(); ++j) {
      auto const k = static_cast<double>(j);
      Lanes const term = k / (1.0 + k * a);
      Lanes const weighted = shares_[j] * term;
      sum += weighted;
      slope = slope - weighted * term;
    }
    Lanes const u = mean_ * a;
    Lanes const g = log_gap(u, 1.0 + u);
    Lanes const square = mean_ * mean_;
    return {sum + square * g, slope - square * (1.0 / (1.0 + u) + 2.0 * g) / a};
  }

  Slope by_scores(Lanes const& a) const {
    NegativeBinomial const model;
    Lanes const r = 1.0 / a;
    Lanes score = 0.0;
    Lanes hessian = 0.0;
    for (std::int64_t i = 0; i < sample_.n(); ++i) {
      score += model.score(sample_(i), {mean_, r})[1];
      hessian += model.hessian(sample_(i), {mean_, r})[2];
    }
    Lanes const weight = r * r / static_cast<double>(sample_.n());
    return {-weight * score, weight * (r * r * hessian + 2.0 * r * score)};
  }

  Sample const& sample_;
  Lanes mean_;
  LaneMask wide_;
  std::vector<Lanes> shares_;
};

}  // namespace

ModelCard NegativeBinomial::card() {
  return {.name = "negative_binomial",
          .title = "Negative binomial (mean and size): Poisson with a gamma mean",
          .parameters = {"mean", "size"},
          .domains = {Domain::positive, Domain::positive},
          .constants = {},
          .space = "mean and mean/size are below 2^26, about 6.7e7, and size is below 2^31",
          .formula =
              "log p = log Gamma(x + r) - log Gamma(r) - log x! + r log(r/(r + m)) + x log(m/(r + m)) with m the "
              "mean, r the size",
          .support = "x = 0, 1, 2 ...",
          .ranges = {Range::counts},
          .information =
              "diag(r/(m (r + m)), K) with K = psi'(r) - E psi'(x + r) - m/(r (r + m)); K has no closed form "
              "and is integrated by a fixed rule of 75 points, right to 1e-10",
          .estimate =
              "the sample mean, and Newton in 1/size on the likelihood equation; there is no estimate where the "
              "variance (divisor n) is at most the mean",
          .hypotheses =
              "meets all (mean and mean/size below 2^26, size below 2^31); the size has no estimate in some "
              "samples at every n, and given that it has one, every moment exists, for 1/size is above a "
              "power of 1/(n largest observation)",
          .source =
              "the series for K: Fisher (1941), Annals of Eugenics 11, 182-187; existence of the estimate: Levin "
              "and Reeds (1977), Annals of Statistics 5, 79-87; the rest derived in "
              "sim/models/negative_binomial.hpp"};
}

void NegativeBinomial::fill(Theta<double, 2> const& t, LaneStream& stream, Sample& sample) const {
  Lanes const scale = t[0] / t[1];
  each_tile(sample.n(), [&](std::int64_t begin, std::int64_t size) {
    Lanes* const tile = sample.data() + begin;
    fill_gamma(stream, t[1], tile, size);
    for (std::int64_t i = 0; i < size; ++i) tile[i] = tile[i] * scale;
    means_to_poisson(stream, tile, size);
  });
}

LaneSet NegativeBinomial::fit(Sample const& sample, Theta<Lanes, 2>& theta) const {
  auto const n = static_cast<double>(sample.n());
  Lanes sum = 0.0;
  Lanes squares = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    sum += sample(i);
    squares += sample(i) * sample(i);
  }
  // Whole numbers, so that the comparison of variance and mean is exact below 2^53.
  Lanes const excess = n * squares - sum * sum - n * sum;
  LaneMask const exists = excess > Lanes(0.0);
  Lanes const mean = sum / n;
  theta = {mean, Lanes(NAN)};
  if (!any(exists)) return 0;

  // F is positive at 0 and negative far out, with one root; a step that leaves the bracket halves it instead.
  SizeEquation const equation(sample, select(exists, mean, Lanes(1.0)));
  Lanes a = select(exists, excess / (sum * sum), Lanes(1.0));  // the estimate by moments
  Lanes low = 0.0;
  Lanes high = HUGE_VAL;
  LaneMask open = exists;
  for (int step = 0; step < 100 && any(open); ++step) {
    auto const f = equation(a);
    low = select(f.value > Lanes(0.0), a, low);
    high = select(f.value > Lanes(0.0), high, a);
    Lanes const newton = a - f.value / f.derivative;
    Lanes const middle = select(high < Lanes(HUGE_VAL), 0.5 * (low + high), 4.0 * a);
    Lanes const next = select((newton >= low) & (newton <= high), newton, middle);
    // The step is quadratic, so this change leaves an error of the order of rounding, which is 1e-16/mean absolute.
    LaneMask const settled = abs(next - a) <= 1e-8 * a + 1e-14 / mean;
    a = select(open, next, a);
    open = open & !settled;
  }
  theta[1] = 1.0 / a;
  return to_set(exists & !open);
}

NegativeBinomial::Rule const& NegativeBinomial::rule() {
  static Rule const made = [] {
    constexpr double step = 0.7;
    Rule r;
    for (int k = 0; k < Rule::points; ++k) {
      double const e = exp(step * k - 12.0);
      r.v[k] = log1p(e);
      r.weight[k] = step * e / ((1.0 + e) * (1.0 + e));  // dv = e/(1 + e) du, exp(-v) = 1/(1 + e)
    }
    r.weight[0] = r.weight[0] / -expm1(-step);
    r.weight[Rule::points - 1] = r.weight[Rule::points - 1] / -expm1(-step);
    return r;
  }();
  return made;
}

template AnyModel make<NegativeBinomial>(std::span<double const>);

}  // namespace fisherlab::sim
