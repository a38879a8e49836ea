#include "estimators/influence/solvers/inverse_hessian.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <utility>

#include "base/expects.hpp"
#include "estimators/influence/problems/row_blocks.hpp"
#include "estimators/influence/solvers/definite.hpp"
#include "estimators/influence/solvers/krylov.hpp"

namespace fisherlab::estimators::influence {
namespace {

constexpr std::array<std::pair<Solver, char const*>, 4> solver_names{{{Solver::cholesky, "cholesky"},
                                                                      {Solver::conjugate_gradient, "cg"},
                                                                      {Solver::lissa, "lissa"},
                                                                      {Solver::lanczos, "lanczos"}}};

constexpr int default_rank = 100;
constexpr int lissa_iterations = 10'000;
constexpr int spectrum_steps = 30;

void expect_sensible(SolverSettings const& settings) {
  expects(settings.tolerance > 0 && settings.tolerance < 1,
          "the tolerance of the solver is " + four_digits(settings.tolerance) + ", give one between 0 and 1");
  expects(settings.damping >= 0 && std::isfinite(settings.damping),
          "the damping is " + four_digits(settings.damping) + ", give a finite number of at least 0");
  expects(settings.max_iterations >= 0 && settings.rank >= 0, "iterations and rank must not be negative");
}

int or_default(int asked, int otherwise) { return asked > 0 ? asked : otherwise; }

}  // namespace

char const* solver_text(Solver solver) {
  for (auto const& [known, text] : solver_names)
    if (known == solver) return text;
  return "";
}

std::optional<Solver> solver_of(std::string const& text) {
  for (auto const& [known, name] : solver_names)
    if (name == text) return known;
  return std::nullopt;
}

struct InverseHessian::Implementation {
  Risk risk;
  Vector theta;
  SolverSettings settings;
  Matrix hessian, factor;  // of Cholesky: H + d 1 = L L'
  double scale = 0;        // of LiSSA

  int size() const { return static_cast<int>(theta.size()); }

  Vector product(Vector const& t) const {
    Vector image = risk.hessian_product(theta, t);
    if (settings.damping > 0) image += settings.damping * t;
    return image;
  }

  void prepare_cholesky() {
    hessian = risk.hessian(theta);
    hessian.diagonal().array() += settings.damping;
    auto found = cholesky_factor(hessian);
    if (!found) refuse_indefinite(hessian, settings.damping > 0 ? "the damped Hessian" : "the Hessian");
    factor = *std::move(found);
  }

  void prepare_lissa() {
    auto const ends = spectrum([this](Vector const& t) { return product(t); }, size(), spectrum_steps);
    if (!(ends.smallest > 0)) throw InputError(negative_curvature(ends.smallest));
    scale = 1.05 * (ends.largest + ends.margin);
  }

  /// Solutions for the columns of v from the Cholesky factor, with one step of iterative refinement.
  std::vector<Solution> solve_cholesky(Matrix const& v) const {
    auto const lower = factor.triangularView<Eigen::Lower>();
    auto const inverse = [&](Matrix const& right) -> Matrix { return lower.transpose().solve(lower.solve(right)); };
    Matrix x = inverse(v);
    Matrix const residual = v - hessian * x;
    x += inverse(residual);
    Matrix const left = v - hessian * x;
    double const rounding = 10 * size() * std::numeric_limits<double>::epsilon() * hessian.norm();
    std::vector<Solution> solutions(static_cast<std::size_t>(v.cols()));
    for (Eigen::Index j = 0; j < v.cols(); ++j) {
      auto& solution = solutions[static_cast<std::size_t>(j)];
      double const length = v.col(j).norm();
      solution.x = x.col(j);
      solution.residual = length == 0 ? solution.x.norm() : left.col(j).norm() / length;
      solution.solved = solution.residual <= settings.tolerance || left.col(j).norm() <= rounding * x.col(j).norm();
      if (!solution.solved)
        solution.problem = "the Cholesky solution has residual " + four_digits(solution.residual) +
                           " above the tolerance " + four_digits(settings.tolerance);
    }
    return solutions;
  }

  Solution solve(Vector const& v) const {
    expects(v.size() == theta.size(), "the vector to solve for has " + std::to_string(v.size()) + " entries and " +
                                          "theta " + std::to_string(theta.size()) + ", they must agree");
    Product const times = [this](Vector const& t) { return product(t); };
    switch (settings.solver) {
      case Solver::conjugate_gradient:
        return conjugate_gradient(times, v, settings.tolerance, or_default(settings.max_iterations, 20 * size()));
      case Solver::lissa:
        return influence::lissa(times, scale, v, settings.tolerance,
                                or_default(settings.max_iterations, lissa_iterations));
      case Solver::lanczos:
        return influence::lanczos(times, v, settings.tolerance,
                                  std::min(size(), or_default(settings.rank, default_rank)));
      case Solver::cholesky:
        break;
    }
    return solve_cholesky(v).front();
  }
};

InverseHessian::InverseHessian(Risk const& risk, Vector const& theta, SolverSettings const& settings) {
  expect_sensible(settings);
  auto const p = risk.problem.penalised().size();
  expects(theta.size() == p, "theta has " + std::to_string(theta.size()) + " entries and the problem " +
                                 std::to_string(p) + " parameters, they must agree");
  auto made = std::make_shared<Implementation>(
      Implementation{.risk = risk, .theta = theta, .settings = settings, .hessian = {}, .factor = {}});
  if (settings.solver == Solver::cholesky) made->prepare_cholesky();
  if (settings.solver == Solver::lissa) made->prepare_lissa();
  implementation_ = std::move(made);
}

Solution InverseHessian::solve(Vector const& v) const { return implementation_->solve(v); }

std::vector<Solution> InverseHessian::solve_each(Matrix const& v, int threads) const {
  auto const& self = *implementation_;
  expects(v.rows() == self.theta.size(), "the vectors to solve for and theta have different lengths");
  std::vector<Solution> solutions(static_cast<std::size_t>(v.cols()));
  bool const dense = self.settings.solver == Solver::cholesky;
  for_row_blocks(static_cast<int>(v.cols()), dense ? 64 : 1, threads, [&](int first, int last) {
    auto const out = solutions.begin() + first;
    if (dense) {
      std::ranges::move(self.solve_cholesky(v.middleCols(first, last - first)), out);
    } else {
      *out = self.solve(v.col(first));
    }
  });
  return solutions;
}

SolverSettings const& InverseHessian::settings() const { return implementation_->settings; }

}  // namespace fisherlab::estimators::influence
