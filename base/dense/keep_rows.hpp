#pragma once

#include <Eigen/Core>
#include <vector>

namespace fisherlab {

/// Keeps the given rows of a table, which rise, and gives the memory of the others back; no second table is made.
void keep_rows(Eigen::MatrixXd& table, std::vector<int> const& rows);

/// Keeps the columns from `first` on in the same way.
void keep_columns_from(Eigen::MatrixXd& table, Eigen::Index first);

}  // namespace fisherlab
