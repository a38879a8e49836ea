#include "cli/diagnose/diagnose_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <utility>
#include <vector>

#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "base/text/text_table.hpp"
#include "cli/run/data_options.hpp"
#include "runs/diagnosis/intervals/interval_list.hpp"

namespace fisherlab::cli {
namespace {

/// Rows of named quantities with a column for each parameter.
template <class Parameter>
class ByParameter {
 public:
  ByParameter(std::vector<Parameter> const& parameters, std::string Parameter::*name)
      : parameters_(&parameters), table_(columns(parameters, name)) {}

  void add(std::string const& title, std::function<std::string(Parameter const&)> const& text) {
    std::vector<std::string> cells = {title};
    for (auto const& parameter : *parameters_) cells.push_back(text(parameter));
    table_.add_row(std::move(cells));
  }
  std::string text() const { return table_.text(); }

 private:
  static std::vector<TextTable::Column> columns(std::vector<Parameter> const& parameters,
                                                std::string Parameter::*name) {
    std::vector<TextTable::Column> result = {{"parameter"}};
    for (auto const& parameter : parameters) result.push_back({parameter.*name, Align::right});
    return result;
  }

  std::vector<Parameter> const* parameters_;
  TextTable table_;
};

/// To the decimal place of the third significant digit of the standard error, and to four significant digits of the
/// estimate at least; trailing zeros stay, since they are known, and so the ends of an interval line up.
std::string fitted_text(double value, estimators::FittedParameter const& p) {
  if (!(p.std_error > 0) || p.estimate == 0 || !std::isfinite(value)) return rounded_text(value, 5);
  return text_to_place(value, std::min(place_of_digit(p.estimate, 4), place_of_digit(p.std_error, 3)));
}

/// An end that no search found is said to be so; an infinite one is proven.
std::string end_text(double end, estimators::FittedParameter const& p) {
  return std::isnan(end) ? "not found" : fitted_text(end, p);
}

std::string bounds_text(estimators::Bounds const& bounds, estimators::FittedParameter const& p) {
  return fmt::format("[{}, {}]", end_text(bounds.lower, p), end_text(bounds.upper, p));
}

/// "-" where nothing is known, as when no interval was found in any sample.
std::string with_error(Estimated const& x, double factor = 1) {
  if (std::isnan(x.value)) return "-";
  return text_with_error({factor * x.value, factor * x.mcse});
}

std::string percent(double share) { return rounded_text(100 * share, 6) + " %"; }

/// In per cent; sums have no Monte Carlo error.
std::string coverage_text(Estimated const& x) {
  return x.mcse == 0 && x.value < 1 ? rounded_text(100 * x.value, 5) + " (exact)" : with_error(x, 100);
}

/// The names of all intervals, in the order of the lists.
std::vector<std::string> names_in(std::vector<std::vector<runs::JudgedInterval>> const& lists) {
  std::vector<std::string> result;
  for (auto const& list : lists)
    for (auto const& interval : list)
      if (std::find(result.begin(), result.end(), interval.name) == result.end()) result.push_back(interval.name);
  return result;
}

/// Null where the parameter has no such interval.
runs::JudgedInterval const* named(std::vector<runs::JudgedInterval> const& list, std::string const& name) {
  auto const place = std::find_if(list.begin(), list.end(), [&](auto const& i) { return i.name == name; });
  return place == list.end() ? nullptr : &*place;
}

}  // namespace

std::string data_text(runs::DataSummary const& data) {
  if (data.round)
    return fmt::format("{}: n = {}, mean direction {} radians, mean resultant length {}", data.name, data.n,
                       rounded_text(data.round->direction, 6), rounded_text(data.round->length, 4));
  auto const mean = text_within(data.mean, data.sd / std::sqrt(static_cast<double>(data.n)));
  return fmt::format("{}: n = {}, mean {}, standard deviation {}", data.name, data.n, mean, rounded_text(data.sd, 4));
}

std::string criteria_text(runs::Goodness const& goodness, std::int64_t n, int width) {
  std::vector<std::string> lines = {fmt::format("Log likelihood {}, AIC {}, BIC {}.",
                                                rounded_text(goodness.log_likelihood, 7), rounded_text(goodness.aic, 7),
                                                rounded_text(goodness.bic, 7))};
  if (goodness.replicates > 0)
    lines.push_back(fmt::format(
        "p-values from {} samples{} simulated at the estimate and fitted again{}.", goodness.replicates,
        goodness.rows < n ? fmt::format(" of {} rows, against as many of the data drawn by chance,", goodness.rows)
                          : "",
        goodness.grid > 0 ? fmt::format(", rounded to multiples of {} as the data are", rounded_text(goodness.grid, 4))
                          : ""));
  return notes_text(lines, width);
}

std::string fit_text(estimators::FittedModel const& fit, double level) {
  using Parameter = estimators::FittedParameter;
  ByParameter<Parameter> table(fit.parameters, &Parameter::name);
  table.add("estimate", [](auto const& p) { return fitted_text(p.estimate, p); });
  bool const has_expected =
      std::all_of(fit.parameters.begin(), fit.parameters.end(), [](auto const& p) { return p.has_expected; });
  if (has_expected)
    table.add("std error, expected information", [](auto const& p) { return rounded_text(p.std_error, 3); });
  table.add("std error, observed information", [](auto const& p) { return rounded_text(p.observed_std_error, 3); });
  std::vector<std::vector<runs::JudgedInterval>> lists;
  for (auto const& p : fit.parameters) lists.push_back(runs::intervals_of(p, nullptr));
  for (auto const& name : names_in(lists))
    table.add(name + " " + percent(level), [&](auto const& p) {
      auto const list = runs::intervals_of(p, nullptr);
      auto const* const interval = named(list, name);
      return interval == nullptr ? std::string("-") : bounds_text(interval->on_data, p);
    });
  return table.text();
}

std::string diagnosis_text(estimators::FittedModel const& fit, runs::Diagnosis const& diagnosis) {
  using Parameter = runs::ParameterDiagnosis;
  ByParameter<Parameter> table(diagnosis.parameters, &Parameter::parameter);
  std::vector<std::vector<runs::JudgedInterval>> lists;
  for (std::size_t a = 0; a < diagnosis.parameters.size(); ++a)
    lists.push_back(runs::intervals_of(fit.parameters[a], &diagnosis.parameters[a]));
  auto const cell = [&](std::string const& name, auto const& text) {
    return [&, name, text](Parameter const& p) {
      auto const* const interval = named(lists[static_cast<std::size_t>(&p - diagnosis.parameters.data())], name);
      return interval == nullptr || std::isnan(interval->coverage.value) ? std::string("-") : text(*interval);
    };
  };
  for (auto const& name : names_in(lists)) {
    table.add("coverage of " + name + ", %", cell(name, [](auto const& i) { return coverage_text(i.coverage); }));
    table.add("  above / below the truth, %",
              cell(name, [](auto const& i) { return fmt::format("{:.2f} / {:.2f}", 100 * i.above, 100 * i.below()); }));
    bool const is_tried = std::any_of(lists.begin(), lists.end(), [](auto const& list) { return list[0].range; });
    if (is_tried)
      table.add("  over theta in the interval, %", cell(name, [](auto const& i) {
                  return i.range
                             ? fmt::format("{:.1f} to {:.1f}", 100 * i.range->least.value, 100 * i.range->largest.value)
                             : std::string("-");
                }));
  }
  auto const none = std::string("does not exist");
  auto const& parameters = diagnosis.parameters;
  if (std::ranges::any_of(parameters, &runs::ParameterDiagnosis::variance_exists))
    table.add("bias in standard errors",
              [](auto const& p) { return p.variance_exists ? with_error(p.bias_in_std_errors) : std::string("-"); });
  table.add("variance over theory's",
            [&](auto const& p) { return p.variance_exists ? with_error(p.variance_ratio) : none; });
  table.add("distance to normal (band)", [](auto const& p) {
    return text_with_error({p.distance_to_normal, p.distance_band});
  });
  return table.text();
}

std::string without_model_text(estimators::FittedModel const& fit, runs::WithoutModel const& without_model) {
  auto const &rival = without_model.rival, &resampling = without_model.resampling;
  std::vector<TextTable::Column> columns = {{"parameter"}, {"interval"}};
  if (rival) columns.push_back({"under " + rival->law, Align::right});
  if (resampling) columns.push_back({"resampling the rows", Align::right});
  TextTable table(columns);
  for (std::size_t a = 0; a < fit.parameters.size(); ++a)
    for (auto const& interval : runs::intervals_of(fit.parameters[a], nullptr)) {
      std::vector<std::string> cells = {fit.parameters[a].name, interval.name};
      for (auto const* other : {&rival, &resampling})
        if (*other)
          cells.push_back(with_error(runs::coverage_under(**other, a, interval.name, fit.parameters[a]), 100));
      table.add_row(std::move(cells));
    }
  return "Without the model: coverage in % of what the estimate tends to, where the data come from elsewhere:\n\n" +
         table.text() + '\n';
}

std::string functions_text(std::vector<runs::FunctionFit> const& functions, double level, bool is_refuted) {
  if (functions.empty()) return {};
  TextTable table({{"function"},
                   {"estimate", Align::right},
                   {"std error", Align::right},
                   {"interval"},
                   {percent(level), Align::right},
                   {"coverage, %", Align::right},
                   {"above / below", Align::right}});
  auto const end = [](double x) { return std::isnan(x) ? std::string("not found") : rounded_text(x, 5); };
  bool has_recommended = false;
  for (auto const& f : functions) {
    auto const advised = is_refuted ? std::string() : runs::recommended(f, level).name;
    has_recommended = has_recommended || !advised.empty();
    for (auto const& i : f.intervals)
      table.add_row(
          {f.name, rounded_text(f.estimate, 5), rounded_text(f.std_error, 3), i.name + (i.name == advised ? " *" : ""),
           fmt::format("[{}, {}]", end(i.on_data.lower), end(i.on_data.upper)), with_error(i.coverage, 100),
           fmt::format("{:.2f} / {:.2f}", 100 * i.above, 100 * std::max(1 - i.coverage.value - i.above, 0.0))});
  }
  return "Functions of the parameters, by the delta method and by their profile likelihood:\n\n" + table.text() +
         (has_recommended ? "\n* recommended by the rule below.\n\n" : "\n") +
         (functions.front().left_out.empty() ? "" : bullet_text(functions.front().left_out, 100));
}

}  // namespace fisherlab::cli
