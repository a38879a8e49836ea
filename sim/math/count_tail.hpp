#pragma once

#include <algorithm>
#include <cmath>

namespace fisherlab::sim {

/// P(J > c) of a law on 0, 1, 2 … `last` whose probabilities have the ratio P(J = j + 1)/P(J = j) = ratio(j), falling
/// in j. Summed from the mode outwards with weights relative to it, so nothing but a tail below 1e-300 of the largest
/// probability underflows, and no factorial is formed. `Real` is `double` or a Dual of it.
template <class Real, class Ratio>
Real count_tail(double c, double last, Ratio const& ratio) {
  auto const rises = [&](double j) { return ratio(j) > Real(1.0); };
  double mode = 0, beyond = std::min(1.0, last);
  for (; beyond < last && rises(beyond); beyond = std::min(2 * beyond, last)) mode = beyond;
  while (mode < beyond) {
    double const middle = std::floor(0.5 * (mode + beyond));
    if (rises(middle))
      mode = middle + 1;
    else
      beyond = middle;
  }

  constexpr double negligible = 1e-18;
  Real above = 0.0, rest = 0.0;
  auto const add = [&](double j, Real const& weight) {
    if (j > c)
      above = above + weight;
    else
      rest = rest + weight;
  };
  Real weight = 1.0;
  add(mode, weight);
  for (double j = mode; j < last;) {
    weight = weight * ratio(j);
    j += 1;
    if (weight <= (j > c ? negligible * above : Real(0.0))) break;
    add(j, weight);
  }
  weight = 1.0;
  for (double j = mode; j > 0;) {
    j -= 1;
    weight = weight / ratio(j);
    if (weight <= negligible * (above + rest)) break;
    add(j, weight);
  }
  return above / (above + rest);
}

}  // namespace fisherlab::sim
