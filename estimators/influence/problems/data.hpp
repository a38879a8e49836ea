#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

namespace fisherlab::estimators::influence {

/// A column of numbers.
using Vector = Eigen::VectorXd;
/// A table of numbers, column-major.
using Matrix = Eigen::MatrixXd;

/// A training or test set: n rows of d inputs, and one target a row.
struct Data {
  Matrix inputs;                     ///< n x d, column-major
  Vector targets;                    ///< n; a number, or for classification the class 0, 1, ..., C - 1
  std::vector<std::string> columns;  ///< names of the d inputs
  std::vector<std::string> classes;  ///< names of the C classes; empty where the target is a number
  Vector weights = {};               ///< n factors of the losses, above 0; empty: each 1
  Vector offset = {};                ///< n numbers added to the linear predictor; empty: each 0
  bool has_intercept = true;         ///< of a linear predictor

  /// n
  int rows() const { return static_cast<int>(inputs.rows()); }
  /// d
  int dimension() const { return static_cast<int>(inputs.cols()); }
};

/// The given rows, in the given order.
/// @throws InputError for a row outside the data.
Data rows_of(Data const& data, std::vector<int> const& rows);

/// Keeps the given rows, which are of the data and rise, in the place of all.
void keep_rows(Data& data, std::vector<int> const& rows);

/// Rows first, first + 1, ... last - 1.
Data stretch_of(Data const& data, int first, int last);

/// Calls work(first, last) for stretches of rows that together are 0 ... n - 1, one after the other: what needs a table
/// as large as the data does without it, stretch by stretch. Up to 8,192 rows are one.
template <class Work>
void for_stretches(int n, Work const& work) {
  constexpr int longest = 8192;
  for (int first = 0; first < n; first += longest) work(first, n - first < longest ? n : first + longest);
}

}  // namespace fisherlab::estimators::influence
