#include "base/dense/keep_rows.hpp"

#include <gtest/gtest.h>

namespace fisherlab {
namespace {

Eigen::MatrixXd counted(int rows, int columns) {
  Eigen::MatrixXd table(rows, columns);
  for (int i = 0; i < rows; ++i)
    for (int j = 0; j < columns; ++j) table(i, j) = 1000 * i + j;
  return table;
}

TEST(KeepRows, IsTheTableOfThoseRows) {
  for (int const rows : {5, 6, 7000})  // the last is given back to the system
    for (std::vector<int> const& kept :
         {std::vector<int>{0, 2, 4}, {4}, {0, 1, 2, 3}, std::vector<int>{}, {0, 1, 2, 3, 4}}) {
      auto table = counted(rows, 700);
      Eigen::MatrixXd const wanted = table(kept, Eigen::all);
      keep_rows(table, kept);
      EXPECT_EQ(table.rows(), std::ssize(kept));
      EXPECT_EQ(table.cols(), 700);
      EXPECT_TRUE(table == wanted) << rows;
    }
}

TEST(KeepRows, LeavesFirstColumnsOut) {
  for (int const first : {0, 1, 3, 4}) {
    auto table = counted(3, 4);
    Eigen::MatrixXd const wanted = counted(3, 4).rightCols(4 - first);
    keep_columns_from(table, first);
    EXPECT_TRUE(table.rows() == 3 && table.cols() == 4 - first && table == wanted) << first;
  }
}

}  // namespace
}  // namespace fisherlab
