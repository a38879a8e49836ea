#include "reports/page/gnuplot.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <regex>
#include <utility>

#include "base/text/display_text.hpp"
#include "reports/page/limited_program.hpp"

namespace fisherlab::reports {
namespace {

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
}

/// What gnuplot writes on each group, and the page once on the picture.
constexpr auto const* strokes = R"( fill="none" color="currentColor" stroke="currentColor")";
constexpr auto const* ends = R"( stroke-linecap="butt" stroke-linejoin="miter")";

/// Pixels of an image, a polygon each, as one path a colour: a third of the bytes, and some dozens of elements in the
/// place of hundreds.
std::string with_pixels_as_paths(std::string const& body) {
  static std::regex const pixel(
      R"re(<polygon fill = '(rgb\([^)]*\))' points = '([\d.]+),([\d.]+) ([\d.]+),[\d.]+ [\d.]+,([\d.]+) [^']*'/>\s*)re");
  std::map<std::string, std::string> paths;  // by colour
  std::string text;
  auto from = body.begin();
  for (std::sregex_iterator at(body.begin(), body.end(), pixel), last; at != last; ++at) {
    auto const& found = *at;
    if (found[0].first != from) {  // another image begins, or the last one ended
      for (auto const& [colour, path] : paths) text += fmt::format("<path fill=\"{}\" d=\"{}\"/>", colour, path);
      paths.clear();
      text.append(from, found[0].first);
    }
    paths[found[1]] +=
        fmt::format("M{} {}H{}V{}H{}z", found[2].str(), found[3].str(), found[4].str(), found[5].str(), found[2].str());
    from = found[0].second;
  }
  for (auto const& [colour, path] : paths) text += fmt::format("<path fill=\"{}\" d=\"{}\"/>", colour, path);
  return text.append(from, body.end());
}

/// What the page needs of one document that gnuplot wrote: from its viewBox on, colours and symbols made the page's.
std::string page_svg(std::string_view document) {
  auto const box_start = document.find("viewBox=\""), box_end = document.find('"', box_start + 9);
  auto const canvas = document.find("</defs>");
  if (box_start == std::string_view::npos || canvas == std::string_view::npos) return {};
  std::string body(document.substr(canvas + 7));
  static std::regex const ours(R"(rgb\( *0, *0, *(\d+)\))");
  static std::regex const unwanted(R"re((<title>[^<]*</title>)|( id=["'][^"']*["'])|( font-family="[^"]*"))re");
  static std::regex const idle(R"(<g [^<>]*>\s*</g>)");
  body = std::regex_replace(body, unwanted, "");
  body = std::regex_replace(body, ours, "var(--c$1)");
  static std::regex const halo(R"(<use [^<>]*color='white'/>)");  // a disc of paper under each point with a bar
  body = std::regex_replace(body, halo, "");
  body = std::regex_replace(body, idle, "");
  replace_all(body, "xlink:href='#gpPt", "href='#pt");
  replace_all(body, "\"black\"", "\"currentColor\"");
  for (auto const* inherited : {strokes, ends}) replace_all(body, inherited, "");
  static std::regex const blank(R"(\s*\n\s*)");
  body = with_pixels_as_paths(std::regex_replace(body, blank, "\n"));
  auto const end = body.rfind("</g>\n</svg>");  // of the group whose beginning stood before the definitions
  if (end == std::string::npos) return {};
  body.resize(end);
  return fmt::format("<svg {}{}{}>{}</svg>", document.substr(box_start, box_end + 1 - box_start), strokes, ends, body);
}

constexpr char const* no_start_up_file = "-d";

/// Pictures of one process.
struct Drawn {
  std::vector<std::string> pictures;  ///< all, or none
  bool was_ended = false;             ///< the process passed a limit: no other is tried
};

ProgramLimits limits_for(std::size_t scripts, std::function<bool()> stop) {
  constexpr std::size_t megabyte = 1 << 20, most = 256;
  return {20 + 0.5 * static_cast<double>(scripts), std::min(8 + scripts, most) * megabyte, std::move(stop)};
}

Drawn draw_together(std::span<std::string const> scripts, std::string const& program, std::function<bool()> stop) {
  std::string input = "set encoding utf8\nset decimalsign '.'\n";
  for (auto const& script : scripts) input += "reset\n" + script + "\nset output\n";
  auto const [text, was_ended] =
      run_limited(program, no_start_up_file, input, limits_for(scripts.size(), std::move(stop)));

  std::vector<std::string> pictures;
  std::size_t from = 0;
  for (auto end = text.find("</svg>"); end != std::string::npos; end = text.find("</svg>", from)) {
    pictures.push_back(page_svg(std::string_view(text).substr(from, end + 6 - from)));
    from = end + 6;
  }
  auto const is_empty = [](std::string const& picture) { return picture.empty(); };
  if (pictures.size() != scripts.size() || std::ranges::any_of(pictures, is_empty)) pictures.clear();
  return {std::move(pictures), was_ended};
}

}  // namespace

std::string gnuplot_quoted(std::string_view text) {
  std::string quoted = "'";
  for (char const c : printable(text)) {
    if (c == '\'') quoted += '\'';
    quoted += c == '`' ? '\'' : c;
    if (c == '`') quoted += '\'';
  }
  return quoted + "'";
}

std::vector<std::string> draw_svg(std::span<std::string const> scripts, std::string const& program,
                                  std::function<bool()> const& stop) {
  if (scripts.empty()) return {};
  auto together = draw_together(scripts, program, stop);
  if (!together.pictures.empty() || scripts.size() == 1 || together.was_ended) return std::move(together.pictures);
  // One script that gnuplot refuses ends the process, so the others are drawn by processes of their own.
  if (gnuplot_version(program).empty()) return {};
  std::vector<std::string> pictures;
  for (auto const& script : scripts) {
    auto drawn = draw_together({&script, 1}, program, stop);
    if (drawn.was_ended) return {};
    pictures.push_back(drawn.pictures.empty() ? std::string() : std::move(drawn.pictures.front()));
  }
  return pictures;
}

std::string gnuplot_version(std::string const& program) {
  auto text = run_limited(program, no_start_up_file,
                          "set print '-'\nprint sprintf('%.1f.%s', GPVAL_VERSION, GPVAL_PATCHLEVEL)\n", {})
                  .text;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return clipped(printable(text), 20);
}

std::string svg_symbols(std::string const& more) {
  // gnuplot's solid symbols of index 4, 6, 8, 10, 12: point types 5 (square), 7 (disc), 9, 11 (triangles), 13
  // (diamond).
  constexpr auto const* shapes = R"(<svg width="0" height="0" class="symbols" aria-hidden="true"><defs>
<rect id="pt4" fill="currentColor" x="-1" y="-1" width="2" height="2"/>
<circle id="pt6" fill="currentColor" r="1"/>
<path id="pt8" fill="currentColor" d="M0,-1.33 L-1.33,0.67 L1.33,0.67 z"/>
<path id="pt10" fill="currentColor" d="M0,1.33 L-1.33,-0.67 L1.33,-0.67 z"/>
<path id="pt12" fill="currentColor" d="M0,-1.41 L1.41,0 L0,1.41 L-1.41,0 z"/>
)";
  return shapes + more + "</defs></svg>";
}

}  // namespace fisherlab::reports
