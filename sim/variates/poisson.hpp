#pragma once

#include <cstdint>
#include <utility>

#include "sim/math/log_gamma.hpp"
#include "sim/math/rounding.hpp"
#include "sim/variates/counts.hpp"

namespace fisherlab::sim {

/// Fills n slots of all lanes with independent Poisson(mean) counts, 0 < mean < 2^31.
///
/// Below mean 30 by inversion, u against the table of cumulative probabilities, all lanes in step; from 30 on by
/// transformed rejection with squeeze. Source: Hoermann (1993), Insurance: Mathematics and Economics 12, 39-45, PTRS.
class PoissonSampler {
 public:
  explicit PoissonSampler(double mean) : mean_(mean), log_mean_(log(mean)) {
    if (mean < threshold)
      fill_table();
    else
      prepare_rejection();
  }

  void fill(Stream<Lanes>& stream, Lanes* values, std::int64_t n) const {
    if (mean_ < threshold) {
      for (std::int64_t i = 0; i < n; ++i) values[i] = count_by_inversion(cumulative_, stream.open_uniform());
      return;
    }
    fill_by_two_uniforms(
        stream, values, n, [this](Lanes const& u, Lanes const& v) { return squeeze(u, v); },
        [this](Lanes const& u, Lanes const& v) { return accepts(u, v); });
  }

 private:
  static constexpr double threshold = 30.0;

  void fill_table() {
    double mass = exp(-mean_);
    double total = mass;
    // Until a term no longer changes the total: what remains is below the spacing of the uniform numbers.
    double before = 0.0;
    for (int k = 1; total != before; ++k) {
      cumulative_.push_back(total);
      mass = mass * mean_ / k;
      before = total;
      total = total + mass;
    }
  }

  void prepare_rejection() {
    b_ = 0.931 + 2.53 * sqrt(mean_);
    a_ = -0.059 + 0.02483 * b_;
    log_inverse_alpha_ = log(1.1239 + 1.1328 / (b_ - 3.4));
    squeeze_ = 0.9277 - 3.6224 / (b_ - 2.0);
  }

  Lanes candidate(Lanes const& centred, Lanes const& us) const {
    return floor_of((2.0 * a_ / us + b_) * centred + (mean_ + 0.43));
  }

  SqueezedAttempt squeeze(Lanes const& u, Lanes const& v) const {
    Lanes const centred = u - 0.5;
    Lanes const us = 0.5 - abs(centred);
    Lanes const k = candidate(centred, us);
    auto const quick = (us >= Lanes(0.07)) & (v <= Lanes(squeeze_));
    auto const impossible = (k < Lanes(0.0)) | ((us < Lanes(0.013)) & (v > us));
    return {max(k, Lanes(0.0)), quick, !(quick | impossible)};
  }

  LaneMask accepts(Lanes const& u, Lanes const& v) const {
    Lanes const centred = u - 0.5;
    Lanes const us = 0.5 - abs(centred);
    Lanes const count = max(candidate(centred, us), Lanes(0.0));
    Lanes const square = us * us;
    return log_positive(v * square / (a_ + b_ * square)) + log_inverse_alpha_ <=
           count * log_mean_ - mean_ - lgamma(count + 1.0);
  }

  double mean_, log_mean_;
  double a_ = 0, b_ = 0, log_inverse_alpha_ = 0, squeeze_ = 0;
  CumulativeTable cumulative_;
};

}  // namespace fisherlab::sim
