#pragma once

#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "estimators/influence/problems/data.hpp"

namespace fisherlab::estimators::influence {

/// A loss L(z, theta) = -log p(y | x, theta) of an example z = (x, y), theta in R^p, with its derivatives for all rows
/// of a data set at once. Sums over rows carry weights w (n); a weight of zero removes the row. No penalty here: see
/// Risk. Laws (tests/support/problem_laws.hpp checks each at several theta): gradient = d loss, hessian = d gradient,
/// hessian_product = hessian v, third_product = d hessian_product along v, gradients sum to gradient,
/// input_derivative = d/dx of v' grad L.
template <class P>
concept Problem = requires(P const problem, Data const& data, Vector const& v, int row, std::uint64_t seed) {
  { problem.name() } -> std::convertible_to<std::string>;
  { problem.parameters() } -> std::convertible_to<std::vector<std::string>>;  // p names, "intercept" among them
  { problem.penalised() } -> std::convertible_to<Vector>;           // p: 1 under the penalty, 0 for intercepts
  { problem.losses(data, v) } -> std::convertible_to<Vector>;       // n: L(z_i, theta)
  { problem.gradients(data, v) } -> std::convertible_to<Matrix>;    // n x p: row i is grad L(z_i, theta)
  { problem.gradient(data, v, v) } -> std::convertible_to<Vector>;  // (w, theta): sum_i w_i grad L
  { problem.hessian(data, v, v) } -> std::convertible_to<Matrix>;   // (w, theta): sum_i w_i grad^2 L
  { problem.hessian_product(data, v, v, v) } -> std::convertible_to<Vector>;  // (w, theta, t): hessian t
  { problem.third_product(data, v, v, v) } -> std::convertible_to<Vector>;    // (w, theta, t): d/ds hessian(theta+st) t
  // d: gradient in the input x of row `row` of t' grad_theta L(z, theta); (data, row, theta, t)
  { problem.input_derivative(data, row, v, v) } -> std::convertible_to<Vector>;
  // n x C class probabilities, or n x 1 means
  { problem.outputs(data, v) } -> std::convertible_to<Matrix>;
  { problem.start(seed) } -> std::convertible_to<Vector>;  // where a search begins; zero where one minimum exists
};

/// A problem whose rows have low-rank, positive semidefinite curvature may offer a factor of it: curvature_factor(data,
/// row, theta) is F (p x r, r far below p) with grad^2 L(z_row, theta) = F F'. One-step removals then cost p^2 r a row
/// instead of p^3. Scalar linear predictor: sqrt(L''(eta)) (1, x), r = 1.
template <class P>
concept FactoredProblem = Problem<P> && requires(P const problem, Data const& data, Vector const& v, int row) {
  { problem.curvature_factor(data, row, v) } -> std::convertible_to<Matrix>;
};

/// The rows of a problem with one linear predictor eta = z'theta + offset, at some theta; w the weight of a row.
struct PredictorRows {
  Matrix z;              ///< n x p
  Vector expected;       ///< n: w times the mean of L''(eta) under the law that is fitted
  Vector score;          ///< n: minus w L'(eta)
  Vector half_deviance;  ///< n: w times what L exceeds its least value over eta by
};

/// A problem with one linear predictor may offer its rows, of which leverages and Cook's distances are made.
template <class P>
concept PredictorProblem = Problem<P> && requires(P const problem, Data const& data, Vector const& v) {
  { problem.predictor_rows(data, v) } -> std::convertible_to<PredictorRows>;
};

/// Any problem behind one type. Cheap to copy; safe to use from several threads.
class AnyProblem {
 public:
  /// Keeps `problem`, whose functions follow, with shapes as in Problem.
  template <Problem P>
  requires(!std::same_as<P, AnyProblem>) AnyProblem(P problem)
      : self_(std::make_shared<Erased<P>>(std::move(problem))) {}

  /// "logistic"
  std::string name() const { return self_->name(); }
  /// Names of the p parameters.
  std::vector<std::string> parameters() const { return self_->parameters(); }
  /// p: 1 under the penalty, 0 for intercepts.
  Vector penalised() const { return self_->penalised(); }
  /// n: L(z_i, theta).
  Vector losses(Data const& data, Vector const& theta) const { return self_->losses(data, theta); }
  /// n x p: row i is grad L(z_i, theta).
  Matrix gradients(Data const& data, Vector const& theta) const { return self_->gradients(data, theta); }
  /// p: sum_i w_i grad L(z_i, theta).
  Vector gradient(Data const& data, Vector const& w, Vector const& theta) const {
    return self_->gradient(data, w, theta);
  }
  /// p x p: sum_i w_i grad^2 L(z_i, theta).
  Matrix hessian(Data const& data, Vector const& w, Vector const& theta) const {
    return self_->hessian(data, w, theta);
  }
  /// p: hessian(data, w, theta) t.
  Vector hessian_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    return self_->hessian_product(data, w, theta, t);
  }
  /// p: d/ds hessian(data, w, theta + s t) t at s = 0.
  Vector third_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    return self_->third_product(data, w, theta, t);
  }
  /// d: gradient in the input x of row `row` of t' grad_theta L(z, theta).
  Vector input_derivative(Data const& data, int row, Vector const& theta, Vector const& t) const {
    return self_->input_derivative(data, row, theta, t);
  }
  /// n x C class probabilities, or n x 1 means.
  Matrix outputs(Data const& data, Vector const& theta) const { return self_->outputs(data, theta); }
  /// p: where a search begins; zero where one minimum exists.
  Vector start(std::uint64_t seed) const { return self_->start(seed); }
  /// Nothing where the problem offers no factor.
  std::optional<Matrix> curvature_factor(Data const& data, int row, Vector const& theta) const {
    return self_->curvature_factor(data, row, theta);
  }
  /// Nothing where the problem has more than one linear predictor, or none.
  std::optional<PredictorRows> predictor_rows(Data const& data, Vector const& theta) const {
    return self_->predictor_rows(data, theta);
  }

 private:
  struct Interface {
    virtual ~Interface() = default;
    virtual std::string name() const = 0;
    virtual std::vector<std::string> parameters() const = 0;
    virtual Vector penalised() const = 0;
    virtual Vector losses(Data const&, Vector const&) const = 0;
    virtual Matrix gradients(Data const&, Vector const&) const = 0;
    virtual Vector gradient(Data const&, Vector const&, Vector const&) const = 0;
    virtual Matrix hessian(Data const&, Vector const&, Vector const&) const = 0;
    virtual Vector hessian_product(Data const&, Vector const&, Vector const&, Vector const&) const = 0;
    virtual Vector third_product(Data const&, Vector const&, Vector const&, Vector const&) const = 0;
    virtual Vector input_derivative(Data const&, int, Vector const&, Vector const&) const = 0;
    virtual Matrix outputs(Data const&, Vector const&) const = 0;
    virtual Vector start(std::uint64_t) const = 0;
    virtual std::optional<Matrix> curvature_factor(Data const&, int, Vector const&) const = 0;
    virtual std::optional<PredictorRows> predictor_rows(Data const&, Vector const&) const = 0;
  };

  template <Problem P>
  struct Erased final : Interface {
    explicit Erased(P p) : problem(std::move(p)) {}
    std::string name() const override { return problem.name(); }
    std::vector<std::string> parameters() const override { return problem.parameters(); }
    Vector penalised() const override { return problem.penalised(); }
    Vector losses(Data const& d, Vector const& theta) const override { return problem.losses(d, theta); }
    Matrix gradients(Data const& d, Vector const& theta) const override { return problem.gradients(d, theta); }
    Vector gradient(Data const& d, Vector const& w, Vector const& theta) const override {
      return problem.gradient(d, w, theta);
    }
    Matrix hessian(Data const& d, Vector const& w, Vector const& theta) const override {
      return problem.hessian(d, w, theta);
    }
    Vector hessian_product(Data const& d, Vector const& w, Vector const& theta, Vector const& t) const override {
      return problem.hessian_product(d, w, theta, t);
    }
    Vector third_product(Data const& d, Vector const& w, Vector const& theta, Vector const& t) const override {
      return problem.third_product(d, w, theta, t);
    }
    Vector input_derivative(Data const& d, int row, Vector const& theta, Vector const& t) const override {
      return problem.input_derivative(d, row, theta, t);
    }
    Matrix outputs(Data const& d, Vector const& theta) const override { return problem.outputs(d, theta); }
    Vector start(std::uint64_t seed) const override { return problem.start(seed); }
    std::optional<Matrix> curvature_factor(Data const& d, int row, Vector const& theta) const override {
      if constexpr (FactoredProblem<P>) {
        return problem.curvature_factor(d, row, theta);
      } else {
        return std::nullopt;
      }
    }
    std::optional<PredictorRows> predictor_rows(Data const& d, Vector const& theta) const override {
      if constexpr (PredictorProblem<P>) {
        return problem.predictor_rows(d, theta);
      } else {
        return std::nullopt;
      }
    }
    P problem;
  };

  std::shared_ptr<Interface const> self_;
};

}  // namespace fisherlab::estimators::influence
