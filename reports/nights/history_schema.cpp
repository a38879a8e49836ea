#include "reports/nights/history_schema.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "base/expects.hpp"
#include "reports/nights/history.hpp"
#include "reports/nights/history_rows.hpp"

namespace fisherlab::reports {
namespace {

/// "FLab": stands in the file's header, so that `file` and we can tell whose database it is.
constexpr int application_id = 0x464c6162;

/// Step k leads from version k to k + 1. A step that was released is never edited: its files exist. Columns that
/// records have got since are added by their lists (add_columns), without a version of their own.
constexpr std::array<char const*, history_schema_version> steps = {
    R"sql(
CREATE TABLE run (
  id INTEGER PRIMARY KEY,
  study TEXT NOT NULL, version TEXT NOT NULL, command TEXT NOT NULL, seed TEXT NOT NULL, family_error,
  threads INTEGER NOT NULL, instruction_level TEXT NOT NULL, fingerprint TEXT NOT NULL, looks INTEGER NOT NULL,
  replicates INTEGER NOT NULL, wall_seconds, replicates_per_second, deadline_reached INTEGER NOT NULL,
  exit_code INTEGER NOT NULL, started_utc TEXT NOT NULL, host TEXT NOT NULL);
CREATE TABLE finding (
  run INTEGER NOT NULL REFERENCES run (id), place INTEGER NOT NULL,
  claim TEXT NOT NULL, statement TEXT NOT NULL, model TEXT NOT NULL, parameters TEXT NOT NULL, n TEXT NOT NULL,
  statistic TEXT NOT NULL, kind TEXT NOT NULL, estimate, std_error, lower, upper, target, margin,
  replicates INTEGER NOT NULL, dropped INTEGER NOT NULL, level, verdict TEXT NOT NULL, expected TEXT NOT NULL,
  outcome TEXT NOT NULL, PRIMARY KEY (run, place)) WITHOUT ROWID;
)sql",
    // For people with the sqlite3 shell, and for looking up one claim in a long history.
    R"sql(
CREATE INDEX finding_by_claim ON finding (claim, model);
CREATE VIEW trend AS
  SELECT run.id AS run, run.study, run.started_utc, run.seed, run.version, finding.claim, finding.model,
         finding.parameters, finding.n, finding.statistic, finding.estimate, finding.std_error, finding.lower,
         finding.upper, finding.target, finding.margin, finding.verdict, finding.outcome
  FROM finding JOIN run ON run.id = finding.run;
)sql"};

/// Gives a table the columns that it lacks of those that keep its record. They are empty in the rows it has.
void add_columns(SQLite::Database& database, std::string const& table, std::vector<std::string> const& columns) {
  SQLite::Statement const rows(database, "SELECT * FROM " + table);
  std::vector<std::string> there;
  for (int k = 0; k < rows.getColumnCount(); ++k) there.emplace_back(rows.getColumnName(k));
  for (auto const& column : columns)
    if (std::ranges::find(there, column) == there.end())
      database.exec(fmt::format("ALTER TABLE {} ADD COLUMN {}", table, column));
}

int pragma(SQLite::Database& database, char const* name) {
  return database.execAndGet(std::string("PRAGMA ") + name).getInt();
}

}  // namespace

int schema_version(SQLite::Database& database, std::string const& name) {
  int const version = pragma(database, "user_version");
  int const owner = pragma(database, "application_id");
  bool const is_empty = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt() == 0;
  if (is_empty && version == 0 && owner == 0) return 0;
  expects(owner == application_id && version >= 1,
          fmt::format("'{}' is a database of another program, name another file for the history", name));
  expects(version <= history_schema_version,
          fmt::format("the history '{}' is of version {} and this fisherlab knows versions up to {}, use a newer one",
                      name, version, history_schema_version));
  return version;
}

void migrate(SQLite::Database& database, std::string const& name) {
  int const version = schema_version(database, name);
  for (int k = version; k < history_schema_version; ++k) database.exec(steps[static_cast<std::size_t>(k)]);
  add_columns(database, "run", kept_columns<Manifest>());
  add_columns(database, "finding", kept_columns<Finding>());
  if (version == history_schema_version) return;
  database.exec(
      fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {};", application_id, history_schema_version));
}

}  // namespace fisherlab::reports
