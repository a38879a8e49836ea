#include "reports/page/diagnosis_page.hpp"

#include <kainjow/mustache.hpp>

#include "base/text/display_text.hpp"
#include "reports/page/gallery.hpp"
#include "reports/page/gnuplot.hpp"
#include "reports/page/html_templates.hpp"

namespace fisherlab::reports {

using kainjow::mustache::data;

std::vector<PicturePoint> kept_points(std::vector<FigurePart>& parts) {
  std::vector<PicturePoint> table;
  for (auto& part : parts) keep_points(part.figures, table);
  return table;
}

std::string diagnosis_html(DiagnosisPage page, std::string const& gnuplot, std::function<bool()> const& stop) {
  Gallery gallery(true);  // it stands in the run's folder
  data view;
  view.set("heading", printable(page.heading));
  view.set("lead", printable(page.lead));
  view.set("state", std::string(page.is_refuted ? "failed" : "verified"));
  data advice{data::type::list}, facts{data::type::list}, parts{data::type::list};
  for (auto const& sentence : page.advice) {
    data entry;
    entry.set("sentence", printable(sentence));
    advice.push_back(entry);
  }
  for (auto const& [name, value] : page.facts) {
    data entry;
    entry.set("name", printable(name));
    entry.set("value", printable(value));
    facts.push_back(entry);
  }
  for (auto& part : page.parts) {
    data entry;
    entry.set("heading", printable(part.heading));
    entry.set("figures", gallery.add(std::move(part.figures)));
    parts.push_back(entry);
  }
  view.set("advice", advice);
  view.set("has_advice", !page.advice.empty());
  view.set("facts", facts);
  view.set("parts", parts);
  view.set("text", page.text);
  bool const drawn = gallery.draw(gnuplot, stop);
  view.set("drawn", drawn);
  view.set("not_drawn", !drawn);
  view.set("style", std::string(html_page_style()));
  view.set("symbols", svg_symbols());
  view.set("figure", data(kainjow::mustache::partial([] { return std::string(html_figure_template()); })));
  kainjow::mustache::mustache text{std::string(html_diagnosis_template())};
  return gallery.hang(text.render(view));
}

}  // namespace fisherlab::reports
