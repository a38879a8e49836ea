#pragma once

#include <string>

namespace SQLite {
class Database;
}

namespace fisherlab::reports {

/// The version of the tables: 0 for a file without any.
/// @throws InputError when the file belongs to another program or to a newer fisherlab; `name`: the file in messages.
int schema_version(SQLite::Database& database, std::string const& name);

/// Brings the tables from where they are to history_schema_version. Runs inside the caller's transaction, so that a
/// file is never between two versions. @throws InputError as schema_version.
void migrate(SQLite::Database& database, std::string const& name);

}  // namespace fisherlab::reports
