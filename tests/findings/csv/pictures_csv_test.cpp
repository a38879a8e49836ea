#include <gtest/gtest.h>

#include "findings/csv/table_csv.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab {
namespace {

TEST(CurvesCsv, HasTheApprovedBytes) {
  test::expect_golden("curves.csv", table_csv(test::sample_pictures().curves).bytes);
}

TEST(DistributionsCsv, HasTheApprovedBytes) {
  test::expect_golden("distributions.csv", table_csv(test::sample_pictures().distributions).bytes);
}

TEST(IntervalsCsv, HasTheApprovedBytes) {
  test::expect_golden("intervals.csv", table_csv(test::sample_pictures().intervals).bytes);
}

TEST(PicturesCsv, IsAHeaderLineWithoutRows) {
  EXPECT_EQ(table_csv<CurveRow>({}).bytes,
            "claim,model,parameters,quantity,method,component,n,replicates,value,lower,upper,reference\n");
  EXPECT_EQ(table_csv<DistributionRow>({}).bytes,
            "claim,model,parameters,n,estimator,component,replicates,from,quantile,probability,reference,density\n");
  EXPECT_EQ(table_csv<ReplicateInterval>({}).bytes,
            "claim,model,parameters,n,component,interval,level,replicate,truth,estimate,lower,upper,z\n");
}

}  // namespace
}  // namespace fisherlab
