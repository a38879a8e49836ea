#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text/display_text.hpp"
#include "reports/page/html_text.hpp"
#include "reports/page/pictures/picture_figures.hpp"
#include "reports/page/sections/interval_svg.hpp"
#include "reports/page/sections/statements.hpp"
#include "reports/tables/summary.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;

constexpr std::size_t in_sight = 12;  ///< sentences of a part; the others are folded away
constexpr std::size_t most_pictures = 6;

/// The first pictures of the claims and models of these findings.
std::vector<Figure> pictures_of(std::vector<Finding const*> const& findings, RunTables const& run) {
  std::vector<Figure> figures;
  std::vector<std::pair<std::string, std::string>> seen;
  for (auto const* f : findings) {
    if (std::ranges::find(seen, std::pair(f->claim, f->model)) != seen.end()) continue;
    seen.emplace_back(f->claim, f->model);
    auto all = curve_figures(run, f->claim);
    std::erase_if(all, [&](auto const& figure) { return figure.model != f->model; });
    for (std::size_t k = 0; k < std::min<std::size_t>(2, all.size()) && figures.size() < most_pictures; ++k)
      figures.push_back(std::move(all[k]));
    if (figures.size() == most_pictures) break;
  }
  return figures;
}

data trouble_part(std::string const& name, std::string const& heading, std::vector<Finding const*> const& findings,
                  RunTables const& run, Gallery& gallery) {
  data first{data::type::list}, rest{data::type::list};
  for (std::size_t k = 0; k < findings.size(); ++k) {
    auto const& f = *findings[k];
    data entry;
    entry.set("id", fmt::format("f{}", &f - run.findings.data() + 1));
    entry.set("claim", printable(f.claim));
    entry.set("sentence", printable(finding_sentence(f)));
    entry.set("badge", badge(f));
    entry.set("picture", interval_svg(f));
    (k < in_sight ? first : rest).push_back(entry);
  }
  data part;
  part.set("name", name);
  part.set("heading", heading);
  part.set("first", first);
  part.set("rest", rest);
  part.set("has_rest", findings.size() > in_sight);
  if (findings.size() > in_sight) part.set("rest_count", fmt::format("{}", findings.size() - in_sight));
  auto figures = pictures_of(findings, run);
  part.set("has_figures", !figures.empty());
  part.set("figures", gallery.add(std::move(figures)));
  return part;
}

}  // namespace

void add_troubles(RunTables const& run, Summary const& summary, data& page, Gallery& gallery) {
  data parts{data::type::list};
  if (!summary.failed.empty()) parts.push_back(trouble_part("troubles", "What failed", summary.failed, run, gallery));
  if (!summary.open.empty()) parts.push_back(trouble_part("unsettled", "What is open", summary.open, run, gallery));
  page.set("urgent", parts);
}

}  // namespace fisherlab::reports
