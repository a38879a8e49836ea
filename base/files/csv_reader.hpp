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

/// Splits CSV with commas into records, as csv_grid() does.
/// @param name  the file in error messages
/// @throws InputError as csv_grid().
std::vector<CsvRecord> parse_csv(std::string_view bytes, std::string_view name);

/// The whole file as bytes.
/// @throws InputError when it is missing, is a directory or cannot be read.
std::string read_bytes(std::filesystem::path const& path);

}  // namespace fisherlab
