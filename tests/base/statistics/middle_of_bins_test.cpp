#include "base/statistics/middle_of_bins.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <vector>

namespace fisherlab {
namespace {

TEST(MiddleOfBins, AreTheMiddleOnesInOrderOfSize) {
  std::vector<double> values;
  for (int k = 99; k >= 0; --k) values.push_back(k);  // place p holds 99 - p
  auto const places = middle_of_bins(values, 10);
  ASSERT_EQ(places.size(), 10u);
  EXPECT_EQ(values[places.back()], 5) << "the bin of 0 to 9";
  EXPECT_EQ(values[places.front()], 95);
}

TEST(MiddleOfBins, AreAllOfAFewAndNoneThatIsNotKnown) {
  EXPECT_EQ(middle_of_bins({3, std::nan(""), 1}, 5), (std::vector<std::size_t>{0, 2}));
  EXPECT_TRUE(middle_of_bins({}, 5).empty());
}

}  // namespace
}  // namespace fisherlab
