#include "runs/folder/run_reader.hpp"

#include <fmt/format.h>

#include <string>
#include <system_error>
#include <type_traits>
#include <utility>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "findings/csv/table_csv.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

/// Whether the folder has a table. @throws InputError when it has not, and the run wrote it.
bool has_table(Manifest const& manifest, fs::path const& path) {
  std::error_code error;
  bool const exists = fs::exists(path, error);
  expects(exists || !manifest.rows.contains(path.filename().string()),
          fmt::format("'{}' does not exist (the run wrote it), restore it or repeat the run", path.string()));
  return exists;
}

/// A file that was cut at the end of a line looks whole; the manifest knows how many rows there were.
void check_rows(Manifest const& manifest, fs::path const& path, std::size_t rows) {
  auto const written = manifest.rows.find(path.filename().string());
  if (written == manifest.rows.end()) return;
  expects(std::cmp_equal(rows, written->second),
          fmt::format("'{}' has {} rows where the run wrote {} (the file was cut short or changed), repeat the run",
                      path.string(), rows, written->second));
}

}  // namespace

RecordedRun read_run(fs::path const& folder) {
  std::error_code error;
  auto const status = fs::status(folder, error);
  expects(fs::exists(status), fmt::format("'{}' does not exist, name the folder of a run", folder.string()));
  expects(fs::is_directory(status), fmt::format("'{}' is not a folder, name the folder of a run", folder.string()));
  auto const manifest = folder / "manifest.json";
  expects(fs::exists(manifest, error),
          fmt::format("'{}' does not exist (the folder holds no run), name the folder of a run", manifest.string()));

  RecordedRun run;
  run.manifest = manifest_from_json(read_bytes(manifest), manifest.string());
  for_each_table(run, [&](TableCard const& card, auto& records) {
    using Record = typename std::remove_reference_t<decltype(records)>::value_type;
    if constexpr (std::is_same_v<Record, RowOf<Record>>) {
      auto const path = folder / card.file;
      if (!card.is_for_reports || !has_table(run.manifest, path)) return;
      records = table_from_csv<Record>(read_bytes(path), path.string());
      check_rows(run.manifest, path, records.size());
    }
  });
  return run;
}

}  // namespace fisherlab::runs
