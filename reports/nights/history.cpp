#include "reports/nights/history.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <unistd.h>

#include <map>
#include <system_error>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "reports/nights/history_rows.hpp"
#include "reports/nights/history_schema.hpp"

namespace fisherlab::reports {
namespace {

namespace fs = std::filesystem;

/// How long somebody else's lock is waited for: a reader and who looks before a night soon say so, while what a night
/// has found waits for a minute.
constexpr int reader_wait_ms = 5'000, writer_wait_ms = 60'000;

std::string shown(fs::path const& path) { return printable(path.string()); }

/// Whether the history holds this very run: one that was killed after its commit is added once, not again when it is
/// resumed.
bool holds(SQLite::Database& database, std::string const& study, Manifest const& manifest) {
  SQLite::Statement found(
      database,
      "SELECT count(*) FROM run WHERE study = ? AND seed = ? AND fingerprint = ? AND started_utc = ? "
      "AND host = ? AND fingerprint <> ''");
  found.bind(1, study);
  found.bind(2, std::to_string(manifest.seed));
  found.bind(3, manifest.fingerprint);
  found.bind(4, manifest.started_utc);
  found.bind(5, manifest.host);
  return found.executeStep() && found.getColumn(0).getInt() > 0;
}

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

/// How many runs of each study there are.
std::map<std::string, std::size_t> counts_in(SQLite::Database& database) {
  std::map<std::string, std::size_t> counts;
  SQLite::Statement row(database, "SELECT study, count(*) FROM run GROUP BY study");
  while (row.executeStep())
    counts[row.getColumn(0).getString()] = static_cast<std::size_t>(row.getColumn(1).getInt64());
  return counts;
}

std::vector<HistoryRun> runs_in(SQLite::Database& database, std::size_t latest) {
  std::vector<HistoryRun> runs;
  auto const counts = counts_in(database);
  std::map<std::string, std::size_t> seen;
  SQLite::Statement run(database, "SELECT * FROM run ORDER BY id");
  SQLite::Statement finding(database, "SELECT * FROM finding WHERE run = ? ORDER BY place");
  RecordsIn<Manifest> const manifests(run);
  RecordsIn<Finding> const findings(finding);
  while (run.executeStep()) {
    auto const study = run.getColumn("study").getString();
    auto const earlier = seen[study]++;
    if (counts.at(study) - earlier > latest) continue;
    auto& entry = runs.emplace_back(HistoryRun{study, manifests.current(), {}, earlier});
    if (!manifests.has("status")) entry.manifest.status = status_by_exit(entry.manifest);
    finding.reset();
    finding.bind(1, run.getColumn("id").getInt64());
    while (finding.executeStep()) entry.findings.push_back(findings.current());
  }
  return runs;
}

/// A pipe or a device would be waited for.
void expect_file(fs::path const& path) {
  std::error_code error;
  auto const status = fs::status(path, error);
  expects(!fs::is_directory(status), fmt::format("the history '{}' is a folder, name a file", shown(path)));
  expects(!fs::exists(status) || fs::is_regular_file(status),
          fmt::format("the history '{}' is no file (but a pipe or a device), name a file", shown(path)));
}

bool is_writable(fs::path const& path) {
  std::error_code error;
  auto const folder = fs::absolute(path, error).parent_path();
  return ::access(path.c_str(), W_OK) == 0 && ::access(folder.c_str(), W_OK | X_OK) == 0;
}

// As SQLite numbers them: SQLITE_BUSY and so on.
constexpr int locked = 5, no_memory = 7, read_only = 8, input_output = 10, corrupt = 11, full = 13, cannot_open = 14,
              no_database = 26;

/// What went wrong, in our words.
std::string trouble(SQLite::Exception const& error) {
  switch (error.getErrorCode()) {
    case locked:
      return "another program locks it";
    case no_memory:
      return "the memory does not suffice";
    case read_only:
      return "it cannot be written to";
    case input_output:
      return "the disk gave an error";
    case corrupt:
      return "it is damaged";
    case full:
      return "the disk is full";
    case cannot_open:
      return "it cannot be opened";
    case no_database:
      return "it is no SQLite file";
    default:
      return fmt::format("SQLite's error {}", error.getErrorCode());
  }
}

/// Why SQLite could not read, and what to do.
std::string reading_trouble(fs::path const& path, SQLite::Exception const& error) {
  if (error.getErrorCode() == locked)
    return fmt::format("the history '{}' is locked by another program, wait until that is done", shown(path));
  bool const is_torn = fs::exists(path.string() + "-journal") && !is_writable(path);
  if (is_torn && (error.getErrorCode() == read_only || error.getErrorCode() == cannot_open))
    return fmt::format(
        "the history '{}' was left in the middle of a write, which only who may write to it and to its "
        "folder can take back, give leave or read it as its owner",
        shown(path));
  return fmt::format("'{}' cannot be read as a history ({}), name a file that `fisherlab verify --history` made",
                     shown(path), trouble(error));
}

/// SQLite itself reads a cut page as if zeros followed.
/// @throws InputError for a file of half pages, or one whose tables do not hold together.
void expect_whole(SQLite::Database& database, fs::path const& path) {
  bool const has_half_page = fs::file_size(path) % database.execAndGet("PRAGMA page_size").getUInt() != 0;
  auto const found = has_half_page ? "it is cut short" : database.execAndGet("PRAGMA quick_check(1)").getString();
  expects(found == "ok", fmt::format("the history '{}' is damaged ({}), restore an older copy of it", shown(path),
                                     clipped(printable(found), 60)));
}

/// Reads through `use`, all as of one moment, and says of a file that SQLite cannot read that it is none. Who may write
/// opens the file so, though nothing is written: a night that was killed in its commit leaves a journal that only a
/// writer can roll back, and SQLite does so at the first read.
template <class Use>
auto reading(fs::path const& path, int wait_ms, Use const& use) {
  expect_file(path);
  try {
    SQLite::Database database(path.string(), is_writable(path) ? SQLite::OPEN_READWRITE : SQLite::OPEN_READONLY,
                              wait_ms);
    SQLite::Transaction const snapshot(database);
    // The first read takes the lock that keeps writers from the file, whose size would else change under the check.
    database.execAndGet("SELECT count(*) FROM sqlite_master");
    expects(schema_version(database, shown(path)) > 0 || fs::is_empty(path),
            fmt::format("'{}' is no history, name a file that `fisherlab verify --history` made", shown(path)));
    expect_whole(database, path);
    return use(database);
  } catch (SQLite::Exception const& error) {
    throw InputError(reading_trouble(path, error));
  }
}

/// That a run can be added, so far as can be seen.
void check(fs::path const& path, int wait_ms) {
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
  reading(path, wait_ms, [](SQLite::Database&) {});
}

}  // namespace

std::string sqlite_version() { return SQLite::getLibVersion(); }

void check_history(fs::path const& path) { check(path, reader_wait_ms); }

void add_to_history(fs::path const& path, HistoryEntry const& entry) {
  check(path, writer_wait_ms);
  try {
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE, writer_wait_ms);
    SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
    migrate(database, shown(path));
    if (entry.may_be_there && holds(database, entry.study, entry.manifest)) return;
    insert_findings(database, insert_run(database, entry.study, entry.manifest), entry.findings);
    transaction.commit();
  } catch (SQLite::Exception const& error) {
    throw WriteError(fmt::format("the run cannot be added to the history '{}' ({}), its reports are written",
                                 shown(path), trouble(error)));
  }
}

std::vector<HistoryRun> read_history(fs::path const& path, std::size_t latest) {
  std::error_code error;
  expects(fs::exists(path, error),
          fmt::format("there is no history '{}', `fisherlab verify --history` makes one", shown(path)));
  return reading(path, reader_wait_ms, [latest](SQLite::Database& database) {
    return database.tableExists("run") ? runs_in(database, latest) : std::vector<HistoryRun>();
  });
}

}  // namespace fisherlab::reports
