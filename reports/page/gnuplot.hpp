#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace fisherlab::reports {

/// A text as a gnuplot string that nothing in it can leave: one line, in single quotes, without backquotes.
std::string gnuplot_quoted(std::string_view text);

/// Draws each script with one gnuplot process, which reads the scripts on its standard input; a script sets size, axes
/// and labels, and plots once. The pictures come back as SVG elements to stand inside an HTML page: without ids,
/// namespaces or fonts, their colours the page's CSS variables (colour "#0000NN" becomes var(--cNN)), their point
/// symbols uses of `svg_symbols`.
/// A script that gnuplot refuses gives an empty picture. Without the program the result is empty, and where it hangs,
/// floods its output (half a second and a megabyte for each picture, and some more) or `stop` says so.
std::vector<std::string> draw_svg(std::span<std::string const> scripts, std::string const& program = "gnuplot",
                                  std::function<bool()> const& stop = {});

/// "5.4.4"; empty without the program, and where it does not answer in five seconds.
std::string gnuplot_version(std::string const& program = "gnuplot");

/// The definitions of the point symbols, to stand once in a page that shows pictures.
std::string svg_symbols(std::string const& more = {});

}  // namespace fisherlab::reports
