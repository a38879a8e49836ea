#include <fmt/format.h>

#include <algorithm>
#include <cmath>
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

/// Whether more digits are known than anybody reads: then the interval has nothing to add.
bool is_exact(Measurement const& m) {
  double const reach = std::max(std::fabs(m.lower), std::fabs(m.upper));
  return std::isfinite(reach) && m.upper - m.lower <= 1e-4 * reach;
}

std::string estimate_of(Measurement const& m) {
  return is_exact(m) ? rounded_text(m.estimate, 4) : text_by_error({m.estimate, m.std_error});
}

/// An end that is exactly 0, as of a norm, is known to be so.
std::string end_text(double end, double width) { return end == 0 ? "0" : text_by_error({end, width / 10}); }

std::string interval_of(Finding const& f) {
  auto const& m = f.measurement;
  if (is_exact(m)) return m.std_error == 0 ? "exact" : "known to all digits";
  bool const has_end = std::isfinite(m.lower) || std::isfinite(m.upper);
  if (!m.reason.empty() && !has_end) return "none";
  if (m.lower != 0 && m.upper != 0) return ends_text(m);
  return fmt::format("[{}, {}]", end_text(m.lower, m.upper - m.lower), end_text(m.upper, m.upper - m.lower));
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
  row.set("sizes", label.sizes == f.n ? std::string() : printable("n = " + f.n));
  row.set("statistic", printable(label.statistic));
  row.set("badge", badge(f));
  row.set("estimate", estimate_of(m));
  row.set("interval", interval_of(f));
  row.set("exact_interval", printable(fmt::format("estimate {}, interval [{}, {}] at level 1 - {}{}",
                                                  exact_text(m.estimate), exact_text(m.lower), exact_text(m.upper),
                                                  rounded_text(1 - f.level, 6), m.reason.empty() ? "" : "; " + m.reason)));
  row.set("region", region_text(f.region));
  row.set("chance", chance_text(1 - f.level));
  row.set("chance_key", rounded_text(1 - f.level, 6));
  row.set("picture", interval_svg(f));
  row.set("replicates", with_commas(m.replicates));
  row.set("dropped", m.dropped > 0 ? fmt::format("{} dropped", m.dropped) : std::string());
  return row;
}

}  // namespace fisherlab::reports
