#pragma once

#include <cstdint>

namespace fisherlab::claims {

/// How a run spends its error and its replicates: over findings by equal shares, over looks by falling ones.
///   alpha(look) = family_error / findings * (1 - r) r^look,  r = 2^-1/2,   replicates(look) = first_replicates *
///   2^look.
/// By the union bound the chance that any interval of any finding at any look misses is at most
///   sum_findings sum_{look >= 0} alpha(look) = family_error,
/// for any rule by which looks stop, because all looks that could have been taken are paid for. Intervals may
/// depend on each other, across findings and looks, in any way.
///
/// Intervals of means follow skewness and kurtosis (`far_reach`), and were measured to miss at most 1.6 times as often
/// as they say at the levels in use. Every interval is computed at a quarter of the error that it is charged for, so
/// that a factor of up to 4 keeps the declared error (docs/decisions/0013).
class Plan {
 public:
  struct Settings {
    double family_error = 1e-6;
    std::int64_t findings = 1;
    std::int64_t first_replicates = 10'000;
    std::int64_t max_replicates = 2'560'000;
  };

  /// @throws InputError when family_error is outside (0, 1), a count is not positive, or first exceeds max.
  explicit Plan(Settings const& settings);

  /// Number of looks whose replicates stay within the maximum; at least one.
  int looks() const;
  /// Error of one interval at this look, 0, 1, 2, ...
  double alpha(int look) const;
  /// Error of a finding that is measured once, an experiment's: all looks together.
  double alpha_once() const { return settings_.family_error / static_cast<double>(settings_.findings); }
  /// Error at which an interval is computed at this look, alpha(look)/reserve.
  double interval_alpha(int look) const { return alpha(look) / reserve; }
  static constexpr double reserve = 4.0;
  /// 1 - alpha(look), which rounds to 1 for an alpha below 1e-16.
  double level(int look) const;
  /// Replicates that a scenario has in all at this look.
  /// @throws InputError when the look is not below looks().
  std::int64_t replicates(int look) const;
  /// Replicates that a scenario has in all at the last look.
  std::int64_t most_replicates() const { return replicates(looks() - 1); }

 private:
  Settings settings_;
};

}  // namespace fisherlab::claims
