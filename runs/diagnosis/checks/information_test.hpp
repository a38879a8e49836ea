#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "sim/models/interface/any_model.hpp"

namespace fisherlab::runs {

/// Where two estimates of the information differ, per lane: log(L^-1 J L'^-1) sqrt(n), with J the sum of score score',
/// H = L L' minus the sum of the Hessian, at the estimate; its lower triangle, row by row (q = p (p + 1)/2). About 0
/// where the model holds, since both estimate n I. The logarithm makes too little spread as visible as too much.
/// Empty where J or H is not positive definite, as where n is at most p.
std::vector<std::vector<double>> information_ratios(sim::BatchModel const& model, sim::Sample const& sample,
                                                    std::vector<sim::Lanes> const& estimate, int lanes);

/// Two estimates of n I, packed (sim::packed_index).
struct InformationPair {
  std::size_t parameters = 1;
  std::vector<double> products;   ///< sum of score score'
  std::vector<double> curvature;  ///< minus the Hessian
};
/// The same of one sample of n.
std::vector<double> information_ratio(InformationPair const& pair, std::int64_t n);

/// A quadratic form and its place among simulated ones.
struct PlacedStatistic {
  double statistic = 0;
  double p_value = 1;
};

/// White's information-matrix test: (r - m)' S^- (r - m) for the ratio r of the data, with mean m and covariance S of
/// the ratios of samples drawn at the estimate and fitted again, and the share of those, and of the data, whose form is
/// as large. Directions in which the ratio does not vary are left out; nothing where none is left, as for a law whose J
/// and H are the same (Bernoulli), or where fewer than 50 samples have a ratio.
/// Sources: White (1982), Econometrica 50, 1-25, section 4; the simulated law, since the limit is far at usual n:
/// Horowitz (1994), J. Econometrics 61, 395-411.
std::optional<PlacedStatistic> information_test(std::vector<double> const& of_data,
                                                std::vector<std::vector<double>> const& of_samples);

}  // namespace fisherlab::runs
