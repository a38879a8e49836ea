#include <gtest/gtest.h>

#include <limits>
#include <vector>

#include "findings/csv/table_csv.hpp"
#include "findings/kept_estimates.hpp"

namespace fisherlab {
namespace {

TEST(EstimatesCsv, HasOneRowAReplicateAndComponent) {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  std::vector<KeptEstimates> const kept = {
      {"gamma", "shape=2.5;rate=1.3", 20, "mle", {"shape", "rate"}, {2.25, 0.5, 1.5, 0.25, nan, nan, nan, nan}},
      {"normal", "mean=0;sd=1", 9, "sample_median", {"median of x"}, {0.125, nan}}};
  EXPECT_EQ(table_csv(kept).bytes,
            "model,parameters,n,estimator,replicate,component,estimate,std_error\n"
            "gamma,shape=2.5;rate=1.3,20,mle,0,shape,2.25,0.5\n"
            "gamma,shape=2.5;rate=1.3,20,mle,0,rate,1.5,0.25\n"
            "gamma,shape=2.5;rate=1.3,20,mle,1,shape,,\n"
            "gamma,shape=2.5;rate=1.3,20,mle,1,rate,,\n"
            "normal,mean=0;sd=1,9,sample_median,0,median of x,0.125,\n");
}

}  // namespace
}  // namespace fisherlab
