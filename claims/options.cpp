#include "claims/options.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "sim/expects.hpp"

namespace fisherlab::claims {

std::string text_option(Case const& the_case, std::string const& name, std::string const& fallback,
                        std::vector<std::string> const& choices) {
  auto const found = the_case.options.find(name);
  if (found == the_case.options.end()) return fallback;
  std::string listed;
  for (auto const& choice : choices) listed += (listed.empty() ? "" : ", ") + choice;
  expects(choices.empty() || std::find(choices.begin(), choices.end(), found->second) != choices.end(),
          "option " + name + " cannot be '" + found->second + "', choose one of: " + listed);
  return found->second;
}

std::optional<double> optional_number(Case const& the_case, std::string const& name) {
  auto const found = the_case.options.find(name);
  if (found == the_case.options.end()) return std::nullopt;
  auto const& text = found->second;
  double value = 0;
  auto const end = text.data() + text.size();
  auto const parsed = std::from_chars(text.data(), end, value);
  expects(parsed.ec == std::errc() && parsed.ptr == end && std::isfinite(value),
          "option " + name + " needs a number, not '" + text + "'");
  return value;
}

double number_option(Case const& the_case, std::string const& name, double fallback) {
  return optional_number(the_case, name).value_or(fallback);
}

}  // namespace fisherlab::claims
