#include "base/dense/keep_rows.hpp"

#include <algorithm>

namespace fisherlab {
namespace {

/// Gives back what stands behind the first rows * columns numbers, which are the table from now on.
void shrink(Eigen::MatrixXd& table, Eigen::Index rows, Eigen::Index columns) {
  table.resize(1, table.size());  // of the same size: nothing moves
  table.conservativeResize(1, rows * columns);
  table.resize(rows, columns);
}

}  // namespace

void keep_rows(Eigen::MatrixXd& table, std::vector<int> const& rows) {
  auto const count = static_cast<Eigen::Index>(rows.size());
  if (count == table.rows()) return;
  double* to = table.data();
  for (Eigen::Index j = 0; j < table.cols(); ++j) {
    double const* const from = table.data() + j * table.rows();
    for (int const row : rows) *to++ = from[row];
  }
  shrink(table, count, table.cols());
}

void keep_columns_from(Eigen::MatrixXd& table, Eigen::Index first) {
  if (first == 0) return;
  std::copy(table.data() + first * table.rows(), table.data() + table.size(), table.data());
  shrink(table, table.rows(), table.cols() - first);
}

}  // namespace fisherlab
