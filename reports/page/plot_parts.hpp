#pragma once

#include <fmt/format.h>

#include <string>

#include "base/text/number.hpp"
#include "reports/page/gnuplot.hpp"
#include "reports/page/plots.hpp"

namespace fisherlab::reports {

// One width for all: it is what fits a telephone without making the letters small.
inline constexpr int plot_width = 480;
inline constexpr int letters_across = 56;

/// A colour of gnuplot that `draw_svg` turns into the page's.
inline std::string colour(Ink ink) { return fmt::format("rgb '#0000{:02x}'", static_cast<int>(ink)); }

/// A number as gnuplot reads it.
inline std::string plot_number(double value) { return exact_text(value); }

/// The settings that every picture begins with.
inline std::string plot_frame(int height) {
  return fmt::format(
      "set terminal svg size {},{} dynamic noenhanced font 'sans-serif,13'\n"
      "set border 3 lc {}\nset grid lc {} lt 1 lw 0.7\nset tics nomirror textcolor {} scale 0.5\n",
      plot_width, height, colour(Ink::faint), colour(Ink::region), colour(Ink::text));
}

inline std::string axis_label(char axis, std::string const& text) {
  return fmt::format("set {}label {} textcolor {}\n", axis, gnuplot_quoted(text), colour(Ink::text));
}

inline std::string key_below(int columns) {
  return fmt::format("set key below left Left reverse maxcols {} samplen 2 textcolor {}\nset rmargin 3\n", columns,
                     colour(Ink::text));
}

/// Above the picture, where it cannot run into the label of the axis.
inline std::string key_above() {
  return fmt::format("set key above left Left reverse maxcols 3 samplen 2 textcolor {}\nset rmargin 3\n",
                     colour(Ink::text));
}

}  // namespace fisherlab::reports
