#include "sim/models/expression/inverse_density.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>

#include "base/expects.hpp"
#include "sim/math/elementary.hpp"
#include "sim/models/expression/inverse_counts.hpp"
#include "sim/models/expression/place.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {
namespace {

constexpr std::size_t points = 8;  ///< of a polynomial
constexpr int base_panels = 64;
constexpr int most_halvings = 48;
constexpr std::size_t most_panels = 4000;
constexpr double negligible_mass = 1e-18;

/// Nodes and weights of Gauss and Legendre's rule on [-1, 1]. Source: Abramowitz and Stegun (1964), table 25.4.
constexpr std::array<double, 4> gauss_nodes = {0.18343464249564980, 0.52553240991632899, 0.79666647741362674,
                                               0.96028985649753623};
constexpr std::array<double, 4> gauss_weights = {0.36268378337836198, 0.31370664587788729, 0.22238103445337447,
                                                 0.10122853629037626};
/// Chebyshev's points cos(k pi/7), ascending, that include the ends.
constexpr std::array<double, points> chebyshev = {-1.0,
                                                  -0.90096886790241915,
                                                  -0.62348980185873353,
                                                  -0.22252093395631440,
                                                  0.22252093395631440,
                                                  0.62348980185873353,
                                                  0.90096886790241915,
                                                  1.0};

/// Coefficients of powers of s of the polynomial through (s_j, y_j), by divided differences; not finite where two s_j
/// are one.
std::array<double, points> polynomial_through(std::array<double, points> const& s, std::array<double, points> y) {
  for (std::size_t order = 1; order < points; ++order)
    for (std::size_t j = points - 1; j >= order; --j) y[j] = (y[j] - y[j - 1]) / (s[j] - s[j - order]);
  std::array<double, points> c{};
  for (std::size_t j = points; j-- > 0;) {  // c(s) <- c(s) (s - s_j) + y_j
    for (std::size_t k = points - 1; k > 0; --k) c[k] = c[k - 1] - s[j] * c[k];
    c[0] = y[j] - s[j] * c[0];
  }
  return c;
}

double value_at(std::array<double, points> const& c, double s) {
  double value = 0;
  for (std::size_t k = points; k-- > 0;) value = c[k] + s * value;
  return value;
}

}  // namespace

/// The panels, over the bounded v of PlacedNodes.
class InverseDensity::Builder {
 public:
  Builder(ObservationScale const& scale, LogDensity const& log_density, DensityPlace const& place,
          std::vector<Panel>& panels)
      : scale_(scale), log_density_(log_density), place_(place), panels_(panels) {}

  /// The whole mass; `ends`: the probabilities up to the end of each panel.
  double build(std::vector<double>& ends) {
    double const reach = scale_.is_circle() ? pi : 7.2;
    for (int k = 0; k < base_panels; ++k)
      add(reach * (2.0 * k / base_panels - 1), reach * (2.0 * (k + 1) / base_panels - 1), 0);
    ends = ends_;
    return total_;
  }

 private:
  double integral(double from, double to) const {
    double const half = 0.5 * (to - from), middle = 0.5 * (from + to);
    Lanes v;
    for (int k = 0; k < 4; ++k) {
      double const node = half * gauss_nodes[static_cast<std::size_t>(k)];
      v.set(2 * k, middle - node);
      v.set(2 * k + 1, middle + node);
    }
    auto const nodes = placed(scale_, place_, v);
    Lanes const density = exp(log_density_on(scale_, log_density_, nodes.y)) * nodes.slope;
    double sum = 0;
    for (int k = 0; k < 4; ++k)
      sum += gauss_weights[static_cast<std::size_t>(k)] * (part(density[2 * k]) + part(density[2 * k + 1]));
    return half * sum;
  }
  /// 0 times an overflowed slope is nothing.
  static double part(double density) { return std::isnan(density) ? 0.0 : density; }

  void add(double from, double to, int halvings) {
    std::array<double, points> p{}, between{};
    Lanes v, v_between = 0.5 * (from + to);
    auto const at = [&](std::size_t j) { return 0.5 * (from + to) + 0.5 * (to - from) * chebyshev[j]; };
    v.set(0, from);
    for (std::size_t j = 1; j < points; ++j) {
      double const middle = 0.5 * (at(j - 1) + at(j));
      between[j - 1] = p[j - 1] + integral(at(j - 1), middle);
      p[j] = between[j - 1] + integral(middle, at(j));
      v.set(static_cast<int>(j), at(j));
      v_between.set(static_cast<int>(j) - 1, middle);
    }
    double const mass = p.back();
    expects(mass < HUGE_VAL, "its density is not finite, correct log_density");
    if (mass <= negligible_mass) {
      total_ += mass;
      return;
    }
    auto panel = panel_through(p, placed(scale_, place_, v).y);
    if (!holds(panel, between, placed(scale_, place_, v_between), mass)) {
      if (halvings < most_halvings) {
        double const middle = 0.5 * (from + to);
        add(from, middle, halvings + 1);
        add(middle, to, halvings + 1);
        return;
      }
      panel.c = {0.5 * (panel.low + panel.high), 0.5 * (panel.high - panel.low)};
    }
    expects(panels_.size() < most_panels, "its density is too rough to be tabulated, give draw");
    panel.middle += total_;
    total_ += mass;
    ends_.push_back(total_);
    panels_.push_back(panel);
  }

  static Panel panel_through(std::array<double, points> const& p, Lanes const& y) {
    double const half = 0.5 * p.back();
    Panel panel{half, 1 / half, y[0], y[points - 1], {}};
    std::array<double, points> s{}, values{};
    for (std::size_t j = 0; j < points; ++j) {
      s[j] = (p[j] - half) / half;
      values[j] = y[static_cast<int>(j)];
    }
    panel.c = polynomial_through(s, values);
    return panel;
  }

  /// Whether the polynomial has the probabilities right between its points, or y to its last bits.
  bool holds(Panel const& panel, std::array<double, points> const& p, PlacedNodes const& nodes, double mass) const {
    constexpr double last_bits = 0x1p-49;
    Lanes const density = exp(log_density_on(scale_, log_density_, nodes.y));
    for (std::size_t j = 0; j + 1 < points; ++j) {
      double const y = nodes.y[static_cast<int>(j)];
      double const error = std::fabs(value_at(panel.c, (p[j] - panel.middle) * panel.scale) - y);
      bool const is_right = error * density[static_cast<int>(j)] <= 1e-15 + 2e-13 * mass;
      if (!is_right && !(error <= last_bits * std::fabs(y))) return false;
    }
    return std::isfinite(panel.low) && std::isfinite(panel.high);
  }

  ObservationScale const& scale_;
  LogDensity const& log_density_;
  DensityPlace place_;
  std::vector<Panel>& panels_;
  std::vector<double> ends_;
  double total_ = 0;
};

InverseDensity::InverseDensity(Support const& support, LogDensity const& log_density) : scale_(support) {
  auto const place = place_of(scale_, log_density);
  if (place.found == 0) {
    mass_ = std::numeric_limits<double>::quiet_NaN();
    return;
  }
  std::vector<double> ends;
  mass_ = Builder(scale_, log_density, place, panels_).build(ends);
  for (auto& panel : panels_) {
    panel.middle /= mass_;
    panel.scale *= mass_;
  }
  for (double& end : ends) end /= mass_;
  guide_ = Guide(std::move(ends));
}

Lanes InverseDensity::quantile(Lanes const& u) const {
  Lanes middle, scale, low, high;
  std::array<Lanes, degree + 1> c;
  for (int lane = 0; lane < lane_count; ++lane) {
    auto const& panel = panels_[guide_.piece_of(u[lane])];
    middle.set(lane, panel.middle);
    scale.set(lane, panel.scale);
    low.set(lane, panel.low);
    high.set(lane, panel.high);
    for (std::size_t k = 0; k <= degree; ++k) c[k].set(lane, panel.c[k]);
  }
  Lanes const s = (u - middle) * scale;
  Lanes y = c.back();
  for (std::size_t k = degree; k-- > 0;) y = c[k] + s * y;
  return scale_.observation(min(max(y, low), high));
}

std::unique_ptr<InverseLaw const> inverse_of(Support const& support, LogDensity const& log_density) {
  if (support.is_counts()) return std::make_unique<InverseCounts>(support, log_density);
  return std::make_unique<InverseDensity>(support, log_density);
}

}  // namespace fisherlab::sim
