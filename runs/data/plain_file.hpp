#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runs/data/reading.hpp"

namespace fisherlab::runs {

/// Files of fewer bytes are read as a whole.
inline constexpr std::int64_t least_large_file = 4'000'000;

/// The first line of a file that may be read as it streams by.
struct PlainHeader {
  char separator = '\0';           ///< '\0' where there is a single column
  std::vector<std::string> names;  ///< of all columns
  bool has_row_names = false;      ///< the first column has no name, and must count the rows
};

/// Nothing where several separators may be meant, or the line is a comment or no plain header.
std::optional<PlainHeader> plain_header(std::string_view line, Reading const& reading);

/// The names of the columns but the one that counts the rows; nothing where a name may be a datum, or stands twice.
std::optional<std::vector<std::string>> certain_names(PlainHeader const& header);

/// The place of a name that stands once and is no number; nothing where it does not.
std::optional<std::size_t> plain_place(std::string const& wanted, std::vector<std::string> const& names);

/// Whether the first column counts the rows from 0 or 1 on.
class RowCount {
 public:
  /// False where the next row has another number than the next.
  bool is_next(std::string_view cell);
  /// What is said of it.
  std::string note() const;

 private:
  std::size_t rows_ = 0, origin_ = 1;
};

/// A regular file of `least` bytes or more that is not said to be written in another way than plainly, line by line.
class PlainFile {
 public:
  /// Nothing for any other file, and where it has no line below a plain header.
  static std::optional<PlainFile> open(std::string const& path, Reading const& reading,
                                       std::int64_t least = least_large_file);

  PlainHeader const& header() const { return header_; }
  std::size_t rows() const { return rows_; }  ///< lines below the header
  /// Gives the cells of each line below the header to `take`, for as long as that is true; false where it was not, and
  /// for a line that is empty, of another number of cells than the header, or no plain one.
  bool for_each_row(std::function<bool(std::vector<std::string_view> const& cells)> const& take) const;
  /// "Cells are separated by ...", where that is worth saying.
  std::optional<std::string> separator_note() const;

 private:
  PlainFile(std::string path, Reading reading) : path_(std::move(path)), reading_(std::move(reading)) {}

  std::string path_;
  Reading reading_;
  double bytes_ = 0;
  PlainHeader header_;
  std::size_t rows_ = 0;
};

}  // namespace fisherlab::runs
