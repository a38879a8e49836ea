#include "runs/folder/run_reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <system_error>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/folder/folder_lock.hpp"
#include "runs/folder/our_files.hpp"
#include "runs/folder/sha256.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

std::string shown(fs::path const& path) { return printable(path.string()); }

/// The records of a table that the run wrote. A file that was cut at the end of a line looks whole; the manifest knows
/// how many rows there were.
template <class Record>
std::vector<Record> read_table(fs::path const& path, std::int64_t written) {
  std::error_code error;
  expects(fs::exists(path, error),
          fmt::format("'{}' does not exist (the run wrote it), restore it or repeat the run", shown(path)));
  expects(fs::is_regular_file(path, error), fmt::format("'{}' is no file, restore it or repeat the run", shown(path)));
  auto records = table_from_csv<Record>(read_bytes(path), path.string());
  expects(std::cmp_equal(records.size(), written),
          fmt::format("'{}' has {} rows where the run wrote {} (the file was cut short or changed), repeat the run",
                      shown(path), records.size(), written));
  return records;
}

Manifest read_manifest(fs::path const& folder) {
  std::error_code error;
  auto const status = fs::status(folder, error);
  expects(fs::exists(status), fmt::format("'{}' does not exist, name the folder of a run", shown(folder)));
  expects(fs::is_directory(status), fmt::format("'{}' is not a folder, name the folder of a run", shown(folder)));
  auto const path = folder / "manifest.json";
  expects(fs::exists(path, error),
          fmt::format("'{}' does not exist (the folder holds no run), name the folder of a run", shown(path)));
  expects(fs::is_regular_file(path, error), fmt::format("'{}' is no file, name the folder of a run", shown(path)));
  return manifest_from_json(read_bytes(path), path.string());
}

std::string remedy(std::string const& name) {
  return is_remade(name) ? "write it again with `fisherlab report`" : "restore it or repeat the run";
}

/// One file of the run against what the manifest has of it.
void check_file(fs::path const& folder, std::string const& name, Manifest const& manifest) {
  std::error_code error;
  auto const path = folder / name;
  auto const size = manifest.bytes.find(name);
  auto const digits = manifest.sha256.find(name);
  if (!fs::exists(fs::symlink_status(path, error))) {
    expects(size == manifest.bytes.end(),
            fmt::format("'{}' does not exist (the run wrote it), {}", shown(path), remedy(name)));
    return;
  }
  expects(size != manifest.bytes.end() && digits != manifest.sha256.end(),
          fmt::format("'{}' is not of this run (the manifest beside it does not name it), remove it{}", shown(path),
                      is_remade(name) ? " or write it again with `fisherlab report`" : ""));
  expects(fs::is_regular_file(path, error), fmt::format("'{}' is no file, {}", shown(path), remedy(name)));
  bool const is_same = std::cmp_equal(fs::file_size(path, error), size->second) && sha256_of(path) == digits->second;
  expects(is_same, fmt::format("'{}' was changed or cut short after the run wrote it, {}", shown(path), remedy(name)));
}

void check_files(fs::path const& folder, Manifest const& manifest, std::vector<std::string> const& remade) {
  for (auto const& [name, size] : manifest.bytes)
    expects(std::ranges::find(our_files(), name) != our_files().end(),
            fmt::format("'{}' names '{}' (no run writes that), repeat the run", shown(folder / "manifest.json"),
                        clipped(printable(name), 40)));
  for (auto const& name : our_files())
    if (name != "manifest.json" && name != checkpoint_file && std::ranges::find(remade, name) == remade.end())
      check_file(folder, name, manifest);
}

}  // namespace

RecordedRun read_run(fs::path const& folder, std::vector<std::string> const& remade) {
  RecordedRun run;
  run.manifest = read_manifest(folder);
  expects(run.manifest.status != RunStatus::running || !is_locked(folder),
          fmt::format("'{}' holds a run that is not done yet, wait for its end", shown(folder)));
  expects(run.manifest.status != RunStatus::running,
          fmt::format("'{}' holds a run that was killed before its end, repeat it", shown(folder)));
  expects(
      run.manifest.kind != RunKind::shard,
      fmt::format("'{}' holds a shard, a part of a run, join it with the others by `fisherlab merge`", shown(folder)));
  if (!run.manifest.bytes.empty()) check_files(folder, run.manifest, remade);
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
