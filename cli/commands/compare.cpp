#include "reports/tables/compare.hpp"

#include <cstdio>
#include <filesystem>
#include <limits>
#include <string>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/terminal/terminal.hpp"
#include "findings/names.hpp"
#include "runs/folder/run_reader.hpp"

namespace fisherlab::cli {
namespace {

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

}  // namespace

int compare(CompareOptions const& options) {
  expects(options.before && options.after, "two runs are compared, name their folders: fisherlab compare OLD NEW");
  auto const before = read_findings(*options.before), after = read_findings(*options.after);
  bool const same_bytes = bytes_of_findings(*options.before) == bytes_of_findings(*options.after);
  reports::RunPair const runs{before, after, same_bytes};
  auto const comparison = reports::compare(runs);
  auto const terminal = standard_output();
  auto const most = options.all ? std::numeric_limits<std::size_t>::max() : 20;
  std::fputs(reports::comparison_text(comparison, runs, {terminal.width, terminal.colour}, most).c_str(), stdout);
  return comparison.worse > 0 ? exit_worse : exit_success;
}

}  // namespace fisherlab::cli
