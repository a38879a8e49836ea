#include "cli/libraries.hpp"

#include "cli/command_line/parser.hpp"
#include "reports/nights/history.hpp"
#include "reports/page/gnuplot.hpp"
#include "runs/ranks/ranks.hpp"

namespace fisherlab::cli {

std::map<std::string, std::string> libraries() {
  std::map<std::string, std::string> versions = {{"CLI11", parser_version()}, {"SQLite", reports::sqlite_version()}};
  if (auto const gnuplot = reports::gnuplot_version(); !gnuplot.empty()) versions.emplace("gnuplot", gnuplot);
  if (auto const mpi = runs::mpi_version(); !mpi.empty()) versions.emplace("MPI", mpi);
  return versions;
}

}  // namespace fisherlab::cli
