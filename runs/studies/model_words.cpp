#include "runs/studies/model_words.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "sim/expressions/parse.hpp"

namespace fisherlab::runs {
namespace {

using sim::Domain;
using sim::Range;

std::string shown(std::string const& words) { return clipped(printable(words), 40); }

/// What follows a first word, or nothing.
std::optional<std::string> behind(std::string const& words, std::string const& first) {
  if (!words.starts_with(first + " ")) return std::nullopt;
  return words.substr(first.size() + 1);
}

/// Both sides of a mark.
std::optional<std::pair<std::string, std::string>> sides(std::string const& words, std::string const& mark) {
  auto const place = words.find(mark);
  if (place == std::string::npos) return std::nullopt;
  return std::pair(words.substr(0, place), words.substr(place + mark.size()));
}

/// The ends of "between X and Y".
std::optional<std::pair<double, double>> interval(std::string const& words, std::string const& key,
                                                  KnownNumbers const& known) {
  auto const ends_text = behind(words, "between");
  if (!ends_text) return std::nullopt;
  auto const ends = sides(*ends_text, " and ");
  expects(ends.has_value(), fmt::format("{} '{}' has no 'and', write it as between 0 and 5", key, shown(words)));
  std::pair const result{sim::known_number(ends->first, key, known), sim::known_number(ends->second, key, known)};
  expects(result.first < result.second,
          fmt::format("{} '{}' is empty (its ends are not in order), give the lower end first", key, shown(words)));
  return result;
}

[[noreturn]] void refuse(std::string const& key, std::string const& words, std::vector<std::string> const& choices) {
  throw InputError(fmt::format("there is no {} '{}', {}", key, shown(words), suggestion(words, choices)));
}

constexpr double largest_count = 0x1p53;

sim::Support counts(std::string const& words, std::string const& ends_text, KnownNumbers const& known) {
  auto const ends = sides(ends_text, "..");
  auto const from = behind(ends_text, "from");
  expects(ends || from,
          fmt::format("support '{}' has no ends, write it as integers from 0 or integers 0..10", shown(words)));
  bool const is_endless = from || ends->second == "inf";
  sim::Support support{Range::counts, sim::known_number(from ? *from : ends->first, "support", known)};
  if (!is_endless) support.upper = sim::known_number(ends->second, "support", known);
  expects(support.lower == std::floor(support.lower) && support.lower >= 0 && support.lower <= 7,
          fmt::format("support '{}' begins elsewhere than at a whole number from 0 to 7, shift x", shown(words)));
  expects(is_endless || (support.upper == std::floor(support.upper) && support.upper > support.lower &&
                         support.upper < largest_count),
          fmt::format("support '{}' does not end at a larger whole number, correct it", shown(words)));
  return support;
}

}  // namespace

sim::ExpressionParameter parse_domain(std::string const& words, KnownNumbers const& known) {
  sim::ExpressionParameter parameter;
  auto& domain = parameter.domain;
  if (words == "real") return parameter;
  if (words == "positive") {
    domain = Domain::positive;
  } else if (words == "unit") {
    domain = Domain::unit;
  } else if (words == "angle") {
    domain = Domain::angle;
  } else if (auto const lower = behind(words, "above")) {
    parameter.lower = sim::known_number(*lower, "domain", known);
    if (parameter.lower >= 0) domain = Domain::positive;
  } else if (auto const upper = behind(words, "below")) {
    parameter.upper = sim::known_number(*upper, "domain", known);
  } else if (auto const ends = interval(words, "domain", known)) {
    parameter.lower = ends->first;
    parameter.upper = ends->second;
    if (parameter.lower >= 0) domain = parameter.upper <= 1 ? Domain::unit : Domain::positive;
  } else {
    refuse("domain", words, {"real", "positive", "unit", "angle", "above 2", "below 2", "between -1 and 1"});
  }
  return parameter;
}

sim::Support parse_support(std::string const& words, KnownNumbers const& known) {
  if (words == "real") return {};
  if (words == "positive") return {Range::positive, 0};
  if (words == "unit") return {Range::unit, 0, 1};
  if (words == "angle") return {Range::circle};
  if (auto const lower = behind(words, "above")) return {Range::positive, sim::known_number(*lower, "support", known)};
  if (auto const ends = interval(words, "support", known)) return {Range::line, ends->first, ends->second};
  if (auto const ends = behind(words, "integers")) return counts(words, *ends, known);
  refuse("support", words,
         {"real", "positive", "unit", "angle", "above 2", "between 0 and 5", "integers from 0", "integers 0..10"});
}

}  // namespace fisherlab::runs
