#include "runs/studies/model_aliases.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

namespace fisherlab::runs {

namespace {

std::optional<std::string_view> mapped(std::string_view alias) {
  // R's stats, MASS, statmod and flexsurv; scipy.stats, numpy.random and statsmodels; Stata's families and
  // functions; Julia's Distributions.
  static constexpr auto aliases = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"gaussian", "normal"},
      {"norm", "normal"},
      {"lnorm", "lognormal"},
      {"lognorm", "lognormal"},
      {"log-normal", "lognormal"},
      {"log_normal", "lognormal"},
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
      {"t_dist", "student_t"},
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
      {"double_exponential", "laplace"},
      {"mv_normal", "multivariate_normal"},
      {"mvnorm", "multivariate_normal"},
      {"mvn", "multivariate_normal"},
  });
  auto const place = std::ranges::find(aliases, alias, &std::pair<std::string_view, std::string_view>::first);
  return place == aliases.end() ? std::nullopt : std::optional(place->second);
}

/// "negative_binomial" of "NegativeBinomial"; nothing for a name without small letters or without inner capitals.
std::optional<std::string> snake_case(std::string_view name) {
  auto const is_small = [](char c) { return c >= 'a' && c <= 'z'; };
  auto const is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (std::ranges::none_of(name, is_small) || name.empty() || !is_capital(name.front())) return std::nullopt;
  std::string text;
  for (char const c : name) {
    if (is_capital(c) && !text.empty()) text += '_';
    text += is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

/// A parameter as other programs call it, and what to do instead.
struct OtherName {
  std::string_view model, name, ours;
};

constexpr auto other_names = std::to_array<OtherName>({
    {"normal", "mu", "mean"},
    {"normal", "loc", "mean"},
    {"normal", "location", "mean"},
    {"normal", "sigma", "sd"},
    {"normal", "scale", "sd"},
    {"normal", "std", "sd"},
    {"normal", "stddev", "sd"},
    {"normal_mean", "mu", "mean"},
    {"normal_mean", "loc", "mean"},
    {"normal_mean", "sigma", "sd"},
    {"normal_mean", "scale", "sd"},
    {"lognormal", "mu", "meanlog"},
    {"lognormal", "mean", "meanlog"},
    {"lognormal", "sigma", "sdlog"},
    {"lognormal", "sd", "sdlog"},
    {"lognormal", "s", "sdlog"},
    {"exponential", "lambda", "rate"},
    {"exponential", "lambd", "rate"},
    {"gamma", "alpha", "shape"},
    {"gamma", "a", "shape"},
    {"gamma", "k", "shape"},
    {"gamma", "lambda", "rate"},
    {"weibull", "k", "shape"},
    {"weibull", "c", "shape"},
    {"weibull", "alpha", "shape"},
    {"weibull", "lambda", "scale"},
    {"beta", "shape1", "alpha"},
    {"beta", "a", "alpha"},
    {"beta", "shape2", "beta"},
    {"beta", "b", "beta"},
    {"logistic", "mu", "location"},
    {"logistic", "loc", "location"},
    {"logistic", "s", "scale"},
    {"cauchy", "loc", "location"},
    {"cauchy", "mu", "location"},
    {"cauchy", "sigma", "scale"},
    {"gumbel", "loc", "location"},
    {"gumbel", "mu", "location"},
    {"laplace", "loc", "location"},
    {"laplace", "mu", "location"},
    {"laplace", "b", "scale"},
    {"student_t", "nu", "df"},
    {"student_t", "loc", "location"},
    {"student_t", "mu", "location"},
    {"student_t", "sigma", "scale"},
    {"pareto", "alpha", "shape"},
    {"pareto", "a", "shape"},
    {"pareto", "b", "shape"},
    {"pareto", "xm", "minimum"},
    {"pareto", "scale", "minimum"},
    {"inverse_gaussian", "mu", "mean"},
    {"inverse_gaussian", "lambda", "shape"},
    {"rayleigh", "sigma", "scale"},
    {"von_mises", "mu", "mean"},
    {"von_mises", "loc", "mean"},
    {"von_mises", "kappa", "concentration"},
    {"poisson", "lambda", "mean"},
    {"poisson", "lam", "mean"},
    {"poisson", "mu", "mean"},
    {"poisson", "rate", "mean"},
    {"bernoulli", "prob", "p"},
    {"binomial", "prob", "p"},
    {"binomial", "size", "trials"},
    {"binomial", "n", "trials"},
    {"geometric", "prob", "p"},
    {"negative_binomial", "mu", "mean"},
    {"negative_binomial", "r", "size"},
    {"negative_binomial", "n", "size"},
    {"negative_binomial", "k", "size"},
});

/// The same where ours is a function of theirs.
constexpr auto conversions = std::to_array<OtherName>({
    {"normal", "variance", "sd = variance^0.5"},
    {"normal", "var", "sd = var^0.5"},
    {"normal", "sigma2", "sd = sigma2^0.5"},
    {"lognormal", "scale", "meanlog = log(scale)"},
    {"exponential", "scale", "rate = 1/scale"},
    {"exponential", "mean", "rate = 1/mean"},
    {"exponential", "theta", "rate = 1/theta"},
    {"exponential", "beta", "rate = 1/beta"},
    {"gamma", "scale", "rate = 1/scale"},
    {"gamma", "theta", "rate = 1/theta"},
    {"gamma", "beta", "rate = beta, or 1/beta where beta is a scale"},
    {"weibull", "rate", "scale = 1/rate"},
    {"inverse_gaussian", "dispersion", "shape = 1/dispersion"},
    {"negative_binomial", "prob", "mean = size (1 - prob)/prob"},
    {"negative_binomial", "p", "mean = size (1 - p)/p"},
    {"negative_binomial", "alpha", "size = 1/alpha"},
});

}  // namespace

std::optional<std::string> parameter_advice(std::string_view model, std::string_view name) {
  auto const is_it = [&](OtherName const& other) { return other.model == model && other.name == name; };
  if (auto const place = std::ranges::find_if(other_names, is_it); place != other_names.end())
    return "it is called " + std::string(place->ours) + " here";
  if (auto const place = std::ranges::find_if(conversions, is_it); place != conversions.end())
    return "give " + std::string(place->ours);
  return std::nullopt;
}

std::optional<std::string> law_advice(std::string_view name) {
  static constexpr auto laws = std::to_array<std::pair<std::string_view, std::string_view>>({
      {"chisq", "it is gamma with shape = df/2 and rate = 0.5"},
      {"chi2", "it is gamma with shape = df/2 and rate = 0.5"},
      {"chisquare", "it is gamma with shape = df/2 and rate = 0.5"},
      {"chi_squared", "it is gamma with shape = df/2 and rate = 0.5"},
      {"chi-squared", "it is gamma with shape = df/2 and rate = 0.5"},
      {"erlang", "it is gamma with a whole number as shape"},
      {"multinom", "categorical is one draw of it"},
      {"multinomial", "categorical is one draw of it"},
  });
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
  auto const place = std::ranges::find(laws, lower, &std::pair<std::string_view, std::string_view>::first);
  return place == laws.end() ? std::nullopt : std::optional<std::string>(place->second);
}

std::optional<std::string> model_of_alias(std::string_view alias) {
  std::string lower(alias);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
  if (auto const name = mapped(lower)) return std::string(*name);
  if (auto const snake = snake_case(alias)) return std::string(mapped(*snake).value_or(*snake));
  if (lower != alias) return lower;
  // R's functions of a distribution: dnorm, pgamma, qweibull, rpois.
  bool const is_function = lower.size() > 2 && std::string_view("dpqr").find(lower.front()) != std::string_view::npos;
  if (!is_function) return std::nullopt;
  auto const rest = lower.substr(1);
  return std::string(mapped(rest).value_or(rest));
}

}  // namespace fisherlab::runs
