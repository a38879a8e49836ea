#include "reports/nights/history.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <system_error>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "findings/names.hpp"
#include "reports/nights/history_schema.hpp"

namespace fisherlab::reports {
namespace {

namespace fs = std::filesystem;

constexpr int most_wait_ms = 60'000;

std::string shown(fs::path const& path) { return printable(path.string()); }

/// SQLite has no NaN and writes infinities in its own way.
void bind_value(SQLite::Statement& row, int index, double value) {
  if (std::isfinite(value))
    row.bind(index, value);
  else
    row.bind(index, exact_text(value));
}
void bind_value(SQLite::Statement& row, int index, std::int64_t value) { row.bind(index, value); }
void bind_value(SQLite::Statement& row, int index, int value) { row.bind(index, value); }
void bind_value(SQLite::Statement& row, int index, std::string_view value) { row.bind(index, std::string(value)); }

/// Fills the row's parameters in order and inserts it.
template <class... Values>
void insert(SQLite::Statement& row, Values const&... values) {
  row.reset();
  int index = 0;
  (bind_value(row, ++index, values), ...);
  row.exec();
}

double number_in(SQLite::Column const& column) {
  if (!column.isText()) return column.getDouble();
  return std::strtod(column.getText(), nullptr);  // "nan", "inf", "-inf": the same in every locale
}

/// The one of `values` that is written so. @throws InputError when there is none.
template <class Enum>
Enum word_in(SQLite::Column const& column, std::initializer_list<Enum> values) {
  std::string const text = column.getString();
  for (Enum const value : values)
    if (to_string(value) == text) return value;
  throw InputError(fmt::format("the history holds the {} '{}' (it is damaged), restore an older copy of it",
                               column.getName(), printable(text)));
}

std::int64_t insert_run(SQLite::Database& database, std::string const& study, Manifest const& m) {
  SQLite::Statement row(database,
                        "INSERT INTO run (study, version, command, seed, family_error, threads, instruction_level, "
                        "fingerprint, looks, replicates, wall_seconds, replicates_per_second, deadline_reached, "
                        "exit_code, started_utc, host) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  insert(row, std::string_view(study), std::string_view(m.version), std::string_view(m.command),
         std::string_view(std::to_string(m.seed)), m.family_error, m.threads, std::string_view(m.instruction_level),
         std::string_view(m.fingerprint), m.looks, m.replicates, m.wall_seconds, m.replicates_per_second,
         static_cast<int>(m.deadline_reached), m.exit_code, std::string_view(m.started_utc), std::string_view(m.host));
  return database.getLastInsertRowid();
}

void insert_findings(SQLite::Database& database, std::int64_t run, std::span<Finding const> findings) {
  SQLite::Statement row(database, "INSERT INTO finding VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  std::int64_t place = 0;
  for (Finding const& f : findings) {
    auto const& m = f.measurement;
    insert(row, run, place++, std::string_view(f.claim), std::string_view(f.statement), std::string_view(f.model),
           std::string_view(f.parameters), std::string_view(f.n), std::string_view(m.statistic),
           to_string(f.region.kind), m.estimate, m.std_error, m.lower, m.upper, f.region.target, f.region.margin,
           m.replicates, m.dropped, f.level, to_string(f.verdict), to_string(f.expected), to_string(f.outcome));
  }
}

Manifest manifest_in(SQLite::Statement& row) {
  Manifest m;
  m.version = row.getColumn("version").getString();
  m.command = row.getColumn("command").getString();
  auto const seed = row.getColumn("seed").getString();
  std::from_chars(seed.data(), seed.data() + seed.size(), m.seed);
  m.family_error = number_in(row.getColumn("family_error"));
  m.threads = row.getColumn("threads").getInt();
  m.instruction_level = row.getColumn("instruction_level").getString();
  m.fingerprint = row.getColumn("fingerprint").getString();
  m.looks = row.getColumn("looks").getInt();
  m.replicates = row.getColumn("replicates").getInt64();
  m.wall_seconds = number_in(row.getColumn("wall_seconds"));
  m.replicates_per_second = number_in(row.getColumn("replicates_per_second"));
  m.deadline_reached = row.getColumn("deadline_reached").getInt() != 0;
  m.exit_code = row.getColumn("exit_code").getInt();
  m.started_utc = row.getColumn("started_utc").getString();
  m.host = row.getColumn("host").getString();
  return m;
}

/// The columns from `claim` on, in the order of the table.
Finding finding_in(SQLite::Statement& row) {
  Finding f;
  int k = 2;
  f.claim = row.getColumn(k++).getString();
  f.statement = row.getColumn(k++).getString();
  f.model = row.getColumn(k++).getString();
  f.parameters = row.getColumn(k++).getString();
  f.n = row.getColumn(k++).getString();
  f.measurement.statistic = row.getColumn(k++).getString();
  f.region.kind = word_in(row.getColumn(k++), {RegionKind::equal, RegionKind::at_least, RegionKind::at_most});
  for (double* const value : {&f.measurement.estimate, &f.measurement.std_error, &f.measurement.lower,
                              &f.measurement.upper, &f.region.target, &f.region.margin})
    *value = number_in(row.getColumn(k++));
  f.measurement.replicates = row.getColumn(k++).getInt64();
  f.measurement.dropped = row.getColumn(k++).getInt64();
  f.level = number_in(row.getColumn(k++));
  f.verdict = word_in(row.getColumn(k++), {Verdict::verified, Verdict::refuted, Verdict::inconclusive});
  f.expected = word_in(row.getColumn(k++), {Expectation::verified, Expectation::refuted, Expectation::report});
  f.outcome = word_in(row.getColumn(k), {Outcome::pass, Outcome::fail, Outcome::open, Outcome::report});
  return f;
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
    std::vector<HistoryRun> runs;
    if (!database.tableExists("run")) return runs;
    SQLite::Statement run(database, "SELECT * FROM run ORDER BY id");
    SQLite::Statement finding(database, "SELECT * FROM finding WHERE run = ? ORDER BY place");
    while (run.executeStep()) {
      auto& entry = runs.emplace_back(HistoryRun{run.getColumn("study").getString(), manifest_in(run), {}});
      finding.reset();
      finding.bind(1, run.getColumn("id").getInt64());
      while (finding.executeStep()) entry.findings.push_back(finding_in(finding));
    }
    return runs;
  });
}

}  // namespace fisherlab::reports
