#include "reports/nights/history_rows.hpp"

#include <charconv>
#include <cmath>
#include <cstdlib>

#include "base/text/number.hpp"

namespace fisherlab::reports {

/// SQLite has no NaN and writes infinities in its own way.
void bind_value(SQLite::Statement& row, int index, double value) {
  if (std::isfinite(value))
    row.bind(index, value);
  else
    row.bind(index, exact_text(value));
}
void bind_value(SQLite::Statement& row, int index, std::optional<double> const& value) {
  if (value)
    bind_value(row, index, *value);
  else
    row.bind(index);
}
void bind_value(SQLite::Statement& row, int index, std::int64_t value) { row.bind(index, value); }
/// SQLite's whole numbers have a sign.
void bind_value(SQLite::Statement& row, int index, std::uint64_t value) { row.bind(index, std::to_string(value)); }
void bind_value(SQLite::Statement& row, int index, int value) { row.bind(index, value); }
void bind_value(SQLite::Statement& row, int index, bool value) { row.bind(index, static_cast<int>(value)); }
void bind_value(SQLite::Statement& row, int index, std::string const& value) { row.bind(index, value); }

void read_value(SQLite::Column const& column, double& value) {
  // "nan", "inf", "-inf": the same in every locale
  value = column.isText() ? std::strtod(column.getText(), nullptr) : column.getDouble();
}
void read_value(SQLite::Column const& column, std::optional<double>& value) {
  value.reset();
  if (!column.isNull()) read_value(column, value.emplace());
}
void read_value(SQLite::Column const& column, std::int64_t& value) { value = column.getInt64(); }
void read_value(SQLite::Column const& column, std::uint64_t& value) {
  auto const text = column.getString();
  std::from_chars(text.data(), text.data() + text.size(), value);
}
void read_value(SQLite::Column const& column, int& value) { value = column.getInt(); }
void read_value(SQLite::Column const& column, bool& value) { value = column.getInt() != 0; }
void read_value(SQLite::Column const& column, std::string& value) { value = column.getString(); }

}  // namespace fisherlab::reports
