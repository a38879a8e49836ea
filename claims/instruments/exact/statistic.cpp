#include "claims/instruments/exact/statistic.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <sstream>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "claims/instruments/maps/whitening.hpp"
#include "sim/math/elementary.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;
using sim::Lanes;
using sim::Sample;

/// I^-1/2 s of one observation, a lane each.
class WhitenedScore {
 public:
  explicit WhitenedScore(Law const& law)
      : score_(law), whitening_(score_whitening(law)), raw_(law.theta.size()), values_(law.theta.size()) {}
  std::vector<Lanes> const& operator()(Sample const& one) {
    score_(one, raw_.data());
    whitening_.apply(raw_.data(), values_.data());
    return values_;
  }

 private:
  ScoreOfOne score_;
  LaneMatrix whitening_;
  std::vector<Lanes> raw_, values_;
};

/// E f f' for functions f (p) of one observation.
template <class F>
MatrixXd mean_square(Law const& law, F const& f) {
  auto const p = law.theta.size();
  auto const values = expectation_of(law, p * (p + 1) / 2, [&](Sample const& one, Lanes* out) {
    std::vector<Lanes> const at = f(one);
    std::size_t k = 0;
    for (std::size_t a = 0; a < p; ++a)
      for (std::size_t b = 0; b <= a; ++b) out[k++] = at[a] * at[b];
  });
  auto const order = static_cast<Eigen::Index>(p);
  MatrixXd result(order, order);
  std::size_t k = 0;
  for (Eigen::Index a = 0; a < order; ++a)
    for (Eigen::Index b = 0; b <= a; ++b) result(a, b) = result(b, a) = values[k++];
  return result;
}

/// 1 in the lanes with lower < x <= upper.
Lanes indicator(Lanes const& x, double lower, double upper) {
  Lanes result(0.0);
  for (int lane = 0; lane < sim::lane_count; ++lane)
    if (x[lane] > lower && x[lane] <= upper) result.set(lane, 1.0);
  return result;
}

/// Sum over cells of G G'/P, P = P(cell), G = E[w 1(cell)].
MatrixXd kept_by_cells(Law const& law, std::vector<double> const& cuts) {
  auto const p = law.theta.size();
  auto const cells = cuts.size() + 1;
  WhitenedScore score(law);
  auto const values = expectation_of(law, cells * (p + 1), [&](Sample const& one, Lanes* out) {
    auto const& w = score(one);
    for (std::size_t k = 0; k < cells; ++k) {
      double const lower = k == 0 ? -HUGE_VAL : cuts[k - 1];
      double const upper = k + 1 == cells ? HUGE_VAL : cuts[k];
      Lanes const inside = indicator(one(0, 0), lower, upper);
      Lanes* const place = out + k * (p + 1);
      place[0] = inside;
      for (std::size_t a = 0; a < p; ++a) place[1 + a] = inside * w[a];
    }
  });
  auto const order = static_cast<Eigen::Index>(p);
  MatrixXd result = MatrixXd::Zero(order, order);
  for (std::size_t k = 0; k < cells; ++k) {
    double const probability = values[k * (p + 1)];
    if (!(probability > 0)) continue;
    Eigen::Map<VectorXd const> const slope(values.data() + k * (p + 1) + 1, order);
    result += slope * slope.transpose() / probability;
  }
  return result;
}

MatrixXd kept_by_rounding(Law const& law, double width) {
  double const mean = expectation_of(law, 1, [](Sample const& one, Lanes* out) { out[0] = one(0, 0); })[0];
  double const variance = expectation_of(law, 1, [&](Sample const& one, Lanes* out) {
    Lanes const x = one(0, 0) - mean;
    out[0] = x * x;
  })[0];
  constexpr double reach = 10;  // standard deviations
  constexpr double most_cells = 400;
  double const first = std::floor((mean - reach * std::sqrt(variance)) / width);
  double const last = std::ceil((mean + reach * std::sqrt(variance)) / width);
  expects(last - first <= most_cells, "the width of the rounding leaves more than 400 cells, choose a larger one");
  std::vector<double> cuts;
  for (double k = first; k <= last; ++k) cuts.push_back((k + 0.5) * width);
  return kept_by_cells(law, cuts);
}

MatrixXd kept_by_censoring(Law const& law, double end) {
  WhitenedScore score(law);
  MatrixXd const seen = mean_square(law, [&](Sample const& one) {
    auto w = score(one);
    Lanes const inside = indicator(one(0, 0), -HUGE_VAL, end);
    for (auto& each : w) each = inside * each;
    return w;
  });
  auto const p = law.theta.size();
  auto const above = expectation_of(law, p + 1, [&](Sample const& one, Lanes* out) {
    auto const& w = score(one);
    out[0] = indicator(one(0, 0), end, HUGE_VAL);
    for (std::size_t a = 0; a < p; ++a) out[1 + a] = out[0] * w[a];
  });
  Eigen::Map<VectorXd const> const slope(above.data() + 1, static_cast<Eigen::Index>(p));
  return above[0] > 0 ? MatrixXd(seen + slope * slope.transpose() / above[0]) : seen;
}

/// m(|x|) = (p(x) w(x) + p(-x) w(-x))/(p(x) + p(-x)).
MatrixXd kept_by_absolute(Law const& law) {
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  WhitenedScore score(law);
  return mean_square(law, [&](Sample const& one) {
    Sample other(1, 1);
    other(0, 0) = -1.0 * one(0, 0);
    Lanes const ratio =
        sim::exp(law.model->log_likelihood(other, theta.data()) - law.model->log_likelihood(one, theta.data()));
    auto result = score(one);
    auto const& there = score(other);
    for (std::size_t a = 0; a < result.size(); ++a) result[a] = (result[a] + ratio * there[a]) / (1.0 + ratio);
    return result;
  });
}

/// Of two counts: P(t) = sum_x p(x) p(t - x), and its derivative 2 sum_x p(x) w(x) p(t - x). Two observations carry 2
/// I.
MatrixXd kept_by_sum(Law const& law) {
  constexpr std::size_t most_counts = 4096;
  auto const p = static_cast<Eigen::Index>(law.theta.size());
  std::vector<Lanes> const theta(law.theta.begin(), law.theta.end());
  WhitenedScore score(law);
  std::vector<double> probability;
  std::vector<VectorXd> slope;  // p(x) w(x)
  double mass = 0;
  Sample one(1, 1);
  for (std::size_t x = 0; mass < 1 - 1e-13; ++x) {
    expects(x < most_counts, "the counts reach beyond 4,096, choose a theta with smaller ones");
    double const count = static_cast<double>(x);
    if (!law.model->in_support({&count, 1})) break;
    one(0, 0) = Lanes(count);
    probability.push_back(std::exp(law.model->log_likelihood(one, theta.data())[0]));
    mass += probability.back();
    auto const& w = score(one);
    VectorXd each(p);
    for (Eigen::Index a = 0; a < p; ++a) each(a) = probability.back() * w[static_cast<std::size_t>(a)][0];
    slope.push_back(each);
  }
  MatrixXd result = MatrixXd::Zero(p, p);
  for (std::size_t t = 0; t + 1 < 2 * probability.size(); ++t) {
    double total = 0;
    VectorXd derivative = VectorXd::Zero(p);
    auto const first = t < probability.size() ? std::size_t{0} : t - probability.size() + 1;
    for (std::size_t x = first; x <= std::min(t, probability.size() - 1); ++x) {
      total += probability[x] * probability[t - x];
      derivative += 2 * probability[t - x] * slope[x];
    }
    if (total > 0) result += derivative * derivative.transpose() / (2 * total);
  }
  return result;
}

/// Of n observations: the density of the largest is n F^(n - 1) p, its score s + (n - 1) grad F/F; of the least with
/// 1 - F in the place of F. n observations carry n I.
MatrixXd kept_by_extreme(Law const& law, double n, bool is_least) {
  auto const p = law.theta.size();
  auto const whitening = score_whitening(law);
  ScoreOfOne score(law);
  std::vector<Lanes> raw(p), whitened(p);
  return mean_square(law, [&](Sample const& one) {
    score(one, raw.data());
    Lanes weight(0.0);
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      auto const tail = law.model->offers().properties.value({sim::Quantity::Kind::tail, one(0, 0)[lane]}, law.theta);
      double const beyond = tail ? (is_least ? tail->value : 1 - tail->value) : 0.0;
      if (!(beyond > 0)) {
        for (auto& each : raw) each.set(lane, 0.0);
        continue;
      }
      weight.set(lane, std::sqrt(std::pow(beyond, n - 1)));
      for (std::size_t a = 0; a < p; ++a)
        raw[a].set(lane, raw[a][lane] + (n - 1) * (is_least ? 1 : -1) * tail->gradient[a] / beyond);
    }
    whitening.apply(raw.data(), whitened.data());
    for (auto& each : whitened) each = weight * each;  // E over the law of X, density n F^(n - 1), out of n I
    return whitened;
  });
}

bool is_of_counts(Law const& law) {
  auto const& ranges = law.model->card().ranges;
  return !ranges.empty() && ranges[0] == sim::Range::counts;
}

}  // namespace

std::vector<std::string> statistic_names() {
  return {"sign", "cells", "rounded", "censored", "absolute", "sum", "minimum", "maximum"};
}

std::string Statistic::text() const {
  std::string text = statistic_names()[static_cast<std::size_t>(kept)];
  for (std::size_t k = 0; k < at.size(); ++k) text += (k == 0 ? "(" : " ") + exact_text(at[k]);
  return at.empty() ? text : text + ")";
}

Statistic statistic_of(std::string const& name, std::string const& at) {
  auto const names = statistic_names();
  auto const place = std::ranges::find(names, name);
  expects(place != names.end(), "there is no statistic of that name, choose one of the option's list");
  Statistic result{static_cast<Kept>(place - names.begin()), {}};
  std::istringstream words(at);
  for (double number = 0; words >> number;) result.at.push_back(number);
  expects(words.eof() && std::ranges::all_of(result.at, [](double x) { return std::isfinite(x); }),
          "option at needs numbers with spaces between them");
  bool const needs_none = result.kept == Kept::sign || result.kept == Kept::absolute || result.kept == Kept::sum;
  auto const count = result.at.size();
  expects(needs_none                   ? count == 0
          : result.kept == Kept::cells ? count >= 1
                                       : count == 1,
          "statistic " + name +
              (needs_none ? " takes no numbers, leave option at out" : " needs its number, give option at"));
  expects(std::ranges::is_sorted(result.at, std::ranges::less_equal()),
          "the numbers of option at do not rise, sort them");
  expects(result.kept != Kept::rounded || result.at[0] > 0, "the width of a rounding is above 0, set another at");
  bool const is_extreme = result.kept == Kept::minimum || result.kept == Kept::maximum;
  expects(!is_extreme || (result.at[0] >= 2 && result.at[0] <= 1000 && result.at[0] == std::floor(result.at[0])),
          "the least or largest is of 2 to 1000 observations, set another at");
  return result;
}

void expects_statistic(Law const& law, Statistic const& statistic) {
  auto const& name = law.model->card().name;
  expects(law.model->dimension() == 1,
          "statistics are of observations of one number, and one of " + name + " has several; choose another model");
  expects(statistic.kept != Kept::sum || is_of_counts(law),
          "the sum of two is formed for counts, and " + name + " has none; choose another statistic");
  bool const is_extreme = statistic.kept == Kept::minimum || statistic.kept == Kept::maximum;
  expects(!is_extreme || (!is_of_counts(law) && law.model->offers().properties.state(sim::Quantity::Kind::tail)),
          "the least or largest needs a continuous law with a formula for P(X > c), and " + name +
              " is none; choose another statistic");
  bool const is_split = statistic.kept == Kept::sign || statistic.kept == Kept::absolute;
  expects(!is_split || law.model->card().ranges.empty() || law.model->card().ranges[0] == sim::Range::line,
          "sign and absolute value need a law on the whole line, and " + name + " is none; choose another statistic");
}

MatrixXd share_kept(Law const& law, Statistic const& statistic) {
  expects_statistic(law, statistic);
  switch (statistic.kept) {
    case Kept::sign:
      return kept_by_cells(law, {0.0});
    case Kept::cells:
      return kept_by_cells(law, statistic.at);
    case Kept::rounded:
      return kept_by_rounding(law, statistic.at[0]);
    case Kept::censored:
      return kept_by_censoring(law, statistic.at[0]);
    case Kept::absolute:
      return kept_by_absolute(law);
    case Kept::sum:
      return kept_by_sum(law);
    case Kept::minimum:
    case Kept::maximum:
      break;
  }
  return kept_by_extreme(law, statistic.at[0], statistic.kept == Kept::minimum);
}

}  // namespace fisherlab::claims
