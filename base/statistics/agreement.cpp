#include "base/statistics/agreement.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "base/expects.hpp"

namespace fisherlab {
namespace {

Eigen::VectorXd centred(Eigen::VectorXd const& x) { return x.array() - x.mean(); }

double correlation(Eigen::VectorXd const& x, Eigen::VectorXd const& y) {
  Eigen::VectorXd const a = centred(x), b = centred(y);
  return std::clamp(a.dot(b) / (a.norm() * b.norm()), -1.0, 1.0);  // NaN stays NaN
}

}  // namespace

Agreement agreement(Eigen::VectorXd const& predicted, Eigen::VectorXd const& actual) {
  expects(predicted.size() == actual.size(), "there are " + std::to_string(predicted.size()) + " predictions and " +
                                                 std::to_string(actual.size()) + " actual effects, give pairs");
  expects(predicted.size() >= 3, "agreement needs at least three pairs, give more");
  std::vector<int> finite;
  for (int i = 0; i < static_cast<int>(predicted.size()); ++i)
    if (std::isfinite(predicted[i]) && std::isfinite(actual[i])) finite.push_back(i);
  if (finite.size() < 3) {
    double const nan = std::numeric_limits<double>::quiet_NaN();
    return {nan, nan, nan, nan, nan, static_cast<int>(finite.size())};
  }
  Eigen::VectorXd const x = predicted(finite), y = actual(finite);
  Eigen::VectorXd const about = centred(x);
  Agreement result;
  result.slope = about.dot(centred(y)) / about.squaredNorm();
  result.intercept = y.mean() - result.slope * x.mean();
  result.relative_error = (y - x).norm() / y.norm();
  result.pearson = correlation(x, y);
  result.spearman = correlation(ranks(x), ranks(y));
  result.pairs = static_cast<int>(finite.size());
  return result;
}

Eigen::VectorXd ranks(Eigen::VectorXd const& values) {
  expects(!values.hasNaN(), "a NaN has no rank, leave it out");
  std::vector<std::ptrdiff_t> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](auto a, auto b) { return values[a] < values[b]; });
  Eigen::VectorXd result(values.size());
  for (auto first = order.begin(); first != order.end();) {
    auto const last = std::find_if(first, order.end(), [&](auto i) { return values[i] != values[*first]; });
    // Places first + 1 ... last, counted from one, average to this.
    double const rank = 0.5 * static_cast<double>((first - order.begin()) + 1 + (last - order.begin()));
    for (auto i = first; i != last; ++i) result[*i] = rank;
    first = last;
  }
  return result;
}

}  // namespace fisherlab
