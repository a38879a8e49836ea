#include "runs/studies/model_aliases.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace fisherlab::runs {

namespace {

std::optional<std::string_view> mapped(std::string_view alias) {
  // R's stats, MASS, statmod and flexsurv; scipy.stats and statsmodels; Stata's families and functions.
  static constexpr auto aliases = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"gaussian", "normal"},
      {"norm", "normal"},
      {"lnorm", "lognormal"},
      {"lognorm", "lognormal"},
      {"log-normal", "lognormal"},
      {"exp", "exponential"},
      {"expon", "exponential"},
      {"weibull_min", "weibull"},
      {"logis", "logistic"},
      {"gumbel_r", "gumbel"},
      {"invgauss", "inverse_gaussian"},
      {"invgaussian", "inverse_gaussian"},
      {"igaussian", "inverse_gaussian"},
      {"inverse.gaussian", "inverse_gaussian"},
      {"t", "student_t"},
      {"student", "student_t"},
      {"studentt", "student_t"},
      {"vonmises", "von_mises"},
      {"pois", "poisson"},
      {"bern", "bernoulli"},
      {"binom", "binomial"},
      {"geom", "geometric"},
      {"nbinom", "negative_binomial"},
      {"nbinomial", "negative_binomial"},
      {"nbreg", "negative_binomial"},
      {"negbin", "negative_binomial"},
      {"unif", "uniform"},
      {"mvnorm", "multivariate_normal"},
      {"mvn", "multivariate_normal"},
  });
  auto const place = std::ranges::find(aliases, alias, &std::pair<std::string_view, std::string_view>::first);
  return place == aliases.end() ? std::nullopt : std::optional(place->second);
}

}  // namespace

std::optional<std::string> model_of_alias(std::string_view alias) {
  std::string lower(alias);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
  if (auto const name = mapped(lower)) return std::string(*name);
  if (lower != alias) return lower;
  // R's functions of a distribution: dnorm, pgamma, qweibull, rpois.
  bool const is_function = lower.size() > 2 && std::string_view("dpqr").find(lower.front()) != std::string_view::npos;
  if (!is_function) return std::nullopt;
  auto const rest = lower.substr(1);
  return std::string(mapped(rest).value_or(rest));
}

}  // namespace fisherlab::runs
