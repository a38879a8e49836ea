#include "reports/page/law_plots.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>

#include "base/text/display_text.hpp"
#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {
namespace {

std::string range_of(char axis, PlotRange const& range) {
  return fmt::format("set {}range [{}:{}]\n", axis, plot_number(range.from), plot_number(range.to));
}

std::string title_of(std::string const& label) {
  return "title " + gnuplot_quoted(clipped(printable(label), letters_across - 16));
}

/// The lines of a panel that hold the truth, or those that do not, as one block of data: pieces between empty lines.
std::string pieces(ZipPlot const& plot, ZipPanel const& panel, double base, bool holds) {
  std::string text;
  for (std::size_t i = 0; i < panel.lines.size(); ++i) {
    auto const& line = panel.lines[i];
    double const lower = std::clamp(line.lower, plot.x.from, plot.x.to);
    double const upper = std::clamp(line.upper, plot.x.from, plot.x.to);
    if (line.holds != holds) continue;
    double const y = base + (static_cast<double>(i) + 0.5) / static_cast<double>(panel.lines.size());
    text += fmt::format("{0:.6g} {1:.5g}\n{2:.6g} {1:.5g}\n\n", lower, y, upper);
  }
  return text;
}

}  // namespace

std::string line_script(LinePlot const& plot) {
  static constexpr std::array inks{Ink::blue, Ink::orange, Ink::green};
  static constexpr std::array dashes{1, 2, 4};
  std::string script = plot_frame(308 + 19 * static_cast<int>((plot.lines.size() + 2) / 2));
  script += key_below(2) + axis_label('y', plot.y_axis) + axis_label('x', plot.x_axis) + "set xlabel offset 0,0.6\n";
  script += range_of('x', plot.x) + range_of('y', plot.y) + "set samples 81\n";
  auto plots = fmt::format("{} with lines lw 3 lc {} {}", plot.theory, colour(Ink::faint), title_of(plot.theory_label));
  for (std::size_t i = 0; i < plot.lines.size(); ++i) {
    script += fmt::format("$d{} << EOD\n", i);
    for (auto const& [x, y] : plot.lines[i].points) script += fmt::format("{:.6g} {:.6g}\n", x, y);
    script += "EOD\n";
    plots += fmt::format(", $d{} using 1:2 with lines dashtype {} lw 1.7 lc {} {}", i, dashes[i % dashes.size()],
                         colour(inks[i % inks.size()]), title_of(plot.lines[i].label));
  }
  return script + "plot " + plots + "\n";
}

std::string zip_script(ZipPlot const& plot) {
  constexpr double pitch = 1.22;  // from panel to panel, of which 1 is for the lines
  auto const panels = plot.panels.size();
  std::string script = plot_frame(60 + 190 * static_cast<int>(panels));
  script += "set lmargin 3\nset rmargin 5\nset tmargin 0.4\nset bmargin 3\nset border 1\nunset ytics\nunset grid\n";
  script +=
      range_of('x', plot.x) + range_of('y', {0, pitch * static_cast<double>(panels)}) + axis_label('x', plot.axis);
  std::string plots;
  for (std::size_t i = 0; i < panels; ++i) {
    auto const& panel = plot.panels[i];
    double const base = pitch * static_cast<double>(panels - 1 - i);
    script += fmt::format("set label {} at graph 0.01, first {} left textcolor {} front\n",
                          gnuplot_quoted(clipped(printable(panel.label), letters_across)), plot_number(base + 1.11),
                          colour(Ink::text));
    script += fmt::format("set label '{} %' at graph 1.01, first {} left textcolor {} front\n",
                          rounded_text(100 * plot.level), plot_number(base + plot.level), colour(Ink::text));
    script +=
        fmt::format("set arrow from graph 0, first {0} to graph 1, first {0} nohead dashtype 2 lc {1} lw 1 front\n",
                    plot_number(base + plot.level), colour(Ink::text));
    script += fmt::format("set arrow from {0}, {1} to {0}, {2} nohead lc {3} lw 1.5 front\n", plot_number(plot.truth),
                          plot_number(base), plot_number(base + 1), colour(Ink::text));
    for (bool const holds : {true, false}) {
      auto const data = pieces(plot, panel, base, holds);
      if (data.empty()) continue;
      auto const name = fmt::format("$z{}{}", i, holds ? "h" : "m");
      script += fmt::format("{} << EOD\n{}EOD\n", name, data);
      plots += fmt::format("{}{} using 1:2 with lines lw {} lc {} notitle", plots.empty() ? "" : ", ", name,
                           holds ? "0.7" : "2", colour(holds ? Ink::blue : Ink::red));
    }
  }
  return script + "plot " + (plots.empty() ? std::string("-1 notitle") : plots) + "\n";
}

}  // namespace fisherlab::reports
