#include "claims/influence/counted_problem.hpp"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace fisherlab::claims {
namespace {

namespace influence = estimators::influence;
using influence::Data;
using influence::Matrix;
using influence::Vector;

class Counted {
 public:
  Counted(influence::AnyProblem inner, std::shared_ptr<Work> work) : inner_(std::move(inner)), work_(std::move(work)) {}

  std::string name() const { return inner_.name(); }
  std::vector<std::string> parameters() const { return inner_.parameters(); }
  Vector penalised() const { return inner_.penalised(); }
  Vector start(std::uint64_t seed) const { return inner_.start(seed); }

  Vector losses(Data const& data, Vector const& theta) const {
    add(data, theta, 1);
    return inner_.losses(data, theta);
  }
  Matrix outputs(Data const& data, Vector const& theta) const {
    add(data, theta, 1);
    return inner_.outputs(data, theta);
  }
  Matrix gradients(Data const& data, Vector const& theta) const {
    add(data, theta, 2);
    return inner_.gradients(data, theta);
  }
  Vector gradient(Data const& data, Vector const& w, Vector const& theta) const {
    add(data, theta, 2);
    return inner_.gradient(data, w, theta);
  }
  Vector hessian_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    add(data, theta, 3);  // z'theta, z't, and their sum over rows
    return inner_.hessian_product(data, w, theta, t);
  }
  Vector third_product(Data const& data, Vector const& w, Vector const& theta, Vector const& t) const {
    add(data, theta, 3);
    return inner_.third_product(data, w, theta, t);
  }
  Matrix hessian(Data const& data, Vector const& w, Vector const& theta) const {
    add(data, theta, theta.size());
    return inner_.hessian(data, w, theta);
  }
  Vector input_derivative(Data const& data, int row, Vector const& theta, Vector const& t) const {
    work_->multiplications += 2 * theta.size();
    return inner_.input_derivative(data, row, theta, t);
  }

 private:
  void add(Data const& data, Vector const& theta, Eigen::Index products) const {
    work_->multiplications += products * data.rows() * theta.size();
  }

  influence::AnyProblem inner_;
  std::shared_ptr<Work> work_;
};

}  // namespace

influence::AnyProblem counted(influence::AnyProblem const& problem, std::shared_ptr<Work> const& work) {
  return influence::AnyProblem(Counted(problem, work));
}

}  // namespace fisherlab::claims
