#include "runs/folder/run_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <system_error>
#include <utility>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "findings/csv/table_csv.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

std::string shown(fs::path const& path) { return printable(path.string()); }

}  // namespace

RunFolder::RunFolder(fs::path path) : path_(std::move(path)) {
  expects(!path_.empty(), "the folder --out is empty, name one such as reports-out");
  std::error_code error;
  auto place = fs::absolute(path_, error);
  expects(!error,
          fmt::format("the folder '{}' cannot be used ({}), choose another --out", shown(path_), error.message()));
  while (!fs::exists(place, error) && place.has_relative_path()) place = place.parent_path();
  expects(fs::is_directory(place, error),
          fmt::format("'{}' is not a folder (reports are written into one), choose another --out", shown(place)));
  expects(::access(place.c_str(), W_OK | X_OK) == 0,
          fmt::format("the folder '{}' cannot be written to ({}), choose another --out", shown(place),
                      std::generic_category().message(errno)));
}

void RunFolder::write(std::string const& name, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(path_, error);
  if (error)
    throw WriteError(
        fmt::format("the folder '{}' cannot be made ({}), choose another --out", shown(path_), error.message()));
  write_atomically(path_ / name, bytes);
  names_.push_back(name);
}

void RunFolder::write_tables(RunTables const& tables, RunKind kind) {
  for_each_table(tables, [&](TableCard const& card, auto const& records) {
    bool const is_due = std::ranges::find(card.always, kind) != card.always.end();
    if (!is_due && records.empty()) return;
    auto const [bytes, rows] = table_csv(records);
    write(std::string(card.file), bytes);
    rows_[std::string(card.file)] = rows;
  });
}

void RunFolder::write_manifest(Manifest manifest) {
  manifest.rows = rows_;
  write("manifest.json", manifest_json(manifest));
}

std::string RunFolder::sentence() const {
  return fmt::format("Reports in {}: {}", shown(path_ / ""), fmt::join(names_, ", "));
}

}  // namespace fisherlab::runs
