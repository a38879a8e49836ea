#pragma once

#include <cstdint>

#include "sim/math/log_gamma.hpp"
#include "sim/math/rounding.hpp"
#include "sim/variates/counts.hpp"

namespace fisherlab::sim {

/// Fills n slots of all lanes with independent Binomial(trials, p) counts, 1 <= trials <= 1,000,000, 0 < p < 1; for
/// p > 1/2 it counts failures.
///
/// Below a mean of 30 by inversion, u against the table of cumulative probabilities, all lanes in step; from 30 on by
/// transformed rejection with squeeze. Source: Hoermann (1993), Journal of Statistical Computation and Simulation 46,
/// 101-110, BTRS.
class BinomialSampler {
 public:
  BinomialSampler(double trials, double p) : trials_(trials), reflected_(p > 0.5), p_(reflected_ ? 1.0 - p : p) {
    if (trials_ * p_ < threshold)
      fill_table();
    else
      prepare_rejection();
  }

  void fill(Stream<Lanes>& stream, Lanes* values, std::int64_t n) const {
    if (!cumulative_.empty())
      for (std::int64_t i = 0; i < n; ++i) values[i] = count_by_inversion(cumulative_, stream.open_uniform());
    else
      fill_by_two_uniforms(
          stream, values, n, [this](Lanes const& u, Lanes const& v) { return squeeze(u, v); },
          [this](Lanes const& u, Lanes const& v) { return accepts(u, v); });
    if (!reflected_) return;
    for (std::int64_t i = 0; i < n; ++i) values[i] = trials_ - values[i];
  }

 private:
  static constexpr double threshold = 30.0;

  /// mass(k + 1) = mass(k) (trials - k)/(k + 1) odds, until a term no longer changes the total. The first term is at
  /// least exp(-30 log 4), for log(1 - p) >= -p log 4 up to 1/2.
  void fill_table() {
    double const odds = p_ / (1.0 - p_);
    double mass = exp(trials_ * log1p(-p_));
    double total = mass;
    double before = 0.0;
    for (double k = 0; k < trials_ && total != before; ++k) {
      cumulative_.push_back(total);
      mass = mass * odds * (trials_ - k) / (k + 1.0);
      before = total;
      total = total + mass;
    }
  }

  void prepare_rejection() {
    double const sd = sqrt(trials_ * p_ * (1.0 - p_));
    b_ = 1.15 + 2.53 * sd;
    a_ = -0.0873 + 0.0248 * b_ + 0.01 * p_;
    centre_ = trials_ * p_ + 0.5;
    squeeze_ = 0.92 - 4.2 / b_;
    log_alpha_ = log((2.83 + 5.1 / b_) * sd);
    log_odds_ = log(p_ / (1.0 - p_));
    mode_ = floor_of((trials_ + 1.0) * p_);
    at_mode_ = lgamma(mode_ + 1.0) + lgamma(trials_ - mode_ + 1.0);
  }

  Lanes candidate(Lanes const& centred, Lanes const& us) const {
    return floor_of((2.0 * a_ / us + b_) * centred + centre_);
  }

  Lanes within(Lanes const& k) const { return min(max(k, Lanes(0.0)), Lanes(trials_)); }

  SqueezedAttempt squeeze(Lanes const& u, Lanes const& v) const {
    Lanes const centred = u - 0.5;
    Lanes const us = 0.5 - abs(centred);
    Lanes const k = candidate(centred, us);
    auto const quick = (us >= Lanes(0.07)) & (v <= Lanes(squeeze_));
    auto const possible = (k >= Lanes(0.0)) & (k <= Lanes(trials_));
    return {within(k), possible & quick, possible & !quick};
  }

  LaneMask accepts(Lanes const& u, Lanes const& v) const {
    Lanes const centred = u - 0.5;
    Lanes const us = 0.5 - abs(centred);
    Lanes const count = within(candidate(centred, us));
    Lanes const square = us * us;
    return log_positive(v * square / (a_ + b_ * square)) + log_alpha_ <=
           at_mode_ - lgamma(count + 1.0) - lgamma(trials_ - count + 1.0) + (count - mode_) * log_odds_;
  }

  double trials_;
  bool reflected_;
  double p_;
  double a_ = 0, b_ = 0, centre_ = 0, squeeze_ = 0, log_alpha_ = 0, log_odds_ = 0, mode_ = 0, at_mode_ = 0;
  CumulativeTable cumulative_;
};

}  // namespace fisherlab::sim
