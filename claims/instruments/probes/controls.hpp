#pragma once

#include <Eigen/Core>
#include <vector>

#include "claims/probe.hpp"
#include "claims/setting.hpp"

namespace fisherlab::claims {

/// Control variates of the replicates of a setting: powers to the third of the averaged score and second derivatives of
/// the log density at the setting's theta, whose means are known.
///
/// Of one observation let v = (score, Hessian), and u (p), z (d) linear images of v less its mean: u has covariance 1;
/// z is what u leaves unexplained of the Hessian, standardised (d = 0 where that is nothing, as for an exponential
/// family in its own parameters). With U = n^-1/2 sum u_i and Z = n^-1/2 sum z_i the controls and their means are
///   U_a, Z_j: 0;   U_a U_b: 1 if a = b;   U_a Z_j: 0;   U_a U_b U_c: E[u_a u_b u_c]/sqrt(n);
///   U_a U_b Z_j: E[u_a u_b z_j]/sqrt(n).
/// The moments of v come from quadrature under the law of the DATA, never from the information that the model claims:
/// a wrong information, score or model cannot move a control from its mean, only make it explain less.
/// Source: the delta method's expansion of a maximum likelihood estimate (Barndorff-Nielsen and Cox 1994, ch. 5), used
/// for control variates (Glasserman 2003, section 4.1).
class ScoreControls {
 public:
  /// No controls.
  ScoreControls() = default;
  /// The controls of a setting; none where the law of the data is outside the hypotheses (its observations may depend
  /// on each other) or not served by the quadrature (more than two coordinates), or the score does not vary. Powers
  /// without a variance are left out.
  explicit ScoreControls(Setting const& setting);

  int count() const { return static_cast<int>(means_.size()); }
  /// The controls of eight replicates, `count` Lanes. Needs the batch's scores.
  void observe(Batch const& batch, sim::Lanes* out) const;
  /// Their means at sample size n.
  Eigen::VectorXd means(double n) const;

  /// E |A^-1/2 (H - E H) A^-1/2|^2/p of one observation, A = -E H: the observed information of n observations has a
  /// relative standard deviation of the root of that over n. 0 where the quadrature does not serve; infinite where A is
  /// not positive definite.
  double information_spread() const { return information_spread_; }

 private:
  /// A product of one, two or three of the standardised sums (U, Z), by their places.
  using Product = std::vector<std::size_t>;

  Eigen::VectorXd centre_;         ///< E v
  Eigen::MatrixXd map_;            ///< (u, z) = map (v - centre)
  std::vector<Product> products_;  ///< one a control
  std::vector<double> means_;      ///< of one observation's product
  double information_spread_ = 0;
};

}  // namespace fisherlab::claims
