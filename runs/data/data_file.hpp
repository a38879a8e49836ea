#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace fisherlab::runs {

/// The numbers of one column of a CSV file (RFC 4180, UTF-8; byte order mark, CRLF and spaces around numbers
/// tolerated). The first line is a header, unless the file is a single column that begins with a number. `column` may
/// be left out when there is one column. Every cell of the column must be a finite number; other columns may hold
/// anything.
/// @throws InputError naming file, line and remedy: missing file, directory, no rows, rows of unequal length, a cell
/// that is
///   empty, text, or not finite, an unknown or repeated column, several columns and none named.
std::vector<double> read_column(std::filesystem::path const& path, std::optional<std::string> const& column = {});

}  // namespace fisherlab::runs
