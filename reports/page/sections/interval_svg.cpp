#include "reports/page/sections/interval_svg.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <tuple>

#include "reports/page/html_text.hpp"
#include "reports/page/sections/verdict_map.hpp"

namespace fisherlab::reports {
namespace {

constexpr double width = 120, middle = 60, unit = 24;  // of the drawing, in which a margin is `unit` wide

double place_of(double value, Region const& region) {
  return std::clamp(middle + unit * (value - region.target) / region.margin, 0.0, width);
}

/// Where it is drawn: two decimals are more than a screen shows.
std::string at(double place) { return fmt::format("{:g}", std::round(10 * place) / 10); }

std::string mark(Finding const& finding, double place) {
  auto const& m = finding.measurement;
  double const exact = middle + unit * (m.estimate - finding.region.target) / finding.region.margin;
  if (exact < 0) return "<path class=\"tip\" d=\"M0 7l7-4v8z\"/>";
  if (exact > width) return "<path class=\"tip\" d=\"M120 7l-7-4v8z\"/>";
  return fmt::format("<use href=\"#m{}\" x=\"{}\"/>", symbol_of(badge(finding)), at(place));
}

}  // namespace

std::string interval_svg(Finding const& finding) {
  auto const& [kind, target, margin, exact_within] = finding.region;
  auto const& m = finding.measurement;
  if (!(margin > 0) || !std::isfinite(m.estimate) || !std::isfinite(target)) return {};
  char const* const band = kind == RegionKind::at_most ? "most" : kind == RegionKind::at_least ? "least" : "equal";
  double const lower = place_of(std::isnan(m.lower) ? m.estimate : m.lower, finding.region);
  double const upper = place_of(std::isnan(m.upper) ? m.estimate : m.upper, finding.region);
  auto const line = upper - lower > 1 ? fmt::format("<path d=\"M{} 7H{}\"/>", at(lower), at(upper)) : std::string();
  return fmt::format("<svg class=\"iv {}\" viewBox=\"0 0 120 14\" aria-hidden=\"true\"><use href=\"#{}\"/>{}{}</svg>",
                     badge(finding), band, line, mark(finding, place_of(m.estimate, finding.region)));
}

std::string interval_symbols() {
  std::string text;
  for (auto const& [name, from, to] : std::initializer_list<std::tuple<char const*, double, double>>{
           {"equal", middle - unit, middle + unit}, {"least", middle - unit, width}, {"most", 0, middle + unit}})
    text +=
        fmt::format("<g id=\"{}\"><path class=\"rg\" d=\"M{} 1H{}V13H{}z\"/><path class=\"tg\" d=\"M{} 1V13\"/></g>",
                    name, from, to, from, middle);
  for (auto const* symbol : {"pt4", "pt6", "pt8", "pt10", "pt12"})
    text += fmt::format("<use id=\"m{0}\" href=\"#{0}\" transform=\"translate(0 7)scale(3.6)\"/>", symbol);
  return text;
}

}  // namespace fisherlab::reports
