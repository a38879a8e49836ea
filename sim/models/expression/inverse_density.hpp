#pragma once

#include <array>
#include <vector>

#include "sim/models/expression/guide.hpp"
#include "sim/models/expression/inverse.hpp"

namespace fisherlab::sim {

/// A continuous law by polynomials: the range of y (ObservationScale) is cut into panels, over each of which y is a
/// polynomial of degree 7 in the probability, through eight points; a panel is halved until the polynomial holds
/// between the points. Probabilities are integrals by Gauss and Legendre. Source of the idea: Derflinger, Hörmann and
/// Leydold (2010), ACM TOMACS 20(4), 18.
class InverseDensity final : public InverseLaw {
 public:
  InverseDensity(Support const& support, LogDensity const& log_density);

  double mass() const override { return mass_; }
  Lanes quantile(Lanes const& u) const override;
  Mark mark(double u) const override { return {quantile(u)[0], u}; }

 private:
  static constexpr int degree = 7;

  /// y = sum c_k s^k with s in [-1, 1] over the probabilities of the panel, inside its ends.
  struct Panel {
    double middle;  ///< of the probabilities
    double scale;   ///< one over half their width
    double low, high;
    std::array<double, degree + 1> c;
  };
  class Builder;

  ObservationScale scale_;
  double mass_ = 0;
  std::vector<Panel> panels_;
  Guide guide_;
};

}  // namespace fisherlab::sim
