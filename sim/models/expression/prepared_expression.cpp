#include "sim/models/expression/prepared_expression.hpp"

#include <algorithm>
#include <cstddef>
#include <optional>

#include "sim/models/expression/parameter_bounds.hpp"
#include "sim/models/interface/grid_start.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::sim {
namespace {

using OfSample = ExpressionStatistics::OfSample;

/// What points a model to without owning it.
AnyModel not_owned(BatchModel const& model) { return {std::shared_ptr<void>(), &model}; }

std::vector<double> example_of(ExpressionLaw const& law) {
  std::vector<double> result;
  for (auto const& parameter : law.parameters) result.push_back(parameter.example);
  return result;
}

class PreparedExpression final : public PreparedModel {
 public:
  PreparedExpression(BatchModel const& model, ExpressionLaw const& law, LawPrograms const& programs,
                     Sample const& sample)
      : PreparedModel(not_owned(model)),
        law_(law),
        programs_(programs),
        sample_(sample),
        bounds_(law),
        sums_(1 + law.parameters.size() + packed_size(law.parameters.size())),
        statistics_(*programs.statistics, sample) {}

  bool is_sound() const { return statistics_.is_sound(); }

  Lanes log_likelihood(Sample const& /*sample*/, Lanes const* theta) const override {
    return bounds_.inside(theta, statistics_.value(theta));
  }
  Lanes derivatives(Sample const& /*sample*/, Lanes const* theta, Lanes* score, Lanes* hessian) const override {
    statistics_.derivatives(theta, sums_.data());
    auto const p = law_.parameters.size();
    std::copy_n(sums_.data() + 1, p, score);
    std::copy_n(sums_.data() + 1 + p, packed_size(p), hessian);
    return bounds_.inside(theta, sums_[0]);
  }

  void start(int which, Lanes* theta) const override {
    start_of_expression(*inner_, law_, programs_, sample_, which, theta);
  }
  /// Beside the first candidates and the example, where the law is of second order in some t(x), as the normal and
  /// the lognormal law are, the mean and the standard deviation of t.
  void quick_start(Lanes* theta) const override {
    auto const example = example_of(law_);
    std::vector<std::vector<Lanes>> points{{example.begin(), example.end()}};
    if (auto const spread = statistics_.spread()) {
      points.emplace_back();
      for (auto const domain : card().domains)
        points.back().push_back(domain == Domain::real       ? spread->mean
                                : domain == Domain::positive ? spread->sd
                                                             : Lanes(0.5));
    }
    quick_grid_start(
        card().domains, sample_, points,
        [this](Sample const& sample, Lanes const* t) { return log_likelihood(sample, t); }, theta);
  }

 private:
  ExpressionLaw const& law_;
  LawPrograms const& programs_;
  Sample const& sample_;
  ParameterBounds bounds_;
  mutable std::vector<Lanes> sums_;
  mutable OfSample statistics_;
};

}  // namespace

std::unique_ptr<PreparedModel const> prepared_expression(BatchModel const& model, ExpressionLaw const& law,
                                                         LawPrograms const& programs, Sample const& sample) {
  if (!programs.statistics) return nullptr;
  auto result = std::make_unique<PreparedExpression const>(model, law, programs, sample);
  if (!result->is_sound()) return nullptr;
  return result;
}

void start_of_expression(BatchModel const& model, ExpressionLaw const& law, LawPrograms const& programs,
                         Sample const& sample, int which, Lanes* theta) {
  std::unique_ptr<PreparedModel const> here;
  grid_start(
      model.card().domains, sample, which, example_of(law),
      [&](Sample const& some, Lanes const* t) {
        if (!here) here = prepared_expression(model, law, programs, some);
        return (here ? static_cast<BatchModel const&>(*here) : model).log_likelihood(some, t);
      },
      theta);
}

}  // namespace fisherlab::sim
