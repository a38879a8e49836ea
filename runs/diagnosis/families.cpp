#include "runs/diagnosis/families.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/expects.hpp"
#include "base/special/distributions.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "runs/data/magnitudes.hpp"
#include "runs/studies/parameters.hpp"

namespace fisherlab::runs {
namespace {

/// A family that is another one at one value of a parameter, in the middle of its space or in the limit.
struct Nested {
  char const* smaller;
  char const* larger;
  char const* where;
  bool is_limit;
};

constexpr std::array<Nested, 6> nested_families = {{{"exponential", "gamma", "shape 1", false},
                                                    {"exponential", "weibull", "shape 1", false},
                                                    {"rayleigh", "weibull", "shape 2", false},
                                                    {"geometric", "negative_binomial", "size 1", false},
                                                    {"poisson", "negative_binomial", "size infinite", true},
                                                    {"normal", "normal_mixture", "one component", true}}};

FamilyFit const* find(std::vector<FamilyFit> const& fits, std::string const& model) {
  auto const place = std::find_if(fits.begin(), fits.end(), [&](auto const& f) { return f.model == model; });
  return place == fits.end() ? nullptr : &*place;
}

/// Whether `all` tries a family: one within the hypotheses, without known constants, and no law of angles.
bool is_tried(sim::ModelCard const& card) {
  return card.regularity == sim::Regularity::regular && card.constants.empty() &&
         card.ranges != std::vector{sim::Range::circle};
}

bool holds_all(sim::BatchModel const& model, std::vector<double> const& values) {
  return std::all_of(values.begin(), values.end(), [&](double const& x) { return model.in_support({&x, 1}); });
}

/// Weights among the fits of one kind.
void weigh(std::vector<FamilyFit>& fits, bool densities) {
  auto const of_kind = [&](double FamilyFit::*criterion, double FamilyFit::*weight) {
    double least = HUGE_VAL, sum = 0;
    for (auto const& f : fits)
      if (f.is_density == densities) least = std::fmin(least, f.*criterion);
    for (auto& f : fits)
      if (f.is_density == densities) sum += f.*weight = std::exp(-0.5 * (f.*criterion - least));
    for (auto& f : fits)
      if (f.is_density == densities) f.*weight /= sum;
  };
  of_kind(&FamilyFit::aic, &FamilyFit::aic_weight);
  of_kind(&FamilyFit::bic, &FamilyFit::bic_weight);
}

/// "gamma, lognormal and weibull".
std::string listed(std::vector<std::string> const& names) {
  if (names.size() < 2) return fmt::format("{}", fmt::join(names, ""));
  return fmt::format("{} and {}", fmt::join(names.begin(), names.end() - 1, ", "), names.back());
}

void add_ties(std::vector<FamilyFit> const& fits, bool densities, std::vector<std::string>& sentences) {
  std::vector<FamilyFit const*> kind;
  for (auto const& f : fits)
    if (f.is_density == densities) kind.push_back(&f);
  if (kind.empty()) return;
  std::vector<std::string> near;
  for (auto const* f : kind)
    if (f->aic - kind[0]->aic < 2) near.push_back(f->model);
  if (near.size() > 1)
    sentences.push_back(
        fmt::format("By AIC {} are within 2 of the best: the data hardly tell them apart.", listed(near)));
  auto const by_bic =
      *std::min_element(kind.begin(), kind.end(), [](auto const* a, auto const* b) { return a->bic < b->bic; });
  if (by_bic != kind[0]) sentences.push_back(fmt::format("AIC prefers {}, BIC {}.", kind[0]->model, by_bic->model));
}

}  // namespace

std::vector<sim::AnyModel> families_holding(std::vector<double> const& values, sim::Models const& models) {
  std::vector<sim::AnyModel> result;
  for (auto const& card : models.cards()) {
    if (!is_tried(card)) continue;
    auto const model = make_model_with(card.name, {}, models);
    if (model->dimension() == 1 && holds_all(*model, values)) result.push_back(model);
  }
  return result;
}

bool names_several(std::string const& models) { return models == "all" || models.find(',') != std::string::npos; }

std::vector<std::string> ranking_sentences(std::vector<FamilyFit> const& fits) {
  std::vector<std::string> sentences;
  add_ties(fits, true, sentences);
  add_ties(fits, false, sentences);
  for (auto const& nested : nested_families) {
    auto const *const smaller = find(fits, nested.smaller), *const larger = find(fits, nested.larger);
    if (smaller == nullptr || larger == nullptr) continue;
    double const ratio = std::max(2 * (larger->log_likelihood - smaller->log_likelihood), 0.0);
    auto const about = fmt::format("{} is {} with {}: twice the log likelihood ratio is {}", nested.smaller,
                                   nested.larger, nested.where, rounded_text(ratio, 3));
    sentences.push_back(nested.is_limit ? about + ", at an end of the space, where chi-squared gives no p-value."
                                        : fmt::format("{} (p = {} by chi-squared).", about,
                                                      rounded_text(2 * normal_cdf(-std::sqrt(ratio)), 2)));
  }
  bool const has_both = std::any_of(fits.begin(), fits.end(), [](auto const& f) { return f.is_density; }) &&
                        std::any_of(fits.begin(), fits.end(), [](auto const& f) { return !f.is_density; });
  if (has_both)
    sentences.emplace_back(
        "Densities and laws of counts are ranked apart: the likelihood of the one has a unit, that of the other none.");
  return sentences;
}

Families fit_families(std::string const& names, Observations const& data, sim::Models const& models, double level) {
  bool const is_all = names == "all";
  check_magnitudes(data.values, fmt::format("'{}'", printable(data.name)));
  std::vector<std::string> known;
  for (auto const& card : models.cards()) known.push_back(card.name);
  estimators::FitWork without_intervals;
  without_intervals.without_intervals = true;
  Families result;
  for (auto const& name : asked_families(names, known)) {
    if (is_all && !is_tried(*models.find(name))) continue;
    auto const model = make_model_with(name, {}, models);
    if (is_all && model->dimension() != 1) continue;
    if (is_all && !holds_all(*model, data.values)) {
      result.left_out.outside_support.push_back(name);
      continue;
    }
    try {
      result.fitted.push_back(fit_to_data(model, data, level, without_intervals));
    } catch (InputError const&) {
      if (!is_all) throw;
      result.left_out.without_estimate.push_back(name);
    }
  }
  expects(!result.fitted.empty(),
          fmt::format("no family of the catalogue can be fitted to '{}', name one to see why", printable(data.name)));
  return result;
}

FamilyFit family_fit(FittedData const& fitted, Goodness const& goodness) {
  FamilyFit fit{.model = fitted.model->card().name,
                .is_density = !is_discrete(*fitted.model),
                .theta = fitted.law().theta,
                .log_likelihood = goodness.log_likelihood,
                .aic = goodness.aic,
                .bic = goodness.bic,
                .test = {},
                .p_value = {}};
  if (goodness.replicates > 0 && !goodness.tests.empty()) {
    fit.test = goodness.tests.front().name;
    fit.p_value = goodness.tests.front().p_value;
  }
  return fit;
}

void rank(std::vector<FamilyFit>& fits) {
  std::stable_sort(fits.begin(), fits.end(), [](auto const& a, auto const& b) {
    return std::pair(!a.is_density, a.aic) < std::pair(!b.is_density, b.aic);
  });
  weigh(fits, true);
  weigh(fits, false);
}

std::vector<std::string> asked_families(std::string const& names, std::vector<std::string> const& all) {
  if (names == "all") return all;
  auto const asked = split_list(names, "MODEL");
  for (auto const& name : asked)
    expects(std::count(asked.begin(), asked.end(), name) == 1,
            fmt::format("MODEL names {} twice, name each family once", name));
  return asked;
}

std::vector<FamilyFit> ranked(Families const& families, Observations const& data, GoodnessSettings const& settings) {
  std::vector<FamilyFit> fits;
  for (auto const& fitted : families.fitted) fits.push_back(family_fit(fitted, check_model(fitted, data, settings)));
  rank(fits);
  return fits;
}

}  // namespace fisherlab::runs
