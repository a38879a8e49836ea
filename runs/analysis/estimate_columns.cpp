#include "runs/analysis/estimate_columns.hpp"

#include <fmt/format.h>

#include <cmath>
#include <filesystem>
#include <set>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/parse.hpp"
#include "runs/data/cell.hpp"

namespace fisherlab::runs {
namespace {

void expect_as_many(std::vector<std::string> const& list, EstimateColumns const& columns, char const* option) {
  expects(list.empty() || list.size() == columns.estimates.size(),
          fmt::format("{} names {} where --estimate names {}, give one for each, or none", option, list.size(),
                      columns.estimates.size()));
}

}  // namespace

void check_columns(EstimateColumns const& columns) {
  expects(!columns.estimates.empty(), "analyze needs --estimate with the column of the estimates");
  expect_as_many(columns.std_errors, columns, "--se");
  expect_as_many(columns.lower, columns, "--lower");
  expect_as_many(columns.upper, columns, "--upper");
  expect_as_many(columns.degrees, columns, "--df");
  expects(columns.lower.empty() == columns.upper.empty(),
          "an interval has two ends (one of --lower and --upper is left out), give both");
  expects(
      columns.degrees.empty() || (!columns.std_errors.empty() && columns.lower.empty()),
      "--df is for intervals made of --se (it sets their critical value), give --se without --lower and --upper, or "
      "leave --df out");
  std::set<std::string> seen;
  for (auto const* list : {&columns.estimates, &columns.std_errors, &columns.lower, &columns.upper, &columns.by})
    for (auto const& name : *list)
      expects(seen.insert(name).second,
              fmt::format("the column '{}' is named for two things, name each column once", shown(name)));
}

std::optional<double> as_number(std::string const& text) {
  try {
    return parse_number(text, "a number");
  } catch (InputError const&) {
    return std::nullopt;
  }
}

std::string stem_of(std::string const& path) {
  auto const name = printable(std::filesystem::path(path).filename().string());
  return path == "-" ? "estimates" : name.substr(0, name.find('.', 1));
}

std::int64_t as_size(std::string const& text) {
  double const number = as_number(text).value_or(0);
  return number >= 1 && number < 1e15 && number == std::floor(number) ? static_cast<std::int64_t>(number) : 0;
}

}  // namespace fisherlab::runs
