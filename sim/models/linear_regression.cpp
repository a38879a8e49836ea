#include "sim/models/linear_regression.hpp"

#include "sim/models/interface/instantiate.hpp"
#include "sim/models/parts/draw_limits.hpp"

namespace fisherlab::sim {

ModelCard LinearRegression::card() {
  return {
      .name = "linear_regression",
      .title = "Linear regression with normal errors on a random, known design",
      .parameters = {"intercept", "slope", "sd"},
      .domains = {Domain::real, Domain::real, Domain::positive},
      .constants = {},
      .formula = "log p = -z^2/2 - log sd - log(2 pi)/2 - x^2/2 - log(2 pi)/2 with z = (y - intercept - slope x)/sd",
      .support = "x, y real; the design is x ~ N(0, 1)",
      .ranges = {Range::line, Range::line},
      .information = "diag(1, 1, 2)/sd^2",
      .estimate =
          "least squares and the root of the mean squared residual (divisor n), in closed form; does not exist for "
          "n below 3, equal x, or observations on a line",
      .hypotheses = "meets all; the k-th moment of the estimate exists for n > k + 1",
      .moments = {.slope = 1, .offset = 1},
      .source = "derived in sim/models/linear_regression.hpp",
      .draw_problem = &draws::of_line};
}

Lanes LinearRegression::sums(Sample const& sample, Theta<Lanes, 3> const& t, Theta<Lanes, 3>& score,
                             Symmetric<Lanes, 3>& hessian) const {
  Lanes const count = static_cast<double>(sample.n());
  Lanes const inverse = 1.0 / t[2];
  Lanes sx = 0.0, sxx = 0.0, sz = 0.0, sxz = 0.0, szz = 0.0;
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    Lanes const x = sample(i, 0);
    Lanes const z = (sample(i, 1) - t[0] - t[1] * x) * inverse;
    sx += x;
    sxx += x * x;
    sz += z;
    sxz += x * z;
    szz += z * z;
  }
  Lanes const w = inverse * inverse;
  score = {sz * inverse, sxz * inverse, (szz - count) * inverse};
  hessian = {-count * w, -sx * w, -sxx * w, -2.0 * sz * w, -2.0 * sxz * w, (count - 3.0 * szz) * w};
  return -0.5 * (szz + sxx) - count * (log(t[2]) + log_two_pi);
}

LinearRegression::Totals::Line LinearRegression::Totals::through(Sample const& sample, std::int64_t begin,
                                                                 std::int64_t end) {
  auto const n = static_cast<double>(end - begin);
  Lanes mx = 0.0, my = 0.0;
  for (std::int64_t i = begin; i < end; ++i) {
    mx += sample(i, 0);
    my += sample(i, 1);
  }
  mx = mx / n;
  my = my / n;
  Lanes sxx = 0.0, sxy = 0.0, syy = 0.0;
  for (std::int64_t i = begin; i < end; ++i) {
    Lanes const x = sample(i, 0) - mx, y = sample(i, 1) - my;
    sxx += x * x;
    sxy += x * y;
    syy += y * y;
  }
  Lanes const slope = select(sxx > Lanes(0.0), sxy / sxx, Lanes(0.0));
  Lanes squares = 0.0;
  for (std::int64_t i = begin; i < end; ++i) {
    Lanes const e = (sample(i, 1) - my) - slope * (sample(i, 0) - mx);
    squares += e * e;
  }
  return {n, mx, my, sxx, syy, slope, squares};
}

LinearRegression::Totals::Line LinearRegression::Totals::through_both(Line const& first, Line const& second) {
  double const count = first.count + second.count, share = second.count / count, weight = first.count * share;
  Lanes const dx = second.mean_x - first.mean_x, dy = second.mean_y - first.mean_y;
  Lanes const spread_x = (first.spread_x + second.spread_x) + dx * dx * weight;
  Lanes const turn = second.slope - first.slope;
  Lanes const pull = second.spread_x * turn + weight * dx * (dy - first.slope * dx);
  Lanes const moved = select(spread_x > Lanes(0.0), pull / spread_x, Lanes(0.0));  // from the first slope
  Lanes const slope = first.slope + moved, left = turn - moved, step = dy - slope * dx;
  return {count,
          first.mean_x + share * dx,
          first.mean_y + share * dy,
          spread_x,
          (first.spread_y + second.spread_y) + dy * dy * weight,
          slope,
          (first.residual + second.residual) + first.spread_x * moved * moved + second.spread_x * left * left +
              weight * step * step};
}

void LinearRegression::Totals::add(Sample const& tile) {
  each_tile(tile.n(), [&](std::int64_t begin, std::int64_t size) {
    Line const here = through(tile, begin, begin + size);
    line_ = line_.count == 0 ? here : through_both(line_, here);
  });
}

LaneSet LinearRegression::fit(Totals const& totals, Theta<Lanes, 3>& theta) const {
  auto const& [n, mx, my, sxx, syy, slope, squares] = totals.line_;
  Lanes const sd = sqrt(squares / n);
  theta = {my - slope * mx, slope, sd};
  // Spreads within the rounding error of the sums are none.
  double const rounding = n * 0x1p-52;
  auto const spread = sqrt(sxx / n) > rounding * abs(mx);
  auto const residuals = sd > rounding * (abs(my) + sqrt(syy / n));
  return n < 3 ? LaneSet{0} : to_set(spread & residuals);
}

template AnyModel make<LinearRegression>(std::span<double const>);

}  // namespace fisherlab::sim
