#include "estimators/regression/check_sums.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "sim/math/cholesky.hpp"

namespace fisherlab::estimators {
namespace {

using Eigen::Index;
using sim::Lanes;

class DispersionSum final : public CheckSum {
 public:
  explicit DispersionSum(RegressionDesign const& design)
      : degrees_(static_cast<double>(design.rows() - design.rank())) {}
  void add(Index /*i*/, LaneRow const& row, Lanes const& /*leverage*/) override { sum_ += squared_residual(row); }
  Lanes statistic() const override { return sum_ / degrees_; }

 private:
  double degrees_;
  Lanes sum_ = 0.0;
};

class LinkSum final : public CheckSum {
 public:
  explicit LinkSum(LaneResiduals const& r) : r_(r), b_(static_cast<std::size_t>(r.design.rank()), Lanes(0.0)) {}

  void add(Index i, LaneRow const& row, Lanes const& /*leverage*/) override {
    Lanes const off = row.eta - r_.centre, square = off * off, weighted = square * row.expected;
    parts_.numerator += square * row.score;
    parts_.length += square * weighted;
    double const* const z = r_.design.row(i);
    for (std::size_t j = 0; j < b_.size(); ++j) b_[j] += z[j] * weighted;
  }

  LinkParts parts() const {
    auto result = parts_;
    auto b = b_;
    sim::solve_lower(r_.factor.data(), static_cast<int>(b.size()), b.data());
    result.own = result.length;
    for (auto const& each : b) result.own -= each * each;
    return result;
  }
  Lanes statistic() const override {
    auto const all = parts();
    return all.numerator * all.numerator / (all.own * r_.dispersion);
  }

 private:
  LaneResiduals const& r_;
  LinkParts parts_;
  std::vector<Lanes> b_;
};

class VarianceSum final : public CheckSum {
 public:
  explicit VarianceSum(RegressionDesign const& design)
      : design_(design), b_(static_cast<std::size_t>(design.rank()), Lanes(0.0)) {}

  void add(Index i, LaneRow const& row, Lanes const& /*leverage*/) override {
    double const w = design_.weight(0);
    Lanes const e = squared_residual(row);
    sum_ += e;
    squares_ += e * e;
    for (std::size_t j = 0; j < b_.size(); ++j) b_[j] += w * design_.row(i)[j] * e;
  }
  Lanes statistic() const override {
    double const n = static_cast<double>(design_.rows()), w = design_.weight(0);
    Lanes explained = 0.0;
    for (auto const& each : b_) explained += each * each;
    Lanes const about_zero = sum_ * sum_ / n;
    return n * (explained / w - about_zero) / (squares_ - about_zero);
  }

 private:
  RegressionDesign const& design_;
  std::vector<Lanes> b_;
  Lanes sum_ = 0.0, squares_ = 0.0;
};

class NormalitySum final : public CheckSum {
 public:
  explicit NormalitySum(LaneResiduals const& r) : dispersion_(r.dispersion) {
    for (auto& u : residuals_) u.reserve(static_cast<std::size_t>(r.design.rows()));
  }

  void add(Index /*i*/, LaneRow const& row, Lanes const& leverage) override {
    for (std::size_t lane = 0; lane < residuals_.size(); ++lane) {
      int const k = static_cast<int>(lane);
      double const scale = std::sqrt(dispersion_[k] * row.expected[k] * std::max(1 - leverage[k], 1e-10));
      residuals_[lane].push_back(row.score[k] / scale);
    }
  }
  Lanes statistic() const override {
    Lanes result = 0.0;
    for (std::size_t lane = 0; lane < residuals_.size(); ++lane) {
      auto u = residuals_[lane];
      std::sort(u.begin(), u.end());
      auto const n = u.size();
      double sum = 0;
      for (std::size_t i = 0; i < n; ++i) {
        double const lower = std::max(sim::normal_cdf(u[i]), 1e-300);
        double const upper = std::max(sim::normal_cdf(-u[n - 1 - i]), 1e-300);
        sum += (2 * static_cast<double>(i) + 1) * (sim::log(lower) + sim::log(upper));
      }
      result.set(static_cast<int>(lane), -static_cast<double>(n) - sum / static_cast<double>(n));
    }
    return result;
  }

 private:
  Lanes dispersion_;
  std::array<std::vector<double>, sim::lane_count> residuals_ = {};
};

class NeighboursSum final : public CheckSum {
 public:
  void add(Index /*i*/, LaneRow const& row, Lanes const& /*leverage*/) override {
    Lanes const square = squared_residual(row);
    Lanes const residual = select(row.score < Lanes(0.0), -sqrt(square), sqrt(square));
    products_ += residual * before_;
    squares_ += square;
    before_ = residual;
  }
  Lanes statistic() const override { return products_ / squares_; }

 private:
  Lanes products_ = 0.0, squares_ = 0.0, before_ = 0.0;
};

}  // namespace

std::unique_ptr<CheckSum> check_sum(RegressionCheck check, LaneResiduals const& residuals) {
  switch (check) {
    case RegressionCheck::dispersion:
      return std::make_unique<DispersionSum>(residuals.design);
    case RegressionCheck::link:
      return std::make_unique<LinkSum>(residuals);
    case RegressionCheck::variance:
      return std::make_unique<VarianceSum>(residuals.design);
    case RegressionCheck::normality:
      return std::make_unique<NormalitySum>(residuals);
    case RegressionCheck::neighbours:
      break;
  }
  return std::make_unique<NeighboursSum>();
}

LinkParts link_parts(LaneResiduals const& residuals) {
  LinkSum sum(residuals);
  residuals.for_each([&](Index i, LaneRow const& row, Lanes const& leverage) { sum.add(i, row, leverage); });
  return sum.parts();
}

}  // namespace fisherlab::estimators
