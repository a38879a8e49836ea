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
#include "runs/folder/run_reader.hpp"

namespace fisherlab::cli {
namespace {

std::filesystem::path findings_of(std::string const& folder) {
  auto const path = std::filesystem::path(folder) / "findings.csv";
  expects(std::filesystem::exists(path), "'" + printable(folder) +
                                             "' holds no findings.csv (only `fisherlab verify` writes one), name the "
                                             "folder of such a run");
  return path;
}

}  // namespace

int compare(CompareOptions const& options) {
  expects(options.before && options.after, "two runs are compared, name their folders: fisherlab compare OLD NEW");
  auto const before = runs::read_run(*options.before), after = runs::read_run(*options.after);
  bool const same_bytes = read_bytes(findings_of(*options.before)) == read_bytes(findings_of(*options.after));
  reports::RunPair const runs{before, after, same_bytes};
  auto const comparison = reports::compare(runs);
  auto const terminal = standard_output();
  auto const most = options.all ? std::numeric_limits<std::size_t>::max() : 20;
  std::fputs(reports::comparison_text(comparison, runs, {terminal.width, terminal.colour}, most).c_str(), stdout);
  return comparison.worse > 0 ? exit_worse : exit_success;
}

}  // namespace fisherlab::cli
