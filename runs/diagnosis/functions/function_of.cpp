#include "runs/diagnosis/functions/function_of.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/expects.hpp"
#include "base/text/parse.hpp"
#include "estimators/names.hpp"

namespace fisherlab::runs {
namespace {

using Kind = sim::Quantity::Kind;

Factor parse_factor(std::string const& word) {
  auto const parsed = estimators::parse_estimator_name(word);
  struct Known {
    std::string_view base;
    Kind kind;
    bool is_root, has_argument;
  };
  static constexpr Known known[] = {
      {"mean", Kind::mean, false, false},        {"variance", Kind::variance, false, false},
      {"sd", Kind::variance, true, false},       {"median", Kind::median, false, false},
      {"quantile", Kind::quantile, false, true}, {"tail", Kind::tail, false, true}};
  for (auto const& k : known) {
    if (k.base != parsed.base) continue;
    expects(k.has_argument == parsed.argument.has_value(),
            fmt::format("--of: {} takes {}", parsed.base,
                        k.has_argument ? "one number, as in quantile(0.9) or tail(100)" : "no number"));
    double const at = parsed.argument.value_or(0);
    expects(
        k.kind != Kind::quantile || (at > 0 && at < 1),
        fmt::format("--of: the probability of {} does not lie between 0 and 1, give one as in quantile(0.9)", word));
    return {{k.kind, at}, k.is_root, false};
  }
  throw InputError(
      fmt::format("--of: there is no function named '{}', choose of mean, sd, variance, median, quantile(P), tail(X), "
                  "and products and ratios of them, as sd/mean",
                  parsed.base));
}

FunctionOf parse_function(std::string const& word) {
  FunctionOf f{word, {}};
  bool is_divisor = false;
  for (std::size_t first = 0; first <= word.size();) {
    auto const end = std::min(word.find_first_of("*/", first), word.size());
    expects(end > first, fmt::format("--of: '{}' has a sign without a function beside it, write it as sd/mean", word));
    f.factors.push_back(parse_factor(word.substr(first, end - first)));
    f.factors.back().is_divisor = is_divisor;
    is_divisor = end < word.size() && word[end] == '/';
    first = end + 1;
  }
  return f;
}

/// Whether a factor is positive for each law of the model.
bool is_positive(sim::ModelCard const& card, Factor const& factor) {
  bool const on_half_line =
      card.ranges == std::vector{sim::Range::positive} || card.ranges == std::vector{sim::Range::counts};
  return factor.quantity.kind == Kind::variance || factor.quantity.kind == Kind::tail || on_half_line;
}

}  // namespace

std::vector<FunctionOf> parse_functions(std::string const& text) {
  std::vector<FunctionOf> result;
  for (auto const& word : split_list(text, "--of")) result.push_back(parse_function(word));
  return result;
}

std::optional<sim::Functional> function_value(claims::Law const& law, FunctionOf const& f) {
  sim::Functional product{1, std::vector<double>(law.theta.size(), 0.0)};
  for (auto const& factor : f.factors) {
    auto found = law.model->offers().properties.value(factor.quantity, law.theta);
    if (!found || !std::isfinite(found->value)) return {};
    if (factor.is_root) {
      found->value = std::sqrt(found->value);
      for (double& slope : found->gradient) slope /= 2 * found->value;
    }
    auto const [value, slopes] = *found;
    for (std::size_t a = 0; a < slopes.size(); ++a)
      product.gradient[a] = factor.is_divisor ? (product.gradient[a] - product.value * slopes[a] / value) / value
                                              : product.gradient[a] * value + product.value * slopes[a];
    product.value = factor.is_divisor ? product.value / value : product.value * value;
  }
  bool const is_finite =
      std::all_of(product.gradient.begin(), product.gradient.end(), [](double slope) { return std::isfinite(slope); });
  return std::isfinite(product.value) && is_finite ? std::optional(product) : std::nullopt;
}

claims::Scale scale_of(sim::ModelCard const& card, FunctionOf const& f) {
  if (f.factors.size() == 1 && f.factors[0].quantity.kind == Kind::tail) return claims::Scale::logit;
  bool const has_log =
      std::all_of(f.factors.begin(), f.factors.end(), [&](auto const& factor) { return is_positive(card, factor); });
  return has_log ? claims::Scale::log : claims::Scale::identity;
}

}  // namespace fisherlab::runs
