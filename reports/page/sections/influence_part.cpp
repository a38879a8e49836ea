#include "reports/page/sections/influence_part.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "reports/page/pictures/influence_figures.hpp"
#include "reports/tables/influence_summary.hpp"

namespace fisherlab::reports {
namespace {

using kainjow::mustache::data;

constexpr std::size_t most_shown = 100;
constexpr std::size_t most_pictures = 4;

data entry_of(InfluenceSummary const& summary) {
  auto const& first = summary.first;
  data entry;
  entry.set("data", printable(first.data));
  entry.set("model", printable(fmt::format("{}, l2 = {}, convention {}, {}", first.model, rounded_text(first.l2, 3),
                                           first.convention, first.solver)));
  entry.set("test_point",
            printable(first.split > 0 ? fmt::format("{}, split {}", first.test_point, first.split) : first.test_point));
  entry.set("pairs", fmt::format("{}", summary.pairs));
  auto const& fit = summary.agreement;
  entry.set("slope", fit ? rounded_text(fit->slope, 3) : std::string("-"));
  entry.set("relative_error", fit ? rounded_text(fit->relative_error, 3) : std::string("-"));
  entry.set("pearson", fit ? rounded_text(fit->pearson, 4) : std::string("-"));
  entry.set("spearman", fit ? rounded_text(fit->spearman, 4) : std::string("-"));
  entry.set("harmful", summary.harmful);
  entry.set("helpful", summary.helpful);
  return entry;
}

}  // namespace

void add_influence(RunTables const& run, bool full, data& page, Gallery& gallery) {
  auto const summaries = influence_summaries(run.influence);
  data rows{data::type::list};
  for (std::size_t k = 0; k < summaries.size() && k < most_shown; ++k) rows.push_back(entry_of(summaries[k]));
  auto figures = influence_figures(run.influence);
  name_data(figures, run.influence, "influence.csv");
  if (!full && figures.size() > most_pictures) figures.resize(most_pictures);
  auto attacks = attack_figures(run.attack);
  name_data(attacks, run.attack, "attack.csv");
  for (auto& figure : attacks) figures.push_back(std::move(figure));
  page.set("has_influence", !run.influence.empty() || !run.attack.empty());
  page.set("has_influence_rows", !summaries.empty());
  page.set("influence_rows", rows);
  page.set("influence_more", summaries.size() > most_shown
                                 ? fmt::format(", the first {} of {}", most_shown, summaries.size())
                                 : std::string());
  page.set("influence_figures", gallery.add(std::move(figures)));
}

}  // namespace fisherlab::reports
