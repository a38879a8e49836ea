#include "sim/quadrature/expectation.hpp"

#include <array>
#include <cmath>
#include <map>
#include <string>
#include <tuple>
#include <utility>

#include "base/expects.hpp"
#include "sim/math/elementary.hpp"
#include "sim/quadrature/coordinate.hpp"

namespace fisherlab::sim {
namespace {

/// Halves may differ from their panel by this much of the integral over all panels, or of that over the panel. They are
/// themselves far closer: to a ten-thousandth of the difference where the function is smooth, to a third at a kink.
/// Less would chase the rounding of densities far from 0.
constexpr double total_tolerance = 1e-11;
constexpr double panel_tolerance = 1e-10;
constexpr int most_halvings = 55;
/// Nodes below the first weight are left out; those below the second must not count.
constexpr double least_weight = 1e-60;
constexpr double tail_weight = 1e-40;

/// Gauss-Lobatto nodes and weights on [-1, 1], the positive half. They include the ends, so that a jump next to an end
/// is seen. Source: Abramowitz and Stegun (1964), table 25.6.
constexpr std::array<double, 4> lobatto_node = {0.20929921790247886877, 0.59170018143314230214, 0.87174014850960661534,
                                                1.0};
constexpr std::array<double, 4> lobatto_weight = {0.41245879465870388157, 0.34112269248350436476,
                                                  0.21070422714350603938, 0.03571428571428571429};

using Nodes = std::array<CoordinateNode, lane_count>;

/// The eight nodes of a panel with their weights.
Nodes nodes_of(Coordinate const& coordinate, double from, double to) {
  double const half = 0.5 * (to - from);
  double const middle = 0.5 * (from + to);
  Nodes nodes;
  for (std::size_t k = 0; k < lobatto_node.size(); ++k)
    for (int const side : {-1, 1}) {
      auto& node = nodes[2 * k + (side > 0 ? 1 : 0)];
      node = coordinate.at(middle + side * half * lobatto_node[k]);
      node.slope *= half * lobatto_weight[k];
    }
  return nodes;
}

/// Integrals over a stretch: of 1 (place 0) and f_0 ... f_{size-1} against the density; of their absolute values; and
/// of those over nodes of hardly any weight.
struct Integrals {
  explicit Integrals(std::size_t count) : value(count), scale(count), tail(count) {}
  void add(Integrals const& other, double weight = 1.0) {
    for (std::size_t k = 0; k < value.size(); ++k) {
      value[k] += weight * other.value[k];
      scale[k] += weight * other.scale[k];
      tail[k] += weight * other.tail[k];
    }
  }
  std::vector<double> value, scale, tail;
};

struct Panel {
  double from, to;
  int halvings;
  Integrals integrals;
};

class Integrator {
 public:
  Integrator(BatchModel const& law, std::span<double const> theta, std::size_t size, ObservationFunctions const& f,
             std::int64_t most_batches)
      : law_(law),
        f_(f),
        coordinates_(coordinates_of(law, theta)),
        theta_(theta.begin(), theta.end()),
        one_(1, law.dimension()),
        place_(static_cast<std::size_t>(law.dimension())),
        out_(size),
        most_batches_(most_batches) {}

  /// All integrals, from `panels` panels a coordinate on.
  Integrals run(int panels) {
    panels_ = panels;
    total_seen_ = false;
    return over(0, 1.0);
  }
  bool exhausted() const { return batches_ > most_batches_; }

 private:
  /// Integrals over coordinate `level` and those inside it; `outer` is the weight of the place outside.
  Integrals over(std::size_t level, double outer) {
    return coordinates_[level].range == Range::counts ? over_counts(level, outer) : over_panels(level, outer);
  }

  Integrals over_counts(std::size_t level, double outer) {
    constexpr double last_count = 0x1p24;
    Integrals total(out_.size() + 1);
    double before = 0;
    for (double first = 0; first < last_count && !exhausted(); first += lane_count) {
      Nodes nodes;
      for (std::size_t j = 0; j < nodes.size(); ++j) nodes[j] = {first + static_cast<double>(j), 1.0};
      Integrals const part = at(level, nodes, outer);
      total.add(part);
      // The mass of the outermost counts is known; an inner sum ends where it falls and changes nothing.
      bool done = level > 0 || total.value[0] > 1 - 1e-9;
      for (std::size_t k = 0; k < total.scale.size(); ++k) done = done && !(part.scale[k] > 1e-17 * total.scale[k]);
      if ((done && part.value[0] <= before) || ended_) break;
      before = part.value[0];
    }
    return total;
  }

  Integrals over_panels(std::size_t level, double outer) {
    double const reach = coordinates_[level].reach();
    double const width = 2.0 * reach / panels_;
    std::vector<Panel> open;
    Integrals total(out_.size() + 1);
    std::vector<double> scale(total.value.size());
    for (int k = 0; k < panels_; ++k) {
      double const from = width * k - reach;
      open.push_back({from, from + width, 0, panel(level, from, from + width, outer)});
      for (std::size_t i = 0; i < scale.size(); ++i) scale[i] += open.back().integrals.scale[i];
    }
    if (level == 0) scale[0] = max(scale[0], 1.0);
    while (!open.empty() && !exhausted()) {
      Panel const whole = std::move(open.back());
      open.pop_back();
      double const middle = 0.5 * (whole.from + whole.to);
      Integrals left = panel(level, whole.from, middle, outer);
      Integrals right = panel(level, middle, whole.to, outer);
      bool agree = true;
      for (std::size_t k = 0; k < scale.size(); ++k) {
        double const allowed = max(total_tolerance * scale[k], panel_tolerance * (left.scale[k] + right.scale[k]));
        agree = agree && !(abs(left.value[k] + right.value[k] - whole.integrals.value[k]) > allowed);
      }
      if (agree || whole.halvings == most_halvings) {
        total.add(left);
        total.add(right);
      } else {
        open.push_back({middle, whole.to, whole.halvings + 1, std::move(right)});
        open.push_back({whole.from, middle, whole.halvings + 1, std::move(left)});
      }
    }
    return total;
  }

  Integrals panel(std::size_t level, double from, double to, double outer) {
    if (level == 0) return at(level, nodes_of(coordinates_[level], from, to), outer);
    // An inner panel is met again at every place outside it.
    auto const [known, is_new] = inner_nodes_.try_emplace({level, from, to});
    if (is_new) known->second = nodes_of(coordinates_[level], from, to);
    return at(level, known->second, outer);
  }

  /// The weighted sum over eight values of coordinate `level`.
  Integrals at(std::size_t level, Nodes const& nodes, double outer) {
    if (level + 1 == coordinates_.size()) return innermost(coordinates_[level].index, nodes, outer);
    Integrals total(out_.size() + 1);
    bool any_inside = false;
    for (auto const& node : nodes) {
      if (!(node.slope > 0 && abs(node.x) < HUGE_VAL)) continue;
      one_(0, coordinates_[level].index) = node.x;
      Integrals const inner = over(level + 1, outer * node.slope);
      any_inside = any_inside || inner.scale[0] > 0;
      total.add(inner, node.slope);
    }
    ended_ = !any_inside && total_seen_;
    total_seen_ = total_seen_ || any_inside;
    return total;
  }

  Integrals innermost(int index, Nodes const& nodes, double outer) {
    Integrals sums(out_.size() + 1);
    auto const in_reach = place(index, nodes);
    ended_ = in_reach == 0;
    if (in_reach == 0) return sums;
    ++batches_;
    Lanes const density = exp(law_.log_likelihood(one_, theta_.data()));
    std::array<double, lane_count> weight{};
    bool any_weight = false;
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const j = static_cast<std::size_t>(lane);
      if ((in_reach >> lane & 1) == 0) continue;
      // Not a number where a density overflows on its way to 0; if mass were lost, the total would tell.
      double const w = density[lane] * nodes[j].slope;
      if (!(w * outer > least_weight)) continue;
      weight[j] = w;
      any_weight = true;
    }
    if (!any_weight) return sums;
    f_(one_, out_.data());
    for (std::size_t k = 0; k < sums.value.size(); ++k) {
      double value = 0, scale = 0, tail = 0;
      for (int lane = 0; lane < lane_count; ++lane) {
        double const w = weight[static_cast<std::size_t>(lane)];
        if (w == 0) continue;
        double const term = k == 0 ? w : w * out_[k - 1][lane];
        value += term;
        scale += abs(term);
        if (w * outer < tail_weight) tail += abs(term);
      }
      sums.value[k] = value;
      sums.scale[k] = scale;
      sums.tail[k] = tail;
    }
    return sums;
  }

  /// Puts the nodes into the lanes; gives the lanes that lie in the support.
  unsigned place(int index, Nodes const& nodes) {
    unsigned inside = 0;
    for (int lane = 0; lane < lane_count; ++lane) {
      auto const& node = nodes[static_cast<std::size_t>(lane)];
      one_(0, index).set(lane, node.x);
      for (std::size_t d = 0; d < place_.size(); ++d) place_[d] = one_(0, static_cast<int>(d))[lane];
      if (node.slope > 0 && law_.in_support(place_)) inside |= 1u << lane;
    }
    return inside;
  }

  BatchModel const& law_;
  ObservationFunctions const& f_;
  std::vector<Coordinate> coordinates_;
  std::vector<Lanes> theta_;
  Sample one_;
  std::vector<double> place_;  // of one lane
  std::vector<Lanes> out_;
  std::map<std::tuple<std::size_t, double, double>, Nodes> inner_nodes_;  // by level and ends of the panel
  std::int64_t most_batches_;
  std::int64_t batches_ = 0;
  int panels_ = 0;
  bool ended_ = false;       // the last eight counts lay outside the support
  bool total_seen_ = false;  // some outer count had mass
};

bool settled(Integrals const& now, Integrals const& before, double tolerance) {
  for (std::size_t k = 0; k < now.value.size(); ++k)
    if (!(abs(now.value[k] - before.value[k]) <= tolerance * now.scale[k])) return false;
  return true;
}

}  // namespace

std::vector<double> expectation(BatchModel const& law, std::span<double const> theta, std::size_t size,
                                ObservationFunctions const& f, ExpectationSettings const& settings) {
  std::string const name = law.card().name;
  expects(law.dimension() <= 2, "expectations under " + name + " are not computed (observations have " +
                                    std::to_string(law.dimension()) + " coordinates, quadrature takes at most 2)");
  expects(law.in_space(theta), "the parameters are outside the space of " + name + ", choose others");
  Integrator integrator(law, theta, size, f, settings.most_batches);
  constexpr int first_panels = 16;
  constexpr int most_panels = 512;
  Integrals before = integrator.run(first_panels);
  bool whole = false;
  for (int panels = 2 * first_panels; panels <= most_panels && !integrator.exhausted(); panels *= 2) {
    Integrals const now = integrator.run(panels);
    whole = abs(now.value[0] - 1.0) <= settings.mass_tolerance;
    if (whole && settled(now, before, settings.tolerance) && !integrator.exhausted()) {
      for (std::size_t k = 1; k <= size; ++k)
        expects(now.tail[k] <= settings.tolerance * now.scale[k],
                "an expectation under " + name + " seems not to exist (the far tails contribute), use another law");
      return {now.value.begin() + 1, now.value.end()};
    }
    before = now;
  }
  expects(whole, "the density of " + name +
                     " is not found to have mass 1 (it is too narrow or too rough for the nodes, or not a density), "
                     "use less extreme parameters");
  throw InputError("an expectation under " + name +
                   " does not settle (what is averaged is not finite or too rough), use less extreme parameters");
}

}  // namespace fisherlab::sim
