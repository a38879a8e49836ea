#include "reports/tables/compare.hpp"

#include <cstdio>
#include <filesystem>
#include <limits>
#include <optional>
#include <string>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "cli/run/page_options.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/names.hpp"
#include "reports/tables/compare_page.hpp"
#include "runs/folder/our_files.hpp"
#include "runs/folder/run_reader.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  std::optional<std::string> before;
  std::optional<std::string> after;
  bool all = false;  ///< every row of long tables
  PageOptions page;
};

void add(Arguments& arguments, Options& options) {
  arguments.place(values::folder("OLD"), options.before, "Folder of the older run").is_needed = true;
  arguments.place(values::folder("NEW"), options.after, "Folder of the newer run").is_needed = true;
  arguments.flag("--all", options.all, "Show every row of long tables");
  add_page_options(arguments, options.page, runs::comparison_file);
}

RecordedRun read_findings(std::string const& folder) {
  auto run = runs::read_run(folder);
  expects(run.manifest.kind == RunKind::verify,
          "'" + printable(folder) + "' is a run of `fisherlab " + std::string(to_string(run.manifest.kind)) +
              "` (only those of `fisherlab verify` have findings), name the folder of such a run");
  return run;
}

std::string bytes_of_findings(std::string const& folder) {
  return read_bytes(std::filesystem::path(folder) / "findings.csv");
}

/// How a page in `place` names a folder: as "../nights/monday"; empty where it cannot.
std::string path_between(std::filesystem::path const& place, std::string const& folder) {
  std::error_code error;
  auto const path = std::filesystem::relative(folder, place, error).generic_string();
  bool const is_plain = path.find_first_of("%#?\\:") == std::string::npos;  // what a link would read otherwise
  return error || !is_plain ? std::string() : path;
}

int run(Options const& options) {
  expects(options.before && options.after, "two runs are compared, name their folders: fisherlab compare OLD NEW");
  auto const place = page_folder(options.page);
  auto const before = read_findings(*options.before), after = read_findings(*options.after);
  bool const same_bytes = bytes_of_findings(*options.before) == bytes_of_findings(*options.after);
  reports::RunPair const runs{before, after, same_bytes};
  auto const comparison = reports::compare(runs);
  auto const terminal = standard_output();
  auto const most = options.all ? std::numeric_limits<std::size_t>::max() : 20;
  if (place)
    write_page(*place / runs::comparison_file,
               reports::compare_html(comparison, runs,
                                     {path_between(*place, *options.before), path_between(*place, *options.after)}));
  else
    std::fputs(reports::comparison_text(comparison, runs, {terminal.width, terminal.colour}, most).c_str(), stdout);
  if (comparison.worse > 0) return exit_worse;
  return is_whole(before.manifest.status) && is_whole(after.manifest.status) ? exit_success : exit_broken;
}

}  // namespace

Command compare_command() {
  return make_command<Options>(
      {.name = "compare",
       .meaning = "Say what differs between two runs of `fisherlab verify`",
       .footer = "Exit code: 0 no verdict got worse, 1 one did, 2 bad input, 3 none did, but one of the runs\n"
                 "was interrupted.\n\n"
                 "  fisherlab compare nights/monday nights/tuesday"},
      add, run);
}

}  // namespace fisherlab::cli
