#pragma once

#include <cstdint>
#include <vector>

#include "findings/finding.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::claims {

/// One number for each split of the data; splits without one (a network has no minimum) are counted.
struct OverSplits {
  std::vector<double> values;
  int dropped = 0;
};

/// Fisher's z = atanh(r) of a rank correlation of n pairs. Without ties 1 - r is a multiple of 12/(n (n^2 - 1)), since
/// r = 1 - 6 D/(n (n^2 - 1)) with D even; |r| is held half a step below 1, where z would be infinite.
/// @throws InputError for n below 4.
double fisher_z(double r, std::int64_t n);

/// Two-sided p-value of "the law of the values is symmetric about 0", by flipping signs: the share of all 2^S sign
/// patterns, or of 65,535 drawn with the stream at `key` and the one seen, whose |sum| reaches the one seen. Exact in
/// either case. The same as with Student's statistic, which grows with |sum| as the sum of squares stays. 1 for fewer
/// than two values. Source: Fisher (1935), The Design of Experiments, section 21.
double sign_flip_p(std::vector<double> const& values, sim::StreamKey const& key);

/// What Holm's procedure gives to one hypothesis.
struct HolmStep {
  double level = 0;  ///< 1 - family_error/(m - k) at its place k = 0, 1, ...; of the step that stopped, after it
  bool rejected = false;
};

/// Holm's procedure over m p-values: the smallest is held to family_error/m, the next to family_error/(m - 1), and so
/// on until one is above; the others are not rejected. Source: Holm (1979), Scandinavian Journal of Statistics 6,
/// 65-70.
std::vector<HolmStep> holm(std::vector<double> const& p_values, double family_error);

/// The mean over splits with Student's interval at the step's level. Where the step does not reject, the interval is
/// widened to hold 0: so no verdict on the sign is given but where the sign-flip test rejects too, and the family error
/// is Holm's. That is for laws that are symmetric about their mean; for three exponential laws over 12 splits the
/// family error is 0.15 in place of 0.05.
Measurement mean_over_splits(OverSplits const& sample, HolmStep const& step);

/// What a design is to decide: a mean of this size, held to 0 at this two-sided level.
struct Effect {
  double size = 0;
  double alpha = 0.05;
};

/// The splits by which a mean of the effect's size is told from 0 in nine of ten runs, where one split varies as those
/// of the sample do: (z + z')^2 s^2/size^2 + z^2/2, z and z' the normal points of 1 - alpha/2 and of 0.9; the interval
/// is that of s^2 by chi^2 at 0.95. Nothing for fewer than three values.
/// Source: Guenther (1981), The American Statistician 35, 243-244, for z^2/2 in the place of Student's law.
Measurement splits_needed(OverSplits const& sample, Effect const& effect);

/// The mean of N independent numbers in an interval of width `range`, with Hoeffding's: mean -+ range sqrt(log(2/alpha)
/// / (2 N)). Never under-covers.
/// Source: Hoeffding (1963), JASA 58, 13-30, theorem 2.
struct Bounded {
  double mean = 0;
  double range = 1;
  std::int64_t count = 0;
};
Measurement bounded_mean(Bounded const& sample, double alpha);

}  // namespace fisherlab::claims
