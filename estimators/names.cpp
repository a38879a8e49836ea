#include "estimators/names.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "base/expects.hpp"

namespace fisherlab::estimators {

std::string_view base_name(std::string_view text) { return text.substr(0, text.find('(')); }

EstimatorName parse_estimator_name(std::string_view text) {
  EstimatorName name{std::string(base_name(text)), std::nullopt};
  if (name.base.size() == text.size()) return name;
  auto const inner = text.substr(name.base.size() + 1);
  double value = 0;
  auto const parsed = std::from_chars(inner.data(), inner.data() + inner.size(), value);
  bool const is_closed =
      parsed.ec == std::errc() && parsed.ptr == inner.data() + inner.size() - 1 && *parsed.ptr == ')';
  expects(is_closed && std::isfinite(value),
          "after " + name.base + " comes one number in brackets and nothing else, as in " + name.base + "(0.1)");
  name.argument = value + 0.0;  // 0 for -0
  return name;
}

std::string argument_text(double argument) {
  std::array<char, 32> text;
  auto const end = std::to_chars(text.data(), text.data() + text.size(), argument).ptr;
  return {text.data(), end};
}

std::string name_with(std::string_view base, double argument) {
  return std::string(base) + "(" + argument_text(argument) + ")";
}

}  // namespace fisherlab::estimators
