#include "reports/page/diagnosis_plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/text/display_text.hpp"
#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {
namespace {

std::string data_block(char const* name, std::vector<std::pair<double, double>> const& points) {
  auto text = fmt::format("${} << EOD\n", name);
  for (auto const& [x, y] : points) text += fmt::format("{:.8g} {:.8g}\n", x, y);
  return text + "EOD\n";
}

std::string in_key(std::string const& label) {
  return "title " + gnuplot_quoted(clipped(printable(label), letters_across));
}

}  // namespace

double BarPlot::highest() const {
  double highest = 0;
  for (auto const& bar : bars) highest = std::max(highest, bar.height);
  for (auto const& [x, y] : over.points)
    if (std::isfinite(y)) highest = std::max(highest, y);
  return highest;
}

std::string bar_script(BarPlot const& plot) {
  auto script = plot_frame(340) + key_above() + axis_label('x', plot.x_axis) + axis_label('y', plot.y_axis);
  script += fmt::format("set yrange [0:{}]\nset style fill solid 1 noborder\n$b << EOD\n",
                        plot.y_to > 0 ? plot_number(plot.y_to) : "*");
  for (auto const& bar : plot.bars)
    script += fmt::format("{:.8g} {:.8g} {:.8g}\n", 0.5 * (bar.from + bar.to), bar.height, 0.94 * (bar.to - bar.from));
  script += "EOD\n" + data_block("l", plot.over.points);
  auto const over = plot.has_points ? std::string("points pt 7 ps 0.6") : std::string("lines lw 2");
  return script + fmt::format("plot $b using 1:2:3 with boxes lc {} {}, $l using 1:2 with {} lc {} {}\n",
                              colour(Ink::region), in_key(plot.bars_label), over, colour(Ink::blue),
                              in_key(plot.over.label));
}

std::string quantile_script(std::string const& x_axis, std::string const& y_axis,
                            std::vector<QuantileMark> const& marks) {
  auto script = plot_frame(380) + key_above() + axis_label('x', x_axis) + axis_label('y', y_axis);
  script += "set style fill solid 1 noborder\n$q << EOD\n";
  for (auto const& m : marks)
    script += fmt::format("{:.8g} {:.8g} {:.8g} {:.8g}\n", m.expected, m.observed, m.lower, m.upper);
  return script + fmt::format(
                      "EOD\nplot $q using 1:3:4 with filledcurves lc {} title 'expected in 95 %', $q using 1:1 "
                      "with lines lw 1.2 lc {} title 'equal', $q using 1:2 with points pt 7 ps 0.45 lc {} title "
                      "'the data'\n",
                      colour(Ink::region), colour(Ink::faint), colour(Ink::blue));
}

std::string survival_script(SurvivalPlot const& plot) {
  auto script =
      plot_frame(360) + key_above() + axis_label('x', "observation") + axis_label('y', "share that is larger");
  script += "set yrange [0:1.02]\nset style fill solid 1 noborder\n$s << EOD\n";
  for (auto const& m : plot.marks)
    script += fmt::format("{:.8g} {:.8g} {:.8g} {:.8g} {:.8g}\n", m.x, m.data, m.law, m.lower, m.upper);
  return script + fmt::format(
                      "EOD\nplot $s using 1:4:5 with filledcurves lc {} title 'expected in 95 %', $s using 1:3 with "
                      "lines lw 1.2 lc {} {}, $s using 1:2 with lines lw 1.6 lc {} {}\n",
                      colour(Ink::region), colour(Ink::orange), in_key(plot.law), colour(Ink::blue),
                      in_key("the data, " + plot.estimate));
}

std::string residual_script(MarkedPlot const& plot) {
  std::vector<std::pair<double, double>> points;
  for (auto const& p : plot.points) points.emplace_back(p.x, p.y);
  return plot_frame(340) + "unset key\nset offsets graph 0.03, graph 0.08, graph 0.08, graph 0.08\n" +
         axis_label('x', plot.x_axis) + axis_label('y', plot.y_axis) + data_block("r", points) +
         point_names(plot.points, plot.named) +
         fmt::format("plot 0 with lines lw 1.2 lc {}, $r using 1:2 with points pt 7 ps 0.45 lc {}\n",
                     colour(Ink::faint), colour(Ink::blue));
}

std::string profile_script(ProfilePlot const& plot) {
  auto const rows = static_cast<double>(plot.rows.size());
  double const step = 0.62, top = 2.2 * plot.cut_off;
  auto script = plot_frame(330 + 24 * static_cast<int>(plot.rows.size())) + axis_label('x', plot.x_axis) +
                axis_label('y', "twice the fall of the log likelihood");
  script += "set xlabel offset 0,0.6\nunset key\n" + data_block("p", plot.statistic.points);
  script += fmt::format("set yrange [{}:{}]\nset ytics 0, {}\n", plot_number(-step * (rows + 0.4) * top / 6),
                        plot_number(top), plot_number(std::max(1.0, std::round(top / 5))));
  double const from = plot.statistic.points.front().first, to = plot.statistic.points.back().first;
  script += fmt::format("set xrange [{}:{}]\n", plot_number(from), plot_number(to));
  for (std::size_t i = 0; i < plot.rows.size(); ++i) {
    auto const& row = plot.rows[i];
    double const y = -(static_cast<double>(i) + 0.95) * step * top / 6;
    double const lower = std::isnan(row.lower) ? row.estimate : std::clamp(row.lower, from, to);
    double const upper = std::isnan(row.upper) ? row.estimate : std::clamp(row.upper, from, to);
    script += fmt::format("set arrow from {}, {} to {}, {} heads size screen 0.007,90 lc {} lw 2\n", plot_number(lower),
                          plot_number(y), plot_number(upper), plot_number(y), colour(row.ink));
    script += fmt::format("set label {} at {}, {} center textcolor {} font ',10' offset 0,0.45 front\n",
                          gnuplot_quoted(clipped(printable(row.label), letters_across)),
                          plot_number(0.5 * (lower + upper)), plot_number(y), colour(Ink::text));
  }
  return script + fmt::format("plot {} with lines dashtype 2 lc {}, $p using 1:2 with lines lw 2 lc {}\n",
                              plot_number(plot.cut_off), colour(Ink::faint), colour(Ink::blue));
}

}  // namespace fisherlab::reports
