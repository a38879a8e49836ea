#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <regex>
#include <string>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "findings/names.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/sections/chances.hpp"
#include "reports/page/sections/interval_svg.hpp"
#include "reports/page/sections/row_labels.hpp"
#include "reports/page/sections/statements.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;

/// A text for the page with its powers raised: "I^-1/2" and "s^2" as they are written by hand.
std::string with_powers(std::string const& text) {
  static std::regex const power(R"(\^(-?[0-9]+(/[0-9]+)?))");
  return std::regex_replace(html_attribute(text), power, "<sup>$1</sup>");
}

/// The region with as many digits as its margin tells apart.
std::string region_words(Region const& region) {
  auto const rounded = [&](double end) {
    auto const whole = rounded_text(end, 6);
    auto const by_margin = text_by_error({end, region.margin / 20});
    return region.margin > 0 && by_margin.size() < whole.size() ? by_margin : whole;
  };
  auto const lower = rounded(region.target - region.margin), upper = rounded(region.target + region.margin);
  if (region.kind == RegionKind::at_least) return "at least " + lower;
  if (region.kind == RegionKind::at_most) return "at most " + upper;
  return "[" + lower + ", " + upper + "]";
}

}  // namespace

data finding_row(Finding const& f, std::size_t place, RowLabel const& label) {
  auto const& m = f.measurement;
  data row;
  row.set("id", fmt::format("f{}", place + 1));
  row.set("claim", printable(f.claim));
  row.set("model", printable(f.model));
  row.set("scenario", printable(label.place));
  row.set("n", printable(label.sizes));
  if (label.sizes != f.n) row.set("sizes", printable("n = " + f.n));
  row.set("statistic", with_powers(label.statistic));
  row.set("badge", badge(f));
  row.set("estimate", estimate_words(m));
  row.set("interval", interval_words(m));
  row.set("exact_interval",
          printable(fmt::format("estimate {}, interval [{}, {}] at level 1 - {}{}", exact_text(m.estimate),
                                exact_text(m.lower), exact_text(m.upper), rounded_text(1 - f.level, 6),
                                m.reason.empty() ? "" : "; " + m.reason)));
  row.set("region", region_words(f.region));
  row.set("chance", chance_text(1 - f.level));
  row.set("chance_key", rounded_text(1 - f.level, 6));
  row.set("picture", interval_svg(f));
  row.set("replicates", with_commas(m.replicates));
  if (m.dropped > 0) row.set("dropped", fmt::format(" {} dropped", m.dropped));
  return row;
}

}  // namespace fisherlab::reports
