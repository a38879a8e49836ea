#include "reports/page/pictures/attacked_images.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <string>
#include <tuple>

#include "reports/page/figure_parts.hpp"
#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {
namespace {

using Pixels = std::vector<AttackedPixel const*>;

constexpr double gap = 0.15;  // between the panels, in sides

struct Panel {
  std::string title;
  std::function<double(AttackedPixel const&)> value;
  double least = 0, most = 1;  ///< black and white
};

/// 1 to 255: black itself is a colour of the page.
int grey_of(double value, Panel const& panel) {
  double const share = panel.most > panel.least ? (value - panel.least) / (panel.most - panel.least) : 0.5;
  return std::clamp(static_cast<int>(std::lround(255 * share)), 1, 255);
}

std::array<Panel, 3> panels_of(Pixels const& pixels) {
  auto const before = [](AttackedPixel const& p) { return p.before; };
  auto const after = [](AttackedPixel const& p) { return p.after; };
  double least = pixels.front()->before, most = least;
  for (auto const* p : pixels) {
    least = std::min({least, p->before, p->after});
    most = std::max({most, p->before, p->after});
  }
  double const box = pixels.front()->box;
  return {{{"before", before, least, most},
           {"after", after, least, most},
           {"difference", [](AttackedPixel const& p) { return p.after - p.before; }, -box, box}}};
}

std::string script_of(Pixels const& pixels, int lines, int columns) {
  double const step = columns * (1 + gap);
  std::string script =
      plot_frame(190) +
      "unset border\nunset tics\nunset grid\nset lmargin 0\nset rmargin 0\nset bmargin 0\nset tmargin 0\n" +
      fmt::format("set size ratio -1\nset xrange [-0.5:{}]\nset yrange [{}:{}]\n",
                  plot_number(2 * step + columns - 0.5), plot_number(lines - 0.5), plot_number(-0.5 - gap * lines));
  std::string plots;
  auto const panels = panels_of(pixels);
  for (std::size_t k = 0; k < panels.size(); ++k) {
    double const left = static_cast<double>(k) * step;
    script += fmt::format("set label '{}' at {},{} center textcolor {}\n$d{} << EOD\n", panels[k].title,
                          plot_number(left + 0.5 * (columns - 1)), plot_number(-0.5 - 0.5 * gap * lines),
                          colour(Ink::text), k);
    for (auto const* p : pixels)
      script += fmt::format("{} {} {}\n", plot_number(left + p->column - 1), p->line - 1,
                            grey_of(panels[k].value(*p), panels[k]));
    script += "EOD\n";
    plots += fmt::format("{}$d{} using 1:2:3:3:3 with rgbimage pixels notitle", plots.empty() ? "" : ", ", k);
  }
  return script + "plot " + plots + "\n";
}

/// What is read out in the place of the picture.
std::string words_of(Pixels const& pixels) {
  double largest = 0, sum = 0;
  int moved = 0;
  for (auto const* p : pixels) {
    double const change = std::fabs(p->after - p->before);
    largest = std::max(largest, change);
    sum += change;
    moved += change > 0 ? 1 : 0;
  }
  return fmt::format("{} of {} pixels moved, by {} on average and {} at most", moved, pixels.size(),
                     short_text(sum / static_cast<double>(pixels.size())), short_text(largest));
}

}  // namespace

std::vector<Figure> attacked_image_figures(std::span<AttackedPixel const* const> pixels) {
  std::vector<Figure> figures;
  if (pixels.empty()) return figures;
  for (auto const& [key, image] :
       grouped(pixels, [](auto const& p) { return std::tuple(p.data, p.model, p.l2, p.box, p.direction); })) {
    int lines = 0, columns = 0;
    for (auto const* p : image) {
      lines = std::max(lines, p->line);
      columns = std::max(columns, p->column);
    }
    if (static_cast<std::size_t>(lines) * static_cast<std::size_t>(columns) != image.size()) continue;
    auto const& first = *image.front();
    figures.push_back(
        {script_of(image, lines, columns),
         fmt::format("The training image that was moved: class {} of {}, box {}", first.label, first.data,
                     short_text(first.box)),
         fmt::format("Before the attack of the first repetition, after it, and the difference (grey: none; white and "
                     "black: the box, up and down). With it {} of the {} predictions of the group are wrong, all of "
                     "which were right.",
                     first.flipped, first.trials),
         words_of(image) + ".",
         first.model,
         {image.begin(), image.end()}});
  }
  return figures;
}

}  // namespace fisherlab::reports
