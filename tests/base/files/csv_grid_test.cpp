#include "base/files/csv_grid.hpp"

#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

namespace fisherlab {
namespace {

/// A cell with doubled quotes does not stand in the text as it is: the grid keeps it, and so must every copy. Found by
/// a fuzzer, under the address sanitizer, in a vector of grids that grew.
TEST(CsvGrid, KeepsCellsOfItsOwnInEveryCopy) {
  std::string const text = "a,\"says \"\"yes, and no, and a long word\"\"\"\n1,2\n";
  std::string const cell = "says \"yes, and no, and a long word\"";
  std::vector<CsvGrid> grids;
  for (int k = 0; k < 9; ++k) grids.push_back(csv_grid(text, "x.csv"));
  for (auto const& grid : grids) EXPECT_EQ(grid.cells(0)[1], cell);
  std::optional<CsvGrid> original = grids[0];
  grids.clear();
  CsvGrid const copy = *original;
  original.reset();
  EXPECT_EQ(copy.cells(0)[1], cell);
}

}  // namespace
}  // namespace fisherlab
