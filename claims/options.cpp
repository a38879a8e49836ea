#include "claims/options.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "base/expects.hpp"

namespace fisherlab::claims {

std::string text_option(Options const& options, std::string const& name, std::string const& fallback,
                        std::vector<std::string> const& choices) {
  auto const found = options.find(name);
  if (found == options.end()) return fallback;
  std::string listed;
  for (auto const& choice : choices) listed += (listed.empty() ? "" : ", ") + choice;
  expects(choices.empty() || std::find(choices.begin(), choices.end(), found->second) != choices.end(),
          "option " + name + " cannot be '" + found->second + "', choose one of: " + listed);
  return found->second;
}

std::optional<double> optional_number(Options const& options, std::string const& name) {
  auto const found = options.find(name);
  if (found == options.end()) return std::nullopt;
  auto const& text = found->second;
  double value = 0;
  auto const end = text.data() + text.size();
  auto const parsed = std::from_chars(text.data(), end, value);
  expects(parsed.ec == std::errc() && parsed.ptr == end && std::isfinite(value),
          "option " + name + " needs a number, not '" + text + "'");
  return value;
}

double number_option(Options const& options, std::string const& name, double fallback) {
  return optional_number(options, name).value_or(fallback);
}

int count_option(Options const& options, std::string const& name, int fallback, int least, int most) {
  auto const value = optional_number(options, name);
  if (!value) return fallback;
  expects(*value >= least && *value <= most && *value == std::floor(*value),
          "option " + name + " is a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return static_cast<int>(*value);
}

}  // namespace fisherlab::claims
