#pragma once

#include <cmath>
#include <cstddef>
#include <memory_resource>
#include <vector>

#include "estimators/coordinates.hpp"
#include "estimators/maximise.hpp"
#include "estimators/saddles.hpp"
#include "estimators/scratch.hpp"
#include "sim/math/cholesky.hpp"
#include "sim/models/interface/derived_information.hpp"

namespace fisherlab::estimators {

inline constexpr int most_evaluations = 200;
inline constexpr double settled_decrement = 1e-12;
/// Within a thousandth of a standard error: as close as can be seen where rounding stops a search.
inline constexpr double stalled_decrement = 1e-6;
/// Along a likelihood that levels off towards an edge or to infinity, slope and curvature fall together, and a search
/// settles on the way. It is looked at again where its last step is long, by this in a log or logit coordinate or by
/// this share of where it is on the line: several coordinates run off together;
inline constexpr double long_last_step = 0.1;
/// or where the standard error of a coordinate, the others held, is: this in a log or logit one, so many times its
/// place on the line.
inline constexpr double long_error = 10.0;
/// One standard error from a maximum the log likelihood has fallen by 1/2, were it a parabola; where it has not fallen
/// by this much it is no maximum.
inline constexpr double least_fall = 0.05;
/// Where a coordinate's variance is so many times that with the others held, what settled may be a saddle, and points
/// beside it are looked at; from the second number on, or where the log likelihood is not concave, thoroughly.
inline constexpr double flat_variance = 1e3;
inline constexpr double very_flat_variance = 1e4;
/// In log and logit coordinates a longer step would leave the region where the quadratic model means anything.
inline constexpr double longest_step = 2.0;

/// One search for a maximum (maximise.hpp), from theta over the parameters that are not fixed.
class Search {
  using LaneMask = sim::LaneMask;
  using Lanes = sim::Lanes;
  using LaneSet = sim::LaneSet;

 public:
  Search(sim::BatchModel const& model, sim::Sample const& sample, Lanes* theta, ParameterSet fixed)
      : model_(model),
        card_(model.card()),
        sample_(sample),
        theta_(theta),
        p_(static_cast<std::size_t>(model.parameter_count())),
        is_whole_(fixed == 0) {
    free_.reserve(p_);
    for (std::size_t a = 0; a < p_; ++a)
      if ((fixed >> a & 1u) == 0) free_.push_back(a);
    slopes_.resize(free_.size());
    for (LaneRow* row : {&base_, &step_, &before_, &trial_, &gradient_, &stiffness_}) row->resize(free_.size());
    for (LaneRow* row : {&curvature_, &scoring_}) row->resize(sim::packed_size(free_.size()));
  }

  LaneSet run(Lanes& log_likelihood) {
    if (free_.empty()) {
      evaluations_ += 1.0;
      log_likelihood = model_.log_likelihood(sample_, theta_);
      return to_set(abs(log_likelihood) < Lanes(HUGE_VAL));
    }
    Lanes value = evaluate(sim::to_mask(sim::all_lanes));
    LaneMask found = sim::to_mask(0);
    LaneMask open = abs(value) < Lanes(HUGE_VAL);
    LaneMask const started = open;
    for (std::size_t k = 0; k < free_.size(); ++k) base_[k] = to_working(domain(k), theta_[free_[k]]);
    Lanes best = value;
    Lanes fraction = 1.0;
    Lanes decrement = newton_step(sim::to_mask(sim::all_lanes));
    take(open, fraction);
    LaneMask last = decrement < Lanes(settled_decrement);  // the step just taken is the last one of these lanes
    LaneMask escaped = runs_off(open & last, value, decrement, fraction);
    found = found | (open & last & !escaped);
    open = open & !last;
    for (int evaluation = 1; evaluation < most_evaluations && any(open); ++evaluation) {
      value = evaluate(open);
      // Rounding of a sum of n terms must not look like a fall.
      Lanes const slack = 1e-11 * (1.0 + abs(best));
      LaneMask const rose = value >= best - slack;
      LaneMask const accepted = open & rose;
      for (std::size_t k = 0; k < free_.size(); ++k)
        base_[k] = select(accepted, base_[k] + fraction * step_[k], base_[k]);
      best = select(accepted, value, best);
      decrement = select(accepted, newton_step(accepted), decrement);
      fraction = select(accepted, Lanes(1.0), 0.5 * fraction);
      LaneMask stuck = open & (fraction < Lanes(1e-9));
      // The gain that is left would not show in the log likelihood: on by the score.
      if (!may_have_kinks()) stuck = stuck | (open & (fraction < Lanes(0.1)) & (decrement < 100.0 * slack));
      if (may_have_kinks()) {
        take(stuck, 0.0);
        found = found | stuck;
      }
      open = open & !stuck;
      take(open, fraction);
      last = accepted & (decrement < Lanes(settled_decrement));
      escaped = escaped | runs_off(open & last, best, decrement, fraction);
      found = found | (open & last & !escaped);
      open = open & !last;
    }
    if (LaneMask const left = started & !found & !escaped; any(left)) found = found | settle_by_score(left, best);
    log_likelihood = best;
    return to_set(found);
  }

  Lanes const& evaluations() const { return evaluations_; }
  /// Lanes that are found, if they are no saddles.
  Suspects const& suspects() const { return suspects_; }

 private:
  /// The log likelihood at theta with its derivatives, counted in the lanes of `where`.
  Lanes evaluate(LaneMask const& where) {
    evaluations_ += select(where, Lanes(1.0), Lanes(0.0));
    return model_.derivatives(sample_, theta_, score_.data(), hessian_.data());
  }

  /// Ends the search of the lanes of `where`, in which the log likelihood tells no step from its rounding (it sums
  /// large terms that cancel), by the score alone: Newton steps for as long as they lower the decrement. A lane has
  /// found its maximum when the decrement settles, or stalls as near as rounding allows.
  LaneMask settle_by_score(LaneMask where, Lanes& best) {
    LaneMask found = sim::to_mask(0);
    if (may_have_kinks()) return found;
    take(where, 0.0);
    evaluate(where);
    Lanes decrement = newton_step(where);
    for (int step = 0; step < 50 && any(where); ++step) {
      take(where, 1.0);
      Lanes const value = evaluate(where);
      before_ = step_;
      Lanes const next = newton_step(where);
      Lanes const no_fall = best - 1e-6 * (1.0 + abs(best));
      LaneMask const nearer = where & (next < 0.5 * decrement) & (value >= no_fall);
      for (std::size_t k = 0; k < free_.size(); ++k) {
        base_[k] = select(nearer, base_[k] + before_[k], base_[k]);
        step_[k] = select(nearer, step_[k], before_[k]);
      }
      best = select(nearer, value, best);
      decrement = select(nearer, next, decrement);
      LaneMask const stalled = where & !nearer;
      take(stalled, 0.0);
      LaneMask const settled = nearer & (decrement < Lanes(settled_decrement));
      found = found | settled | (stalled & (decrement < Lanes(stalled_decrement)));
      where = nearer & !settled;
    }
    return found & !runs_off(found, best, decrement, Lanes(0.0));
  }

  /// Lanes of `where` whose likelihood levels off where a search for all parameters settled, with its decrement: theta
  /// is base + fraction x step, then and after.
  LaneMask runs_off(LaneMask const& where, Lanes const& best, Lanes const& decrement, Lanes const& fraction) {
    LaneMask levels_off = sim::to_mask(0);
    if (!is_whole_ || may_have_kinks() || !any(where)) return levels_off;
    LaneMask is_long = sim::to_mask(0);
    for (std::size_t k = 0; k < free_.size(); ++k) is_long = is_long | (abs(step_[k]) > long_last_step * unit(k));
    is_long = is_long & where;
    if (any(is_long)) {
      take(is_long, 1.0 / sqrt(decrement));  // as long as one standard error
      levels_off = is_long & !falls(is_long, best);
      take(is_long, fraction);
    }
    for (std::size_t k = 0; k < free_.size(); ++k) {
      Lanes const error = 1.0 / sqrt(stiffness_[k]);
      is_long = where & !(error < long_error * unit(k));
      if (!any(is_long)) continue;
      Lanes& t = theta_[free_[k]];
      Lanes const here = t;
      for (double const side : {-1.0, 1.0}) {
        t = select(is_long, from_working(domain(k), base_[k] + fraction * step_[k] + side * error), here);
        levels_off = levels_off | (is_long & !falls(is_long, best));
      }
      t = here;
    }
    suspect_saddles(where & !levels_off, best, fraction);
    return levels_off;
  }

  /// Suspects lanes of `where` that settled where the log likelihood is flat to second order in one direction, a column
  /// of the inverse of the curvature, and those where it is not even concave.
  void suspect_saddles(LaneMask const& where, Lanes const& best, Lanes const& fraction);
  /// Whether it rises along the line of steps in trial_.
  LaneMask rises_beside(std::size_t k, LaneMask const& flat, Lanes const& best, Lanes const& fraction);
  void suspect_along(std::size_t k, LaneSet lanes);

  /// What a coordinate's steps are measured by: 1 in log and logit coordinates, its distance from 0 on the line.
  Lanes unit(std::size_t k) const { return sim::has_ends(domain(k)) ? Lanes(1.0) : abs(base_[k]); }

  /// Whether the log likelihood lies clearly below the best; counted in the lanes of `where`.
  LaneMask falls(LaneMask const& where, Lanes const& best) {
    evaluations_ += select(where, Lanes(1.0), Lanes(0.0));
    return model_.log_likelihood(sample_, theta_) < best - least_fall;
  }

  /// Outside the hypotheses a maximum may be a kink, from which no step leads upwards.
  bool may_have_kinks() const { return card_.regularity == sim::Regularity::outside; }

  sim::Domain domain(std::size_t k) const { return card_.domains[free_[k]]; }

  /// Sets step_ of the lanes of `where` from the derivatives at the current theta; gives g' A^-1 g.
  Lanes newton_step(LaneMask const& where) {
    int const f = static_cast<int>(free_.size());
    for (std::size_t k = 0; k < free_.size(); ++k) {
      slopes_[k] = slope(domain(k), theta_[free_[k]]);
      gradient_[k] = score_[free_[k]] * slopes_[k].first;
    }
    for (std::size_t k = 0; k < free_.size(); ++k)
      for (std::size_t l = 0; l <= k; ++l) {
        Lanes& entry = curvature_[sim::packed_index(k, l)];
        entry = -hessian_[sim::packed_index(free_[k], free_[l])] * slopes_[k].first * slopes_[l].first;
        if (k == l) entry = entry - score_[free_[k]] * slopes_[k].second;
      }
    for (std::size_t k = 0; k < free_.size(); ++k)
      stiffness_[k] = select(where, curvature_[sim::packed_index(k, k)], stiffness_[k]);
    LaneMask const concave = sim::factorise(curvature_.data(), f);
    concave_ = (where & concave) | (concave_ & !where);
    if (!all(concave)) {
      find_total_information();
      for (std::size_t k = 0; k < free_.size(); ++k)
        for (std::size_t l = 0; l <= k; ++l)
          scoring_[sim::packed_index(k, l)] =
              information_[sim::packed_index(free_[k], free_[l])] * slopes_[k].first * slopes_[l].first;
      sim::factorise(scoring_.data(), f);
      for (std::size_t k = 0; k < scoring_.size(); ++k) curvature_[k] = select(concave, curvature_[k], scoring_[k]);
    }
    trial_ = gradient_;
    sim::solve_factorised(curvature_.data(), f, trial_.data());
    Lanes decrement = 0.0;
    Lanes shrink = 1.0;
    Lanes size = 0.0;
    for (Lanes const& entry : curvature_) size += abs(entry);
    for (std::size_t k = 0; k < free_.size(); ++k) {
      decrement += gradient_[k] * trial_[k];
      if (sim::has_ends(domain(k))) shrink = min(shrink, longest_step / max(abs(trial_[k]), Lanes(longest_step)));
    }
    for (std::size_t k = 0; k < free_.size(); ++k) step_[k] = select(where, shrink * trial_[k], step_[k]);
    // Where the curvature overflowed, a decrement of 0 would mean nothing.
    return select(size < Lanes(HUGE_VAL), decrement, Lanes(HUGE_VAL));
  }

  /// n times the information at the current theta; where the model has none of its own, and it would cost an integral a
  /// step, sum s s', whose mean it is at the truth (Berndt, Hall, Hall and Hausman, 1974).
  void find_total_information() {
    if (has_information_) {
      model_.information(theta_, information_.data());
      for (auto& entry : information_) entry = entry * static_cast<double>(sample_.n());
      return;
    }
    std::vector<Lanes> score(score_.size()), hessian(hessian_.size());
    model_.score_products(sample_, theta_, score.data(), information_.data(), hessian.data());
  }

  /// Moves the lanes of `where` to base + fraction x step.
  void take(LaneMask const& where, Lanes const& fraction) {
    for (std::size_t k = 0; k < free_.size(); ++k) {
      Lanes& t = theta_[free_[k]];
      t = select(where, from_working(domain(k), base_[k] + fraction * step_[k]), t);
    }
  }

  sim::BatchModel const& model_;
  sim::ModelCard const& card_;
  sim::Sample const& sample_;
  Lanes* theta_;
  std::size_t p_;
  bool is_whole_;  ///< no parameter is held
  bool has_information_ = !card_.information.starts_with(sim::derived_mark);
  Scratch scratch_;
  std::pmr::vector<std::size_t> free_{scratch_.arena()};
  std::pmr::vector<Slope> slopes_{scratch_.arena()};  ///< of the free parameters, as all rows of `f` below
  LaneRow score_ = scratch_.row(p_), hessian_ = scratch_.row(sim::packed_size(p_));
  LaneRow information_ = scratch_.row(sim::packed_size(p_));
  LaneRow base_ = scratch_.row(0), step_ = scratch_.row(0), before_ = scratch_.row(0), trial_ = scratch_.row(0);
  LaneRow stiffness_ = scratch_.row(0);  ///< curvature of each coordinate alone
  LaneRow gradient_ = scratch_.row(0), curvature_ = scratch_.row(0), scoring_ = scratch_.row(0);
  LaneMask concave_ = sim::to_mask(0);  ///< where the log likelihood was concave at the last step
  Suspects suspects_;
  Lanes evaluations_ = 0.0;
};

}  // namespace fisherlab::estimators
