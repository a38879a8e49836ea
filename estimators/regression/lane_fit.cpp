#include "estimators/regression/lane_fit.hpp"

#include <cmath>
#include <limits>

#include "sim/math/cholesky.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using sim::Lanes;

constexpr double short_step = 1e-14;  ///< squared
constexpr double long_step = 1e-2;    ///< squared: beside a likelihood that hardly rises, a sign of no maximum
constexpr double hardly_a_rise = 1e-8;
constexpr int most_evaluations = 80;
constexpr double longest_size_step = 2;

/// Value, gradient and minus the Hessian in (gamma, log size), packed.
struct Sums {
  Lanes value = 0.0;
  std::vector<Lanes> gradient;
  std::vector<Lanes> curvature;

  explicit Sums(Eigen::Index count)
      : gradient(static_cast<std::size_t>(count), Lanes(0.0)),
        curvature(static_cast<std::size_t>(count * (count + 1) / 2), Lanes(0.0)) {}
};

Lanes predictor(RegressionDesign const& design, Eigen::Index i, std::vector<Lanes> const& gamma) {
  Lanes eta = design.offset(i);
  double const* const z = design.row(i);
  for (std::size_t j = 0; j < gamma.size(); ++j) eta += z[j] * gamma[j];
  return eta;
}

template <class Row>
void add_rows(Row const& row, RegressionDesign const& design, Responses const& y, LanePoint const& point, Sums& sums) {
  auto const p = point.gamma.size();
  Lanes* const size_row = sums.curvature.data() + p * (p + 1) / 2;
  for (Eigen::Index i = 0; i < design.rows(); ++i) {
    double const* const z = design.row(i);
    double const w = design.weight(i);
    auto const terms = row(y[i], predictor(design, i, point.gamma));
    sums.value += w * terms.log_likelihood;
    Lanes const score = w * terms.score, weight = w * terms.observed;
    Lanes* entry = sums.curvature.data();
    for (std::size_t j = 0; j < p; ++j) {
      sums.gradient[j] += z[j] * score;
      Lanes const part = z[j] * weight;
      for (std::size_t k = 0; k <= j; ++k) *entry++ += z[k] * part;
    }
    if constexpr (requires { terms.size_score; }) {
      sums.gradient[p] += w * terms.size_score;
      Lanes const cross = w * terms.cross;
      for (std::size_t k = 0; k < p; ++k) size_row[k] += z[k] * cross;
      size_row[p] += w * terms.size_curve;
    }
  }
}

/// Calls `visit` with the family's formulas for one row.
template <class Visit>
void with_row(Family family, Lanes const& log_size, Visit const& visit) {
  switch (family) {
    case Family::logistic:
      return visit(LogisticRow());
    case Family::poisson:
      return visit(PoissonRow());
    case Family::negative_binomial:
      return visit(NegativeBinomialRow<Lanes>{exp(log_size)});
    case Family::linear:
      break;  // least squares are solved, not searched
  }
}

class Search {
 public:
  Search(Family family, RegressionDesign const& design, Responses const& y, LanePoint const& start,
         LaneConstraint const* constraint)
      : family_(family),
        design_(design),
        y_(y),
        constraint_(constraint),
        has_size_(family == Family::negative_binomial),
        count_(design.rank() + (has_size_ ? 1 : 0)),
        largest_size_(has_size_ ? largest_log_size(design, y) : Lanes(0.0)),
        here_(start),
        step_(static_cast<std::size_t>(count_), Lanes(0.0)) {
    here_.log_size = min(here_.log_size, largest_size_);
    trial_ = here_;
  }

  LaneFit run() {
    Lanes best = -std::numeric_limits<double>::infinity();
    auto active = best < Lanes(0.0), found = !active;
    for (int k = 0; k < most_evaluations && any(active); ++k) {
      Sums sums(count_);
      with_row(family_, trial_.log_size, [&](auto const& row) { add_rows(row, design_, y_, trial_, sums); });
      auto const accepted = active & (sums.value >= best - (1e-12 + 1e-13 * abs(sums.value)));
      auto const hardly = sums.value - best < Lanes(hardly_a_rise);
      move(accepted);
      best = select(accepted, sums.value, best);
      auto const solved = new_step(sums, accepted);
      Lanes const length = squared_length();
      auto const ends = accepted & solved & (length < Lanes(short_step));
      auto const lost =
          (accepted & ((hardly & (length > Lanes(long_step))) | !solved)) | ((length < Lanes(1e-24)) & !accepted);
      halve(active & !accepted);
      try_step();
      move(ends);
      found = found | ends;
      active = active & !ends & !lost;
    }
    return {here_, best, to_set(found)};
  }

 private:
  std::size_t p() const { return here_.gamma.size(); }

  /// Takes the trial for where we are.
  void move(sim::LaneMask const& lanes) {
    for (std::size_t j = 0; j < p(); ++j) here_.gamma[j] = select(lanes, trial_.gamma[j], here_.gamma[j]);
    here_.log_size = select(lanes, trial_.log_size, here_.log_size);
  }

  void halve(sim::LaneMask const& lanes) {
    for (auto& s : step_) s = select(lanes, 0.5 * s, s);
  }

  void try_step() {
    for (std::size_t j = 0; j < p(); ++j) trial_.gamma[j] = here_.gamma[j] + step_[j];
    if (has_size_) trial_.log_size = min(here_.log_size + step_[p()], largest_size_);
  }

  Lanes squared_length() const {
    Lanes sum = 0.0;
    for (auto const& s : step_) sum += s * s;
    return sum;
  }

  /// The Newton step from accepted trials; gives where it could be had.
  sim::LaneMask new_step(Sums& sums, sim::LaneMask const& accepted) {
    int const count = static_cast<int>(count_);
    if (has_size_) hold_large_sizes(sums);
    auto factor = sums.curvature;
    auto definite = sim::factorise(factor.data(), count);
    if (has_size_ && !all(definite)) {  // far from the maximum in the size alone
      auto apart = sums.curvature;
      Lanes* const size_row = apart.data() + p() * (p() + 1) / 2;
      for (std::size_t k = 0; k < p(); ++k) size_row[k] = select(definite, size_row[k], Lanes(0.0));
      size_row[p()] = select(definite, size_row[p()], abs(size_row[p()]) + abs(sums.gradient[p()]) + 1e-300);
      definite = sim::factorise(apart.data(), count);
      factor = apart;
    }
    auto step = sums.gradient;
    sim::solve_factorised(factor.data(), count, step.data());
    if (constraint_ != nullptr) project(factor, step);
    if (has_size_) step[p()] = max(min(step[p()], Lanes(longest_size_step)), Lanes(-longest_size_step));
    for (std::size_t j = 0; j < step.size(); ++j) step_[j] = select(accepted, step[j], step_[j]);
    return definite;
  }

  /// Where the size would grow beyond all bounds the law is Poisson's, and the size stays.
  void hold_large_sizes(Sums& sums) const {
    Lanes* const size_row = sums.curvature.data() + p() * (p() + 1) / 2;
    auto const held = (trial_.log_size >= largest_size_) & (sums.gradient[p()] >= Lanes(0.0));
    for (std::size_t k = 0; k < p(); ++k) size_row[k] = select(held, Lanes(0.0), size_row[k]);
    size_row[p()] = select(held, Lanes(1.0), size_row[p()]);
    sums.gradient[p()] = select(held, Lanes(0.0), sums.gradient[p()]);
  }

  /// Takes out of the step what would change c'gamma.
  void project(std::vector<Lanes> const& factor, std::vector<Lanes>& step) const {
    std::vector<Lanes> along(step.size(), Lanes(0.0));
    for (std::size_t j = 0; j < p(); ++j) along[j] = constraint_->c[static_cast<Eigen::Index>(j)];
    sim::solve_factorised(factor.data(), static_cast<int>(count_), along.data());
    Lanes moved = 0.0, unit = 0.0;
    for (std::size_t j = 0; j < p(); ++j) {
      double const c = constraint_->c[static_cast<Eigen::Index>(j)];
      moved += c * step[j];
      unit += c * along[j];
    }
    Lanes const share = moved / unit;
    for (std::size_t j = 0; j < step.size(); ++j) step[j] -= share * along[j];
  }

  Family family_;
  RegressionDesign const& design_;
  Responses y_;
  LaneConstraint const* constraint_;
  bool has_size_;
  Eigen::Index count_;
  Lanes largest_size_;
  LanePoint here_, trial_;
  std::vector<Lanes> step_;
};

}  // namespace

Lanes largest_log_size(RegressionDesign const& design, Responses const& y) {
  Lanes sum = 0.0;
  double total = 0;
  for (Eigen::Index i = 0; i < design.rows(); ++i) {
    sum += design.weight(i) * y[i];
    total += design.weight(i);
  }
  return log(1e7 * max(sum / total, Lanes(1.0)));
}

LaneFit fit_lanes(Family family, RegressionDesign const& design, Responses const& y, LanePoint const& start,
                  LaneConstraint const* constraint) {
  return Search(family, design, y, start, constraint).run();
}

void rows_at(Family family, RegressionDesign const& design, Responses const& y, LanePoint const& point, Index first,
             std::span<LaneRow> out) {
  auto const at = [first](std::size_t k) { return first + static_cast<Index>(k); };
  for (std::size_t k = 0; k < out.size() && family == Family::linear; ++k) {
    double const w = design.weight(at(k));
    Lanes const eta = predictor(design, at(k), point.gamma);
    out[k] = {eta, eta, w * (y[at(k)] - eta), w * Lanes(1.0)};
  }
  with_row(family, point.log_size, [&](auto const& row) {
    for (std::size_t k = 0; k < out.size(); ++k) {
      double const w = design.weight(at(k));
      Lanes const eta = predictor(design, at(k), point.gamma);
      auto const terms = row(y[at(k)], eta);
      out[k] = {eta, terms.mean, w * terms.score, w * terms.expected};
    }
  });
}

std::vector<Lanes> lane_factor(RegressionDesign const& design, Eigen::VectorXd const& v) {
  auto const p = static_cast<std::size_t>(design.rank());
  std::vector<Lanes> factor(p * (p + 1) / 2, Lanes(0.0));
  for (Index i = 0; i < design.rows(); ++i) add_product(design.row(i), v[i], p, factor.data());
  sim::factorise(factor.data(), static_cast<int>(p));
  return factor;
}

}  // namespace fisherlab::estimators
