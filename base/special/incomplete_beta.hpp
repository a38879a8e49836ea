#pragma once

namespace fisherlab {

/// Parameters of a beta law, above 0.
struct BetaShapes {
  double a = 1, b = 1;
};

/// I_x(a, b), x in [0, 1].
double incomplete_beta(BetaShapes const& shapes, double x);

/// x with I_x(a, b) = p, p in [0, 1].
double incomplete_beta_inverse(BetaShapes const& shapes, double p);

/// x with 1 - I_x(a, b) = q, q in [0, 1].
double incomplete_beta_complement_inverse(BetaShapes const& shapes, double q);

}  // namespace fisherlab
