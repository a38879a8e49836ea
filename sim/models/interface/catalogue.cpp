#include "sim/models/interface/catalogue.hpp"

#include "sim/models/ar1.hpp"
#include "sim/models/bernoulli.hpp"
#include "sim/models/beta.hpp"
#include "sim/models/binomial.hpp"
#include "sim/models/categorical.hpp"
#include "sim/models/cauchy.hpp"
#include "sim/models/exponential.hpp"
#include "sim/models/gamma.hpp"
#include "sim/models/geometric.hpp"
#include "sim/models/gumbel.hpp"
#include "sim/models/half_line_normal.hpp"
#include "sim/models/inverse_gaussian.hpp"
#include "sim/models/laplace.hpp"
#include "sim/models/linear_regression.hpp"
#include "sim/models/logistic.hpp"
#include "sim/models/logistic_regression.hpp"
#include "sim/models/lognormal.hpp"
#include "sim/models/multivariate_normal.hpp"
#include "sim/models/negative_binomial.hpp"
#include "sim/models/neyman_scott.hpp"
#include "sim/models/normal.hpp"
#include "sim/models/normal_cube.hpp"
#include "sim/models/normal_mean.hpp"
#include "sim/models/normal_mixture.hpp"
#include "sim/models/normal_vector.hpp"
#include "sim/models/pairs.hpp"
#include "sim/models/pareto.hpp"
#include "sim/models/poisson.hpp"
#include "sim/models/poisson_regression.hpp"
#include "sim/models/rayleigh.hpp"
#include "sim/models/shifted_exponential.hpp"
#include "sim/models/student_t.hpp"
#include "sim/models/uniform.hpp"
#include "sim/models/von_mises.hpp"
#include "sim/models/weibull.hpp"

namespace fisherlab::sim {

Models const& shipped_models() {
  /// One line a model.
  static Models const models({
      Models::entry<NormalMean>(),
      Models::entry<Normal>(),
      Models::entry<Lognormal>(),
      Models::entry<Exponential>(),
      Models::entry<Gamma>(),
      Models::entry<Weibull>(),
      Models::entry<Beta>(),
      Models::entry<Logistic>(),
      Models::entry<Cauchy>(),
      Models::entry<Gumbel>(),
      Models::entry<Pareto>(),
      Models::entry<InverseGaussian>(),
      Models::entry<StudentT>(),
      Models::entry<Rayleigh>(),
      Models::entry<VonMises>(),
      Models::entry<Poisson>(),
      Models::entry<Bernoulli>(),
      Models::entry<Binomial>(),
      Models::entry<Geometric>(),
      Models::entry<NegativeBinomial>(),
      Models::entry<Categorical>(),
      Models::entry<MultivariateNormal<2>>(),
      Models::entry<MultivariateNormal<3>>(),
      Models::entry<NormalVector>(),
      Models::entry<LinearRegression>(),
      Models::entry<LogisticRegression>(),
      Models::entry<PoissonRegression>(),
      Models::entry<NormalMixture>(),
      Models::entry<Uniform>(),
      Models::entry<Laplace>(),
      Models::entry<Ar1>(),
      Models::entry<ShiftedExponential>(),
      Models::entry<NormalCube>(),
      Models::entry<HalfLineNormal>(),
      Models::entry<NeymanScott>(),
      Models::entry<NormalPoissonPair>(),
      Models::entry<ExponentialGammaPair>(),
      Models::entry<CorrelatedPair>(),
  });
  return models;
}

}  // namespace fisherlab::sim
