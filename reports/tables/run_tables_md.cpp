#include "reports/tables/run_tables_md.hpp"

#include <fmt/format.h>

#include "reports/tables/summary_md.hpp"

namespace fisherlab::reports {

std::string tables_markdown(Manifest const& manifest, std::span<RunTable const> tables) {
  std::string text = fmt::format("# Report\n\nfisherlab {}, seed {}, fingerprint {}.\n",
                                 markdown_cell(manifest.version), manifest.seed, markdown_cell(manifest.fingerprint));
  for (RunTable const& table : tables) {
    std::string header = "|", rule = "|";
    for (TableColumn const& column : table.columns) {
      header += ' ' + markdown_cell(column.title) + " |";
      rule += column.kind == CellKind::number ? "--:|" : "---|";
    }
    text += fmt::format("\n## {}\n\n{}\n{}\n", table.title, header, rule);
    for (auto const& row : table.rows) {
      text += '|';
      for (auto const& cell : row) text += ' ' + (cell.empty() ? "-" : markdown_cell(cell)) + " |";
      text += '\n';
    }
    text += '\n' + table.note + '\n';
  }
  return text;
}

}  // namespace fisherlab::reports
