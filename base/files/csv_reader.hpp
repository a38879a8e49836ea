#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace fisherlab {

/// One record of a CSV file with the number of the line that it begins on, from 1.
struct CsvRecord {
  std::size_t line = 0;
  std::vector<std::string> cells;
};

/// Splits CSV (RFC 4180) into records: commas, quotes with doubled quotes inside, line breaks inside quotes. Lines end
/// with LF, CRLF or CR; a UTF-8 byte order mark is skipped; there are no comments. An empty line is a record of one
/// empty cell, but those at the end of the file are dropped. Cells keep their spaces; the number of cells may vary.
/// @param name  the file in error messages
/// @throws InputError for a quote that is not closed, text after a closing quote, a quote inside an unquoted cell, and
///   bytes that show another encoding (UTF-16, or a zero byte).
std::vector<CsvRecord> parse_csv(std::string_view bytes, std::string_view name);

/// The whole file as bytes.
/// @throws InputError when it is missing, is a directory or cannot be read.
std::string read_bytes(std::filesystem::path const& path);

}  // namespace fisherlab
