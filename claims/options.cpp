#include "claims/options.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::claims {
namespace {

std::string listed(std::vector<std::string> const& words) {
  std::string text;
  for (auto const& word : words) text += (text.empty() ? "" : ", ") + word;
  return text.empty() ? "none" : text;
}

std::vector<std::string> names_of(std::vector<ClaimOption> const& options) {
  std::vector<std::string> names;
  for (auto const& option : options) names.push_back(option.name);
  return names;
}

}  // namespace

Options completed(ClaimCard const& card, Options options) {
  auto const names = names_of(card.options);
  for (auto const& [name, value] : options)
    expects(std::find(names.begin(), names.end(), name) != names.end(), "claim " + card.id + " has no option '" +
                                                                            clipped(printable(name), 40) +
                                                                            "', its options are: " + listed(names));
  for (auto const& option : card.options) {
    bool const is_margin = option.name.ends_with("margin") && options.contains(option.name);
    expects(!is_margin || number_option(options, option.name) >= 0,
            "option " + option.name + " is below 0 (the region would be empty), give one of zero or more");
    auto const [place, is_new] = options.try_emplace(option.name, option.fallback);
    if (is_new || option.choices.empty()) continue;
    expects(std::find(option.choices.begin(), option.choices.end(), place->second) != option.choices.end(),
            "option " + option.name + " cannot be '" + clipped(printable(place->second), 40) +
                "', choose one of: " + listed(option.choices));
  }
  return options;
}

std::string text_option(Options const& options, std::string const& name) {
  auto const found = options.find(name);
  return found == options.end() ? std::string() : found->second;
}

double number_option(Options const& options, std::string const& name) {
  auto const text = text_option(options, name);
  double value = 0;
  auto const end = text.data() + text.size();
  auto const parsed = std::from_chars(text.data(), end, value);
  expects(parsed.ec == std::errc() && parsed.ptr == end && std::isfinite(value),
          "option " + name + " needs a number, not '" + clipped(printable(text), 40) + "'");
  return value;
}

double rounding_as_written(std::string const& text) {
  auto const point = text.find('.');
  if (point == std::string::npos) return 0;
  auto const end = std::min(text.find_first_of("eE", point), text.size());
  double const exponent = end < text.size() ? std::stod(text.substr(end + 1)) : 0.0;
  return 0.5 * std::pow(10.0, exponent - static_cast<double>(end - point - 1));
}

int count_option(Options const& options, std::string const& name, int least, int most) {
  double const value = number_option(options, name);
  expects(value >= least && value <= most && value == std::floor(value),
          "option " + name + " is a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return static_cast<int>(value);
}

ClaimOption margin_option(std::string fallback) {
  return {"margin", "how far from the claimed value still counts as holding", std::move(fallback), {}};
}

ClaimOption rate_option(std::string fallback) {
  return {"rate", "exponent r of the decay n^-r over the sizes, or none", std::move(fallback), {}};
}

ClaimOption plant_option(std::vector<std::string> choices) {
  auto first = choices.front();
  return {"plant", "what a control plants", std::move(first), std::move(choices)};
}

ClaimOption printed_form_option() {
  return {"form", "the statement as corrected, or as printed", "corrected", {"corrected", "printed"}};
}

}  // namespace fisherlab::claims
