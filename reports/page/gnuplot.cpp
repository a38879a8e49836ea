#include "reports/page/gnuplot.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <regex>

#include "base/text/display_text.hpp"

extern char** environ;  // NOLINT(readability-identifier-naming)

namespace fisherlab::reports {
namespace {

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

File scratch() { return {std::tmpfile(), &std::fclose}; }

/// Runs the program with files for its input and output: they need no thread and no poll, and a child that stops
/// reading stops nobody. The output is empty when the child could not be started or did not exit with 0.
std::string output_of(std::string const& program, std::string_view input) {
  auto const in = scratch(), out = scratch();
  if (!in || !out) return {};
  if (std::fwrite(input.data(), 1, input.size(), in.get()) != input.size() || std::fflush(in.get()) != 0) return {};
  if (::lseek(::fileno(in.get()), 0, SEEK_SET) != 0) return {};

  posix_spawn_file_actions_t actions;
  if (::posix_spawn_file_actions_init(&actions) != 0) return {};
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(in.get()), STDIN_FILENO);
  ::posix_spawn_file_actions_adddup2(&actions, ::fileno(out.get()), STDOUT_FILENO);
  ::posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", 1 /* O_WRONLY */, 0);
  std::string name = program, no_start_up_file = "-d";
  std::array<char*, 3> arguments{name.data(), no_start_up_file.data(), nullptr};
  pid_t child = 0;
  int const failed = ::posix_spawnp(&child, program.c_str(), &actions, nullptr, arguments.data(), environ);
  ::posix_spawn_file_actions_destroy(&actions);
  int status = 0;
  if (failed != 0 || ::waitpid(child, &status, 0) != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0) return {};

  std::string text;
  std::array<char, 65536> chunk{};
  std::rewind(out.get());
  while (auto const size = std::fread(chunk.data(), 1, chunk.size(), out.get())) text.append(chunk.data(), size);
  return text;
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
    text.replace(at, from.size(), to);
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
  static std::regex const blank(R"(\s*\n\s*)");
  body = std::regex_replace(body, blank, "\n");
  auto const end = body.rfind("</g>\n</svg>");  // of the group whose beginning stood before the definitions
  if (end == std::string::npos) return {};
  body.resize(end);
  return fmt::format("<svg {} focusable=\"false\">{}</svg>", document.substr(box_start, box_end + 1 - box_start), body);
}

/// All pictures of one process, or none.
std::vector<std::string> draw_together(std::span<std::string const> scripts, std::string const& program) {
  std::string input = "set encoding utf8\nset decimalsign '.'\n";
  for (auto const& script : scripts) input += "reset\n" + script + "\nset output\n";
  auto const text = output_of(program, input);

  std::vector<std::string> pictures;
  std::size_t from = 0;
  for (auto end = text.find("</svg>"); end != std::string::npos; end = text.find("</svg>", from)) {
    pictures.push_back(page_svg(std::string_view(text).substr(from, end + 6 - from)));
    from = end + 6;
  }
  if (pictures.size() != scripts.size()) return {};
  for (auto const& picture : pictures)
    if (picture.empty()) return {};
  return pictures;
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

std::vector<std::string> draw_svg(std::span<std::string const> scripts, std::string const& program) {
  if (scripts.empty()) return {};
  auto pictures = draw_together(scripts, program);
  if (!pictures.empty() || scripts.size() == 1) return pictures;
  // One script that gnuplot refuses ends the process, so the others are drawn by processes of their own.
  if (output_of(program, "set print '-'\nprint 1\n").empty()) return {};
  for (auto const& script : scripts) {
    auto picture = draw_together({&script, 1}, program);
    pictures.push_back(picture.empty() ? std::string() : std::move(picture.front()));
  }
  return pictures;
}

std::string gnuplot_version(std::string const& program) {
  auto text = output_of(program, "set print '-'\nprint sprintf('%.1f.%s', GPVAL_VERSION, GPVAL_PATCHLEVEL)\n");
  while (!text.empty() && text.back() == '\n') text.pop_back();
  return text;
}

std::string_view svg_symbols() {
  // gnuplot's solid symbols of index 4, 6, 8, 10, 12: point types 5 (square), 7 (disc), 9, 11 (triangles), 13
  // (diamond).
  return R"(<svg width="0" height="0" class="symbols" aria-hidden="true"><defs>
<rect id="pt4" fill="currentColor" x="-1" y="-1" width="2" height="2"/>
<circle id="pt6" fill="currentColor" r="1"/>
<path id="pt8" fill="currentColor" d="M0,-1.33 L-1.33,0.67 L1.33,0.67 z"/>
<path id="pt10" fill="currentColor" d="M0,1.33 L-1.33,-0.67 L1.33,-0.67 z"/>
<path id="pt12" fill="currentColor" d="M0,-1.41 L1.41,0 L0,1.41 L-1.41,0 z"/>
</defs></svg>)";
}

}  // namespace fisherlab::reports
