#include "runs/folder/run_reader.hpp"

#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "findings/csv/table_csv.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

/// The records of a table that the run wrote. A file that was cut at the end of a line looks whole; the manifest knows
/// how many rows there were.
template <class Record>
std::vector<Record> read_table(fs::path const& path, std::int64_t written) {
  std::error_code error;
  expects(fs::exists(path, error),
          fmt::format("'{}' does not exist (the run wrote it), restore it or repeat the run", path.string()));
  auto records = table_from_csv<Record>(read_bytes(path), path.string());
  expects(std::cmp_equal(records.size(), written),
          fmt::format("'{}' has {} rows where the run wrote {} (the file was cut short or changed), repeat the run",
                      path.string(), records.size(), written));
  return records;
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
      auto const written = run.manifest.rows.find(std::string(card.file));
      if (card.is_for_reports && written != run.manifest.rows.end())
        records = read_table<Record>(folder / card.file, written->second);
    }
  });
  return run;
}

}  // namespace fisherlab::runs
