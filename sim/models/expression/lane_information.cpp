#include "sim/models/expression/lane_information.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "sim/math/elementary.hpp"
#include "sim/models/expression/place.hpp"
#include "sim/models/interface/theta.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {
namespace {

constexpr double mass_tolerance = 1e-9;
constexpr double entry_tolerance = 1e-6;

/// Nodes with their weights, and what they sum to: the mass, then the information (q).
class WeightedNodes {
 public:
  WeightedNodes(LawPrograms const& programs, Lanes const* theta)
      : programs_(programs), p_(static_cast<std::size_t>(programs.variables.p)), theta_(theta) {}

  void add(Lanes const& x, Lanes const& weight) {
    x_.push_back(x);
    weights_.push_back(weight);
  }
  std::vector<Lanes> sums() const {
    std::vector<Lanes> result(1 + packed_size(p_));
    Lanes const* const columns[] = {x_.data(), weights_.data()};
    programs_.weighted(columns, static_cast<std::int64_t>(x_.size()), {theta_, p_}, result.data());
    return result;
  }

 private:
  LawPrograms const& programs_;
  std::size_t p_;
  Lanes const* theta_;
  std::vector<Lanes> x_, weights_;
};

/// Whether the mass is 1.
LaneMask is_whole(Lanes const& mass) { return abs(mass - 1.0) < Lanes(mass_tolerance); }

/// Whether two symmetric matrices agree, relative to the diagonal of the first.
LaneMask agree(Lanes const* one, Lanes const* other, std::size_t p) {
  LaneMask result = to_mask(all_lanes);
  for (std::size_t a = 0; a < p; ++a)
    for (std::size_t b = 0; b <= a; ++b) {
      auto const k = packed_index(a, b);
      Lanes const size = sqrt(abs(one[packed_index(a, a)] * one[packed_index(b, b)]));
      result = result & (abs(one[k] - other[k]) <= entry_tolerance * size);
    }
  return result;
}

LaneSet over_density(LawPrograms const& programs, Support const& support, Lanes const* theta, Lanes* packed) {
  constexpr int half = 96;
  auto const p = static_cast<std::size_t>(programs.variables.p);
  ObservationScale const scale(support);
  Sample one(1, 1);
  auto const place = place_of(scale, [&](Lanes const& x) {
    Lanes value;
    one(0) = x;
    programs.value(one, {theta, p}, &value);
    return value;
  });
  double const step = (scale.is_circle() ? pi : 5.0) / half;
  WeightedNodes even(programs, theta), odd(programs, theta);
  for (int k = -half; k < half + (scale.is_circle() ? 0 : 1); ++k) {  // the ends of a circle are one
    auto const [y, slope] = placed(scale, place, k * step);
    (k % 2 == 0 ? even : odd).add(scale.observation(y), step * slope * exp(scale.log_slope(y)));
  }
  auto const coarse = even.sums();
  auto whole = odd.sums();
  std::vector<Lanes> doubled;
  for (std::size_t k = 0; k < whole.size(); ++k) {
    whole[k] += coarse[k];
    doubled.push_back(2.0 * coarse[k]);
  }
  std::copy(whole.begin() + 1, whole.end(), packed);
  return to_set(is_whole(whole[0]) & agree(packed, doubled.data() + 1, p));
}

LaneSet over_counts(LawPrograms const& programs, Support const& support, Lanes const* theta, Lanes* packed) {
  constexpr double at_once = 64, most = 4096;
  auto const p = static_cast<std::size_t>(programs.variables.p);
  std::vector<Lanes> total(1 + packed_size(p), Lanes(0.0));
  auto before = total;
  LaneMask done = to_mask(0);
  for (double first = support.lower; first <= std::min(support.upper, support.lower + most); first += at_once) {
    WeightedNodes nodes(programs, theta);
    for (double x = first; x < first + at_once && x <= support.upper; ++x) nodes.add(x, 1.0);
    auto const part = nodes.sums();
    before = total;
    for (std::size_t k = 0; k < total.size(); ++k) total[k] += part[k];
    done = is_whole(total[0]) & (part[0] < Lanes(1e-14)) & agree(total.data() + 1, before.data() + 1, p);
    if (all(done)) break;
  }
  bool const is_finite_support = support.upper - support.lower <= most;
  std::copy(total.begin() + 1, total.end(), packed);
  return to_set(is_finite_support ? is_whole(total[0]) : done);
}

}  // namespace

LaneSet lane_information(LawPrograms const& programs, Support const& support, Lanes const* theta, Lanes* packed) {
  return support.is_counts() ? over_counts(programs, support, theta, packed)
                             : over_density(programs, support, theta, packed);
}

}  // namespace fisherlab::sim
