#include "estimators/influence/training/lbfgs.hpp"

#include <cmath>
#include <deque>
#include <limits>

namespace fisherlab::estimators::influence::detail {
namespace {

/// A step s and the change y of the gradient over it.
struct Pair {
  Vector s, y;
  double inverse_product;  ///< 1/(s'y)
};

/// -H g, H the inverse Hessian that the pairs stand for (two-loop recursion).
Vector direction_of(std::deque<Pair> const& pairs, Vector const& gradient) {
  Vector q = -gradient;
  std::vector<double> alpha(pairs.size());
  for (std::size_t k = pairs.size(); k-- > 0;) {
    alpha[k] = pairs[k].inverse_product * pairs[k].s.dot(q);
    q -= alpha[k] * pairs[k].y;
  }
  if (!pairs.empty()) q /= pairs.back().inverse_product * pairs.back().y.squaredNorm();
  for (std::size_t k = 0; k < pairs.size(); ++k)
    q += (alpha[k] - pairs[k].inverse_product * pairs[k].y.dot(q)) * pairs[k].s;
  return q;
}

/// The point along `direction` that meets the weak Wolfe conditions, or `from` when none is found.
Point search(Risk const& risk, Point const& from, Vector const& direction, double first) {
  double const slope = from.gradient.dot(direction);
  double low = 0, high = std::numeric_limits<double>::infinity(), t = first;
  for (int k = 0; k < 40; ++k) {
    Point to = point_at(risk, from.theta + t * direction);
    if (!(to.risk <= from.risk + 1e-4 * t * slope))
      high = t;
    else if (to.gradient.dot(direction) < 0.9 * slope)
      low = t;
    else
      return to;
    t = std::isinf(high) ? 2 * low : 0.5 * (low + high);
  }
  return from;
}

}  // namespace

Point point_at(Risk const& risk, Vector theta) {
  Point point{std::move(theta), 0, {}, 0};
  point.risk = risk.value(point.theta);
  point.gradient = risk.gradient(point.theta);
  point.norm = point.gradient.norm();
  return point;
}

Point lbfgs(Risk const& risk, Point start, int steps, double gradient_norm, int& taken) {
  constexpr std::size_t memory = 10;
  std::deque<Pair> pairs;
  Point here = std::move(start);
  for (int k = 0; k < steps && here.norm > gradient_norm; ++k) {
    Vector const direction = direction_of(pairs, here.gradient);
    Point next = search(risk, here, direction, pairs.empty() ? std::min(1.0, 1 / here.norm) : 1.0);
    Pair pair{next.theta - here.theta, next.gradient - here.gradient, 0};
    double const product = pair.s.dot(pair.y);
    if (!(product > 0)) break;  // no point found, or rounding
    pair.inverse_product = 1 / product;
    if (pairs.size() == memory) pairs.pop_front();
    pairs.push_back(std::move(pair));
    here = std::move(next);
    ++taken;
  }
  return here;
}

}  // namespace fisherlab::estimators::influence::detail
