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
  row.set("estimate", estimate_words(m));
  row.set("interval", interval_words(m));
  row.set("exact_interval",
          printable(fmt::format("estimate {}, interval [{}, {}] at level 1 - {}{}", exact_text(m.estimate),
                                exact_text(m.lower), exact_text(m.upper), rounded_text(1 - f.level, 6),
                                m.reason.empty() ? "" : "; " + m.reason)));
  row.set("region", region_text(f.region));
  row.set("chance", chance_text(1 - f.level));
  row.set("chance_key", rounded_text(1 - f.level, 6));
  row.set("picture", interval_svg(f));
  row.set("replicates", with_commas(m.replicates));
  row.set("dropped", m.dropped > 0 ? fmt::format("{} dropped", m.dropped) : std::string());
  return row;
}

}  // namespace fisherlab::reports
