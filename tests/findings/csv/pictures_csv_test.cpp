#include "findings/csv/pictures_csv.hpp"

#include <gtest/gtest.h>

#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab {
namespace {

TEST(CurvesCsv, HasTheApprovedBytes) { test::expect_golden("curves.csv", curves_csv(test::sample_pictures().curves)); }

TEST(DistributionsCsv, HasTheApprovedBytes) {
  test::expect_golden("distributions.csv", distributions_csv(test::sample_pictures().distributions));
}

TEST(IntervalsCsv, HasTheApprovedBytes) {
  test::expect_golden("intervals.csv", intervals_csv(test::sample_pictures().intervals));
}

TEST(PicturesCsv, IsAHeaderLineWithoutRows) {
  EXPECT_EQ(curves_csv({}),
            "claim,model,parameters,quantity,method,component,n,replicates,value,lower,upper,reference\n");
  EXPECT_EQ(distributions_csv({}),
            "claim,model,parameters,n,estimator,component,replicates,from,quantile,probability,reference,density\n");
  EXPECT_EQ(intervals_csv({}),
            "claim,model,parameters,n,component,interval,level,replicate,truth,estimate,lower,upper,z\n");
}

}  // namespace
}  // namespace fisherlab
