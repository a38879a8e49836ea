#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "runs/analysis/estimates_file.hpp"

namespace fisherlab::runs {

/// A number for all rows, or a column of them.
struct NumberOrColumn {
  std::optional<double> number;
  std::size_t column = 0;
};

/// Columns of one method.
struct MethodPlaces {
  std::size_t estimate = 0;
  std::optional<std::size_t> std_error, lower, upper;
  std::optional<NumberOrColumn> degrees;
};

/// @throws InputError for lists of unequal length, one end of an interval, a column for two things.
void check_columns(EstimateColumns const& columns);

/// The number that a text is, or nothing.
std::optional<double> as_number(std::string const& text);
/// A sample size in words; 0 where it is none.
std::int64_t as_size(std::string const& text);
/// "run1" of "here/run1.csv.gz"; "estimates" of standard input.
std::string stem_of(std::string const& path);

}  // namespace fisherlab::runs
