#include "base/files/csv_reader.hpp"

#include <cerrno>
#include <fstream>
#include <iterator>
#include <system_error>

#include "base/expects.hpp"
#include "base/files/csv_grid.hpp"

namespace fisherlab {
std::vector<CsvRecord> parse_csv(std::string_view bytes, std::string_view name) {
  auto const grid = csv_grid(bytes, name);
  std::vector<CsvRecord> records;
  for (std::size_t k = 0; k < grid.records(); ++k) {
    auto const cells = grid.cells(k);
    records.push_back({.line = grid.line(k), .cells = {cells.begin(), cells.end()}});
  }
  return records;
}

std::string read_bytes(std::filesystem::path const& path) {
  std::error_code error;
  auto const status = std::filesystem::status(path, error);
  expects(std::filesystem::exists(status), "'" + path.string() + "' does not exist, check the path");
  expects(!std::filesystem::is_directory(status), "'" + path.string() + "' is a directory, name a file in it");
  errno = 0;
  std::ifstream file(path, std::ios::binary);
  std::string bytes(std::istreambuf_iterator<char>(file), {});
  bool const is_read = file.is_open() && !file.bad();
  expects(is_read, "'" + path.string() + "' cannot be read (" + std::generic_category().message(errno) +
                       "), check its permissions");
  return bytes;
}

}  // namespace fisherlab
