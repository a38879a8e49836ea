#include "runs/folder/run_files.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <exception>
#include <system_error>
#include <utility>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/files/csv_reader.hpp"
#include "base/text/display_text.hpp"
#include "findings/csv/table_csv.hpp"
#include "findings/names.hpp"
#include "runs/folder/folder_lock.hpp"
#include "runs/folder/our_files.hpp"
#include "runs/folder/sha256.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

constexpr char const* way_out = "choose another --out, or give --force to put this run in its place";

std::string shown(fs::path const& path) { return printable(path.string()); }

/// The manifest of the run in a folder. @throws InputError when it is none.
Manifest earlier_manifest(fs::path const& folder, fs::path const& file) {
  try {
    expects(fs::is_regular_file(file), "is no file");
    return manifest_from_json(read_bytes(file), file.string());
  } catch (InputError const&) {
    throw InputError(fmt::format("'{}' is not the manifest of a run (another program wrote it, or it is damaged), {}",
                                 shown(folder / "manifest.json"), way_out));
  }
}

/// A file of our names that the run did not write; what `report` makes again is nobody's loss.
bool is_foreign(Manifest const& earlier, std::string const& name) {
  return !earlier.bytes.empty() && !earlier.bytes.contains(name) && !is_remade(name) && name != "manifest.json" &&
         name != checkpoint_file;
}

void take_away(fs::path const& file) {
  std::error_code error;
  fs::remove(file, error);
  if (error)
    throw WriteError(fmt::format("'{}' of an earlier run cannot be removed ({}), choose another --out", shown(file),
                                 error.message()));
}

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
  int const refusal = ::access(place.c_str(), W_OK | X_OK) == 0 ? 0 : errno;
  expects(refusal == 0, fmt::format("the folder '{}' cannot be written to ({}), choose another --out", shown(place),
                                    std::generic_category().message(refusal)));
}

RunFolder::RunFolder(RunFolder&&) noexcept = default;

RunFolder::~RunFolder() {
  std::error_code ignored;
  if (is_refused()) fs::remove(path_ / "manifest.json", ignored);
  lock_.reset();
  if (names_.empty() || is_refused())
    for (auto const& folder : made_) fs::remove(folder, ignored);  // which leaves one that is not empty
}

/// Whether bad input ended the run before its first file. Where there is a state, a disk that cannot be written to did:
/// the run is resumed beside its manifest.
bool RunFolder::is_refused() const {
  std::error_code error;
  return std::uncaught_exceptions() > 0 && names_ == std::vector<std::string>{"manifest.json"} && is_begun_ &&
         !fs::exists(path_ / checkpoint_file, error);
}

void RunFolder::make() {
  std::error_code error;
  for (auto folder = fs::absolute(path_, error); !fs::exists(folder, error) && folder.has_relative_path();
       folder = folder.parent_path())
    made_.push_back(folder);
  error.clear();
  fs::create_directories(path_, error);
  if (error)
    throw WriteError(
        fmt::format("the folder '{}' cannot be made ({}), choose another --out", shown(path_), error.message()));
}

void RunFolder::lock() {
  try {
    make();
    lock_ = std::make_unique<FolderLock>(path_);
  } catch (WriteError const& error) {
    throw InputError(error.what());  // nothing is done yet, so it is no more than a bad --out
  }
}

void RunFolder::expect_replaceable(Manifest const& next, bool force) const {
  if (force) return;
  std::error_code error;
  auto const file = path_ / "manifest.json";
  bool const is_run = fs::exists(fs::symlink_status(file, error));
  auto const earlier = is_run ? earlier_manifest(path_, file) : Manifest();
  for (auto const& name : our_files())
    expects(
        !fs::exists(fs::symlink_status(path_ / name, error)) || (is_run && !is_foreign(earlier, name)),
        fmt::format("'{}' is of no run ({}), {}", shown(path_ / name),
                    is_run ? "the manifest beside it does not name it" : "there is no manifest beside it", way_out));
  if (!is_run) return;
  expects(earlier.kind == next.kind,
          fmt::format("'{}' holds a run of `fisherlab {}` (this is one of `fisherlab {}`), {}", shown(path_),
                      to_string(earlier.kind), to_string(next.kind), way_out));
  expects(earlier.study_name.empty() || earlier.study_name == next.study_name,
          fmt::format("'{}' holds a run of the study '{}' (this is one of '{}'), {}", shown(path_),
                      clipped(printable(earlier.study_name), 40), clipped(printable(next.study_name), 40), way_out));
}

void RunFolder::begin(Manifest running, std::vector<std::string> const& kept) {
  running.status = RunStatus::running;
  is_begun_ = true;
  write("manifest.json", manifest_json(running));  // from now on a reader knows that what else is there is no run
  for (auto const& name : our_files())
    if (name != "manifest.json" && std::ranges::find(kept, name) == kept.end()) take_away(path_ / name);
  take_away(path_ / comparison_file);
  for (auto const& file : torn_files(path_)) take_away(file);
}

void RunFolder::write(std::string const& name, std::string_view bytes) {
  if (!lock_) make();
  write_atomically(path_ / name, bytes);
  if (std::ranges::find(names_, name) == names_.end()) names_.push_back(name);
  if (name == "manifest.json") return;
  bytes_[name] = std::ssize(bytes);
  sha256_[name] = sha256(bytes);
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
  manifest.bytes = bytes_;
  manifest.sha256 = sha256_;
  is_begun_ = false;
  std::erase(names_, "manifest.json");  // it is told last, however early it was written
  write("manifest.json", manifest_json(manifest));
}

void RunFolder::add_to_manifest(Manifest manifest) {
  for (auto const& [name, size] : bytes_) manifest.bytes[name] = size;
  for (auto const& [name, digits] : sha256_) manifest.sha256[name] = digits;
  write_atomically(path_ / "manifest.json", manifest_json(manifest));
}

std::string RunFolder::sentence(bool with_files) const {
  if (!with_files) return fmt::format("Reports in {}", shown(path_ / ""));
  return fmt::format("Reports in {}: {}", shown(path_ / ""), fmt::join(names_, ", "));
}

}  // namespace fisherlab::runs
