#pragma once

#include <algorithm>
#include <span>
#include <vector>

#include "base/api.hpp"
#include "estimators/regression/design.hpp"
#include "estimators/regression/family.hpp"

namespace fisherlab::estimators {

/// The responses of eight samples side by side, or of one that stands in all lanes: then 8 bytes a row, not 64. Looks
/// into what it is made of.
class Responses {
 public:
  Responses(sim::Lanes const* samples) : samples_(samples) {}
  Responses(Eigen::VectorXd const& sample) : sample_(sample.data()) {}

  sim::Lanes operator[](Eigen::Index i) const { return samples_ != nullptr ? samples_[i] : sim::Lanes(sample_[i]); }

 private:
  sim::Lanes const* samples_ = nullptr;
  double const* sample_ = nullptr;
};

/// A point of the search for eight samples side by side: gamma of the design, and the log of the size of a negative
/// binomial law.
struct LanePoint {
  std::vector<sim::Lanes> gamma;
  sim::Lanes log_size = 0.0;
};

/// Keeps c'gamma at a value; the point from which a search starts must have it.
struct LaneConstraint {
  Eigen::VectorXd c;
};

/// The maximum likelihood estimates of eight samples.
struct LaneFit {
  LanePoint point;
  sim::Lanes log_likelihood = 0.0;  ///< without what depends on y alone, but for the negative binomial law
  sim::LaneSet found = 0;
};

/// Maximises sum_i w_i l(y_i, eta_i) of a logistic, Poisson or negative binomial regression, under a constraint if one
/// is given, by Newton steps that are halved until the likelihood does not fall. A search has ended where a step, whose
/// length is that of the change of sqrt(w) eta, is below 1e-7. Where the likelihood has no maximum (separation), steps
/// stay long while the likelihood hardly rises: not found. The size of a negative binomial law goes along; where it
/// passes 1e7 times the mean, the law is Poisson's to rounding and the size stays there: that is an estimate.
/// `y`: rows() values.
FISHERLAB_API LaneFit fit_lanes(Family family, RegressionDesign const& design, Responses const& y,
                                LanePoint const& start, LaneConstraint const* constraint = nullptr);

/// The log of the size at which a negative binomial law is taken for Poisson's.
FISHERLAB_API sim::Lanes largest_log_size(RegressionDesign const& design, Responses const& y);

/// What standard errors and residuals need of a row at a point.
struct LaneRow {
  sim::Lanes eta;
  sim::Lanes mean;
  sim::Lanes score;     ///< w_i dl/d eta
  sim::Lanes expected;  ///< w_i times the expected weight
};
/// Fills `out` with rows first, first + 1, ... Of many rows they are computed again rather than kept: 256 bytes each.
FISHERLAB_API void rows_at(Family family, RegressionDesign const& design, Responses const& y, LanePoint const& point,
                           Eigen::Index first, std::span<LaneRow> out);

/// Calls visit(i, row) for each row in order.
template <class Visit>
void for_each_row(Family family, RegressionDesign const& design, Responses const& y, LanePoint const& point,
                  Visit const& visit) {
  constexpr Eigen::Index at_once = 128;
  std::vector<LaneRow> rows(static_cast<std::size_t>(std::min(at_once, design.rows())));
  for (Eigen::Index first = 0; first < design.rows(); first += at_once) {
    std::span<LaneRow> const part(rows.data(), static_cast<std::size_t>(std::min(at_once, design.rows() - first)));
    rows_at(family, design, y, point, first, part);
    for (std::size_t k = 0; k < part.size(); ++k) visit(first + static_cast<Eigen::Index>(k), part[k]);
  }
}

/// The Cholesky factor, packed, of Z' diag(v) Z.
FISHERLAB_API std::vector<sim::Lanes> lane_factor(RegressionDesign const& design, Eigen::VectorXd const& v);

/// Adds v z z' of one row to the packed sum.
inline void add_product(double const* z, sim::Lanes const& v, std::size_t count, sim::Lanes* entry) {
  for (std::size_t j = 0; j < count; ++j) {
    sim::Lanes const part = z[j] * v;
    for (std::size_t k = 0; k <= j; ++k) *entry++ += z[k] * part;
  }
}

}  // namespace fisherlab::estimators
