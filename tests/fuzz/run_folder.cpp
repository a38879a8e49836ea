// One table of a run's folder, which the first byte chooses, without a hash that would tell that it was changed; what
// can be read is written as every report.
#include <map>
#include <string>
#include <vector>

#include "findings/csv/table_csv.hpp"
#include "reports/machines/junit_xml.hpp"
#include "reports/page/html.hpp"
#include "reports/tables/run_tables_md.hpp"
#include "reports/tables/run_tables_tex.hpp"
#include "reports/tables/summary_md.hpp"
#include "runs/folder/run_reader.hpp"
#include "tests/fuzz/fuzz.hpp"

namespace {

using namespace fisherlab;

std::vector<std::string> table_names() {
  std::vector<std::string> names;
  for_each_table(RunTables{}, [&](TableCard const& card, auto const&) {
    if (card.is_for_reports) names.emplace_back(card.file);
  });
  return names;
}

void report(RecordedRun const& run) {
  std::vector<reports::RunTable> tables;
  for (auto const kind : reports::table_kinds) tables.push_back(reports::run_table(run, kind, {}));
  reports::tables_markdown(run.manifest, tables);
  reports::tables_latex(run.manifest, tables);
  reports::junit_xml(run);
  reports::summary_markdown(run.findings, run.manifest.status, run.noted);
  reports::html_report(run, {.gnuplot = "no-gnuplot"});
}

}  // namespace

int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
  if (size == 0) return 0;
  static auto const names = table_names();
  auto const& name = names[data[0] % names.size()];
  auto const bytes = fuzz::text_of(data + 1, size - 1);
  Manifest manifest;
  manifest.kind = RunKind::verify;
  std::int64_t lines = -1;
  for (char const c : bytes) lines += c == '\n';
  manifest.rows[name] = lines;
  fuzz::file_with("manifest.json", manifest_json(manifest));
  auto const file = fuzz::file_with(name, bytes);
  fuzz::expect_read_or_refused([&] { report(runs::read_run(fuzz::folder())); });
  std::filesystem::remove(file);
  return 0;
}
