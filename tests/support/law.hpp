#pragma once

#include <array>
#include <cstddef>
#include <ostream>
#include <sstream>
#include <string>
#include <vector>

#include "sim/models/interface/model.hpp"

namespace fisherlab::test {

/// The laws of sim/models/model.hpp, in the order in which they are checked.
enum class Law {
  density_integrates_to_one,
  score_is_derivative,
  hessian_is_derivative,
  score_has_mean_zero,
  scores_give_information,
  hessians_give_information,
  draws_follow_distribution,
  draws_fill_cells,
  draws_lie_in_support,
  lanes_stand_alone,
  lanes_equal_scalars,
};

inline std::ostream& operator<<(std::ostream& out, Law law) {
  static constexpr char const* names[] = {"the density integrates to 1",
                                          "the score is the derivative of the log density",
                                          "the hessian is its second derivative",
                                          "the score has mean zero",
                                          "E[score score'] is the information",
                                          "-E hessian is the information",
                                          "draws follow the distribution",
                                          "draws fill cells evenly",
                                          "draws lie in the support",
                                          "lanes stand alone",
                                          "lanes equal scalars"};
  return out << names[static_cast<std::size_t>(law)];
}

/// A broken law, and by how much.
struct Breach {
  Law law;
  std::string detail;
};

inline std::ostream& operator<<(std::ostream& out, Breach const& breach) {
  return out << "broken law: " << breach.law << " (" << breach.detail << ")";
}

/// Records a breach unless `obeyed`; the other arguments make its detail.
template <class... Parts>
void record_unless(bool obeyed, std::vector<Breach>& breaches, Law law, Parts const&... parts) {
  if (obeyed) return;
  std::ostringstream detail;
  detail.precision(17);
  (detail << ... << parts);
  breaches.push_back({law, detail.str()});
}

/// A point as the model takes it: a number where it has one coordinate.
template <class M, class Real>
sim::ObservationOf<M, Real> observation_of(std::array<Real, M::dimension> const& x) {
  if constexpr (M::dimension == 1)
    return x[0];
  else
    return x;
}

}  // namespace fisherlab::test
