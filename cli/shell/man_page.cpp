#include "cli/shell/man_page.hpp"

#include <fmt/format.h>

#include <sstream>
#include <string>
#include <string_view>

namespace fisherlab::cli {
namespace {

/// Text as roff prints it: no character is a command, and what stands in backquotes is bold.
std::string roff(std::string_view text) {
  std::string result;
  bool is_bold = false;
  if (text.starts_with('.') || text.starts_with('\'')) result += "\\&";
  for (char const c : text) {
    if (c == '`') {
      result += is_bold ? "\\fR" : "\\fB";
      is_bold = !is_bold;
    } else if (c == '\\') {
      result += "\\e";
    } else if (c == '-') {
      result += "\\-";
    } else if (c == '\'') {
      result += "\\(aq";
    } else if (c == '\n') {
      result += '\n';
    } else {
      result += c;
    }
  }
  return result;
}

/// Exit codes as a paragraph, examples as they are.
std::string footer_text(std::string const& footer) {
  std::string text;
  bool in_example = false;
  std::istringstream lines(footer);
  for (std::string line; std::getline(lines, line);) {
    if (line.empty()) continue;
    bool const is_example = line.starts_with("  ");
    if (is_example != in_example) text += is_example ? ".PP\n.nf\n" : ".fi\n";
    if (!is_example && text.empty()) text += ".PP\n";
    in_example = is_example;
    text += roff(line) + '\n';
  }
  return text + (in_example ? ".fi\n" : "");
}

std::string argument_text(ArgumentText const& argument) {
  auto text = fmt::format(".TP\n\\fB{}\\fR", roff(argument.name));
  if (argument.value.word != argument.name && !argument.value.word.empty())
    text += fmt::format(" \\fI{}\\fR", roff(argument.value.word));
  text += '\n' + roff(argument.meaning);
  if (argument.is_needed) text += " (needed)";
  if (!argument.unless_set.empty()) text += fmt::format("; {} unless given", roff(argument.unless_set));
  return text + '\n';
}

std::string subcommand_text(SubcommandText const& sub) {
  auto text = fmt::format(".SS {}\n{}.\n.PP\n\\fB{}\\fR\n", roff(sub.name), roff(sub.meaning), roff(sub.usage()));
  for (auto const& place : sub.places) text += argument_text(place);
  for (auto const& option : sub.options) text += argument_text(option);
  return text + footer_text(sub.footer);
}

constexpr char const* head = R"(.TH FISHERLAB 1 "" "fisherlab {version}" "User Commands"
.SH NAME
fisherlab \- maximum likelihood theory put to the test by simulation
.SH SYNOPSIS
\fBfisherlab\fR \fISUBCOMMAND\fR [\fIOPTIONS\fR] [\fIARGUMENTS\fR]
.br
\fBfisherlab\fR [\fISUBCOMMAND\fR] \fB\-\-help\fR
.br
\fBfisherlab\fR \fB\-\-version\fR
.SH DESCRIPTION
{meaning}
Results go to standard output, messages and the progress bar to standard error.
.SH SUBCOMMANDS
)";

constexpr char const* tail = R"(.SH EXIT STATUS
.TP
0
all as expected
.TP
1
a finding contradicts what was expected (for \fBcompare\fR, \fBhistory\fR and \fBcalibrate\fR see there)
.TP
2
bad usage or input; nothing was written
.TP
3
the run broke or was interrupted; what was done is on disk
.TP
4
nothing contradicts, but some finding stayed inconclusive
.SH ENVIRONMENT
.TP
NO_COLOR
When set and not empty, no colour is used. There is none where the output is no terminal.
.TP
COLUMNS
Width of the output where it is no terminal; 100 unless set.
)";

}  // namespace

std::string man_page(ProgramText const& program) {
  auto text =
      fmt::format(fmt::runtime(head), fmt::arg("version", program.version), fmt::arg("meaning", roff(program.meaning)));
  for (auto const& sub : program.subcommands) text += subcommand_text(sub);
  return text + tail;
}

}  // namespace fisherlab::cli
