#include "runs/diagnosis/censored/censored_functions.hpp"

#include <cmath>
#include <optional>

#include "base/special/distributions.hpp"
#include "estimators/coordinates.hpp"
#include "estimators/interval_end.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {
namespace {

/// A function at an estimate, with the delta method's standard error.
struct Value {
  double g = 0, std_error = 0;
};

std::optional<Value> value_at(claims::Law const& law, FunctionOf const& f, std::vector<double> const& covariance) {
  auto const found = function_value(law, f);
  if (!found) return {};
  double variance = 0;
  for (std::size_t a = 0; a < law.theta.size(); ++a)
    for (std::size_t b = 0; b < law.theta.size(); ++b)
      variance += found->gradient[a] * found->gradient[b] * covariance[sim::packed_index(a, b)];
  Value const result{found->value, std::sqrt(variance)};
  return std::isfinite(result.std_error) ? std::optional(result) : std::nullopt;
}

/// "f has this value", on the scale on which f has no ends.
estimators::Constraint constraint_of(sim::AnyModel const& model, FunctionOf const& f, double value) {
  auto const scale = scale_of(model->card(), f);
  return {[model, f, scale](std::vector<double> const& theta) -> std::optional<sim::Functional> {
            if (!model->in_space(theta)) return {};
            auto found = function_value({model, theta}, f);
            if (!found) return {};
            auto const mapped = claims::on_scale(scale, found->value);
            for (double& slope : found->gradient) slope *= mapped.slope;
            return sim::Functional{mapped.value, found->gradient};
          },
          claims::on_scale(scale, value).value};
}

/// The domain whose working coordinate is that scale.
sim::Domain domain_of(claims::Scale scale) {
  if (scale == claims::Scale::log) return sim::Domain::positive;
  return scale == claims::Scale::logit ? sim::Domain::unit : sim::Domain::real;
}

double ratio_of(estimators::LifeLaw const& life, estimators::CensoredSample const& sample,
                estimators::CensoredFit const& fit, estimators::Constraint const& constraint) {
  auto const restricted = estimators::fit_censored_under(life, sample, fit.theta, constraint);
  return restricted.found ? 2 * (fit.log_likelihood - restricted.log_likelihood) : not_known;
}

}  // namespace

CensoredFunctions::CensoredFunctions(claims::Law const& law, std::vector<FunctionOf> const& functions)
    : law_(law), life_(estimators::life_law(law.model->card().name)) {
  for (auto const& f : functions)
    questions_.push_back({f, function_value(law, f)->value, deltas_of(law.model->card(), f)});
}

std::size_t CensoredFunctions::interval_count() const {
  std::size_t count = 0;
  for (auto const& q : questions_) count += q.deltas.size() + 1;
  return count;
}

void CensoredFunctions::observe(estimators::CensoredSample const& sample, estimators::CensoredFit const& fit, double z,
                                std::vector<IntervalCounts>& counts) const {
  std::size_t place = 0;
  for (std::size_t k = 0; k < questions_.size(); ++k) {
    auto const& q = questions_[k];
    auto const value = value_at({law_.model, fit.theta}, q.function, fit.covariance);
    for (auto const& delta : q.deltas) {
      auto& of_interval = counts[place++];
      if (!value) continue;
      auto const ends = delta.bounds(value->g, value->std_error, z);
      if (!std::isnan(ends.upper - ends.lower)) of_interval.add(ends.lower, ends.upper, q.truth);
    }
    counts[place++].add_tested(ratio(k, sample, fit), z * z, is_high(k, fit.theta));
  }
}

std::vector<std::vector<IntervalWorth>> CensoredFunctions::worths(std::vector<IntervalCounts> const& counts) const {
  std::vector<std::vector<IntervalWorth>> result;
  std::size_t place = 0;
  for (auto const& q : questions_) {
    result.emplace_back();
    for (auto const& delta : q.deltas) result.back().push_back(counts[place++].worth(delta.name()));
    result.back().push_back(counts[place++].worth("likelihood-ratio"));
  }
  return result;
}

double CensoredFunctions::ratio(std::size_t k, estimators::CensoredSample const& sample,
                                estimators::CensoredFit const& fit) const {
  return ratio_of(*life_, sample, fit, constraint_of(law_.model, questions_[k].function, questions_[k].truth));
}

bool CensoredFunctions::is_high(std::size_t k, std::vector<double> const& theta) const {
  auto const value = function_value({law_.model, theta}, questions_[k].function);
  return value && value->value > questions_[k].truth;
}

estimators::Bounds censored_function_bounds(CensoredData const& data, FunctionOf const& f, double cut_off) {
  auto const value = value_at(data.fitted.law(), f, data.fit.covariance);
  if (!value) return {not_known, not_known};
  auto const scale = scale_of(data.fitted.model->card(), f);
  auto const domain = domain_of(scale);
  estimators::Statistic const statistic = [&](sim::Lanes const& values) {
    sim::Lanes result;
    for (int lane = 0; lane < sim::lane_count; ++lane)
      result.set(lane, ratio_of(*data.law, data.sample, data.fit, constraint_of(data.fitted.model, f, values[lane])));
    return result;
  };
  double const centre = estimators::to_working(domain, sim::Lanes(value->g))[0];
  double const width = std::sqrt(cut_off) * value->std_error * std::fabs(claims::on_scale(scale, value->g).slope);
  return {estimators::interval_end(statistic, {domain, centre, -width, cut_off}),
          estimators::interval_end(statistic, {domain, centre, width, cut_off})};
}

std::vector<FunctionFit> censored_functions_of(CensoredData const& data, std::vector<FunctionOf> const& functions,
                                               std::vector<std::vector<IntervalWorth>> const& worths, double level) {
  double const z = normal_quantile(0.5 + 0.5 * level);
  std::vector<FunctionFit> result;
  for (auto const& f : functions) {
    auto const value = value_at(data.fitted.law(), f, data.fit.covariance);
    if (!value) continue;
    FunctionFit fit{f.name, value->g, value->std_error, {}};
    for (auto const& delta : deltas_of(data.fitted.model->card(), f))
      fit.intervals.push_back({delta.name(), delta.bounds(value->g, value->std_error, z)});
    fit.intervals.push_back({"likelihood-ratio", censored_function_bounds(data, f, z * z)});
    if (result.size() < worths.size())
      for (std::size_t j = 0; j < fit.intervals.size(); ++j) {
        auto const& worth = worths[result.size()][j];
        fit.intervals[j].coverage = worth.coverage;
        fit.intervals[j].above = worth.above;
      }
    result.push_back(std::move(fit));
  }
  return result;
}

}  // namespace fisherlab::runs
