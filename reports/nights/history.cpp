#include "reports/nights/history.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <unistd.h>

#include <system_error>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "reports/nights/history_rows.hpp"
#include "reports/nights/history_schema.hpp"

namespace fisherlab::reports {
namespace {

namespace fs = std::filesystem;

constexpr int most_wait_ms = 60'000;

std::string shown(fs::path const& path) { return printable(path.string()); }

std::int64_t insert_run(SQLite::Database& database, std::string const& study, Manifest const& manifest) {
  SQLite::Statement row(database, insert_into<Manifest>("run", {"study"}));
  insert(row, manifest, study);
  return database.getLastInsertRowid();
}

void insert_findings(SQLite::Database& database, std::int64_t run, std::span<Finding const> findings) {
  SQLite::Statement row(database, insert_into<Finding>("finding", {"run", "place"}));
  std::int64_t place = 0;
  for (Finding const& finding : findings) insert(row, finding, run, place++);
}

std::vector<HistoryRun> runs_in(SQLite::Database& database) {
  std::vector<HistoryRun> runs;
  SQLite::Statement run(database, "SELECT * FROM run ORDER BY id");
  SQLite::Statement finding(database, "SELECT * FROM finding WHERE run = ? ORDER BY place");
  RecordsIn<Manifest> const manifests(run);
  RecordsIn<Finding> const findings(finding);
  while (run.executeStep()) {
    auto& entry = runs.emplace_back(HistoryRun{run.getColumn("study").getString(), manifests.current(), {}});
    if (!manifests.has("status")) entry.manifest.status = status_by_exit(entry.manifest);
    finding.reset();
    finding.bind(1, run.getColumn("id").getInt64());
    while (finding.executeStep()) entry.findings.push_back(findings.current());
  }
  return runs;
}

SQLite::Database opened(fs::path const& path, int flags) {
  expects(!fs::is_directory(path), fmt::format("the history '{}' is a folder, name a file", shown(path)));
  SQLite::Database database(path.string(), flags, most_wait_ms);
  return database;
}

/// SQLite itself reads a cut page as if zeros followed.
/// @throws InputError for a file of half pages, or one whose tables do not hold together.
void expect_whole(SQLite::Database& database, fs::path const& path) {
  bool const has_half_page = fs::file_size(path) % database.execAndGet("PRAGMA page_size").getUInt() != 0;
  auto const found = has_half_page ? "it is cut short" : database.execAndGet("PRAGMA quick_check(1)").getString();
  expects(found == "ok", fmt::format("the history '{}' is damaged ({}), restore an older copy of it", shown(path),
                                     clipped(printable(found), 60)));
}

/// Reads through `use`, all as of one moment, and says of a file that SQLite cannot read that it is none.
template <class Use>
auto reading(fs::path const& path, Use const& use) {
  try {
    auto database = opened(path, SQLite::OPEN_READONLY);
    SQLite::Transaction const snapshot(database);
    // The first read takes the lock that keeps writers from the file, whose size would else change under the check.
    database.execAndGet("SELECT count(*) FROM sqlite_master");
    expects(schema_version(database, shown(path)) > 0 || fs::is_empty(path),
            fmt::format("'{}' is no history, name a file that `fisherlab verify --history` made", shown(path)));
    expect_whole(database, path);
    return use(database);
  } catch (SQLite::Exception const& error) {
    throw InputError(
        fmt::format("'{}' cannot be read as a history ({}), name a file that `fisherlab verify --history` "
                    "made",
                    shown(path), error.what()));
  }
}

}  // namespace

std::string sqlite_version() { return SQLite::getLibVersion(); }

void check_history(fs::path const& path) {
  expects(!path.empty(), "the file of --history is empty, name one such as history.db");
  std::error_code error;
  auto const folder = fs::absolute(path, error).parent_path();
  expects(fs::is_directory(folder, error),
          fmt::format("there is no folder '{}' for the history, make it first", shown(folder)));
  expects(::access(folder.c_str(), W_OK | X_OK) == 0,
          fmt::format("the folder '{}' of the history cannot be written to, choose another --history", shown(folder)));
  if (!fs::exists(path, error)) return;
  expects(fs::is_directory(path, error) || ::access(path.c_str(), W_OK) == 0,
          fmt::format("the history '{}' cannot be written to, choose another --history", shown(path)));
  reading(path, [](SQLite::Database&) {});
}

void add_to_history(fs::path const& path, HistoryEntry const& entry) {
  check_history(path);
  try {
    auto database = opened(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    migrate(database, shown(path));
    insert_findings(database, insert_run(database, entry.study, entry.manifest), entry.findings);
    transaction.commit();
  } catch (SQLite::Exception const& error) {
    throw WriteError(fmt::format("the run cannot be added to the history '{}' ({}), its reports are written",
                                 shown(path), error.what()));
  }
}

std::vector<HistoryRun> read_history(fs::path const& path) {
  expects(fs::exists(path),
          fmt::format("there is no history '{}', `fisherlab verify --history` makes one", shown(path)));
  return reading(path, [](SQLite::Database& database) {
    return database.tableExists("run") ? runs_in(database) : std::vector<HistoryRun>();
  });
}

}  // namespace fisherlab::reports
