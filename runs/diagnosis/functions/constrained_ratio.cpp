#include "runs/diagnosis/functions/constrained_ratio.hpp"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "base/dense/cholesky.hpp"
#include "estimators/coordinates.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {
namespace {

constexpr int most_evaluations = 120;
constexpr double settled_decrement = 1e-10, met_constraint = 1e-8, longest_step = 2, shortest_fraction = 1e-6;

/// The search of one lane.
struct Search {
  Eigen::VectorXd base, step;  ///< in working coordinates
  double fraction = 0, log_likelihood = 0, miss = 0, weight = 0;
  bool is_open = true, is_found = false, is_started = false;

  double merit(double l, double c) const { return -l + weight * std::fabs(c); }
};

class Searches {
 public:
  Searches(sim::AnyModel const& model, FunctionOf const& f, sim::Sample const& sample,
           std::vector<sim::Lanes> const& start, sim::Lanes const& value)
      : model_(model),
        f_(f),
        sample_(sample),
        scale_(scale_of(model->card(), f)),
        p_(start.size()),
        theta_(start),
        score_(p_),
        hessian_(sim::packed_size(p_)),
        information_(sim::packed_size(p_)) {
    for (std::size_t a = 0; a < p_; ++a) start_.push_back(estimators::to_working(domain(a), start[a]));
    for (int lane = 0; lane < sim::lane_count; ++lane)
      wanted_[static_cast<std::size_t>(lane)] = claims::on_scale(scale_, value[lane]).value;
  }

  ConstrainedRatio run(sim::Lanes const& log_likelihood) {
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      auto& s = lanes_[static_cast<std::size_t>(lane)];
      s.base = s.step = Eigen::VectorXd::Zero(static_cast<Eigen::Index>(p_));
      for (std::size_t a = 0; a < p_; ++a) s.base[static_cast<Eigen::Index>(a)] = start_[a][lane];
      s.is_open = s.base.allFinite() && std::isfinite(wanted_[static_cast<std::size_t>(lane)]);
    }
    for (int evaluation = 0; evaluation < most_evaluations; ++evaluation) {
      if (std::none_of(lanes_.begin(), lanes_.end(), [](auto const& s) { return s.is_open; })) break;
      place();
      sim::Lanes const l = model_->derivatives(sample_, theta_.data(), score_.data(), hessian_.data());
      model_->information(theta_.data(), information_.data());
      for (int lane = 0; lane < sim::lane_count; ++lane)
        if (lanes_[static_cast<std::size_t>(lane)].is_open) look(lane, l[lane]);
    }
    ConstrainedRatio result{std::numeric_limits<double>::quiet_NaN(), {}};
    for (int lane = 0; lane < sim::lane_count; ++lane) {
      auto& s = lanes_[static_cast<std::size_t>(lane)];
      s.fraction = 0;
      if (s.is_found) result.ratio.set(lane, std::max(2 * (log_likelihood[lane] - s.log_likelihood), 0.0));
    }
    place();
    result.theta = theta_;
    return result;
  }

 private:
  sim::Domain domain(std::size_t a) const { return model_->card().domains[a]; }

  /// theta of each lane, at the end of its step.
  void place() {
    for (std::size_t a = 0; a < p_; ++a) {
      sim::Lanes working;
      for (int lane = 0; lane < sim::lane_count; ++lane) {
        auto const& s = lanes_[static_cast<std::size_t>(lane)];
        auto const k = static_cast<Eigen::Index>(a);
        working.set(lane, s.base[k] + s.fraction * s.step[k]);
      }
      theta_[a] = estimators::from_working(domain(a), working);
    }
  }

  /// Takes the point of a lane, or halves the step that led there.
  void look(int lane, double l) {
    auto& s = lanes_[static_cast<std::size_t>(lane)];
    claims::Law there{model_, {}};
    for (auto const& component : theta_) there.theta.push_back(component[lane]);
    bool const is_inside = std::isfinite(l) && model_->in_space(there.theta);
    auto const g = is_inside ? constraint_at(there, wanted_[static_cast<std::size_t>(lane)]) : std::nullopt;
    double const slack = 1e-11 * (1 + std::fabs(s.log_likelihood));
    bool const is_taken = g && std::isfinite(g->miss) &&
                          (!s.is_started || s.merit(l, g->miss) <= s.merit(s.log_likelihood, s.miss) + slack);
    if (!is_taken) {
      s.fraction *= 0.5;
      s.is_open = s.is_started && s.fraction > shortest_fraction;
      return;
    }
    s.base += s.fraction * s.step;
    s.log_likelihood = l;
    s.miss = g->miss;
    s.is_started = true;
    s.fraction = 1;
    s.is_open = make_step(lane, *g, s);
  }

  struct Constraint {
    double miss;               ///< value - g, on the scale
    Eigen::VectorXd gradient;  ///< of g, on the scale, in working coordinates
    Eigen::VectorXd slopes;    ///< of theta in working coordinates
  };

  std::optional<Constraint> constraint_at(claims::Law const& law, double wanted) const {
    auto const g = function_value(law, f_);
    if (!g) return {};
    auto const size = static_cast<Eigen::Index>(p_);
    auto const here = claims::on_scale(scale_, g->value);
    Constraint result{wanted - here.value, Eigen::VectorXd(size), Eigen::VectorXd(size)};
    for (std::size_t a = 0; a < p_; ++a) {
      auto const k = static_cast<Eigen::Index>(a);
      result.slopes[k] = estimators::slope(domain(a), sim::Lanes(law.theta[a])).first[0];
      result.gradient[k] = here.slope * g->gradient[a] * result.slopes[k];
    }
    return result.gradient.allFinite() ? std::optional(result) : std::nullopt;
  }

  /// The next step; false where the search has ended.
  bool make_step(int lane, Constraint const& g, Search& s) {
    auto const size = static_cast<Eigen::Index>(p_);
    Eigen::VectorXd score(size);
    Eigen::MatrixXd information(size, size);
    for (std::size_t a = 0; a < p_; ++a) {
      auto const i = static_cast<Eigen::Index>(a);
      score[i] = score_[a][lane] * g.slopes[i];
      for (std::size_t b = 0; b < p_; ++b) {
        auto const j = static_cast<Eigen::Index>(b);
        information(i, j) =
            static_cast<double>(sample_.n()) * information_[sim::packed_index(a, b)][lane] * g.slopes[i] * g.slopes[j];
      }
    }
    if (!score.allFinite() || !information.allFinite()) return false;
    Cholesky const factor(information);
    if (!factor.positive_definite()) return false;
    Eigen::VectorXd const newton = factor.solve(score), along = factor.solve(g.gradient);
    double const spread = g.gradient.dot(along);
    if (!(spread > 0)) return false;
    double const multiplier = (s.miss - g.gradient.dot(newton)) / spread;
    s.step = newton + multiplier * along;
    double const inside = score.dot(newton) - std::pow(g.gradient.dot(newton), 2) / spread;
    s.is_found = std::fabs(s.miss) <= met_constraint * (1 + std::sqrt(spread)) && inside <= settled_decrement;
    if (s.is_found) return false;
    s.weight = std::max(s.weight, 2 * std::fabs(multiplier));
    double const length = s.step.cwiseAbs().maxCoeff();
    if (length > longest_step) s.step *= longest_step / length;
    return true;
  }

  sim::AnyModel model_;
  FunctionOf const& f_;
  sim::Sample const& sample_;
  claims::Scale scale_;
  std::size_t p_;
  std::vector<sim::Lanes> theta_, score_, hessian_, information_, start_;
  std::array<double, sim::lane_count> wanted_{};  ///< value, on the scale
  std::array<Search, sim::lane_count> lanes_;
};

}  // namespace

ConstrainedRatio constrained_ratio(sim::AnyModel const& model, FunctionOf const& f, sim::Sample const& sample,
                                   sim::Lanes const& log_likelihood, std::vector<sim::Lanes> const& start,
                                   sim::Lanes const& value) {
  return Searches(model, f, sample, start, value).run(log_likelihood);
}

}  // namespace fisherlab::runs
