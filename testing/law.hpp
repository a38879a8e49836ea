#pragma once

#include <iosfwd>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

// Not fisherlab::testing: inside namespace fisherlab that name would hide GoogleTest's.
namespace fisherlab::laws {

/// What every model is held to (sim/models/interface/model.hpp), in the order in which it is checked.
enum class Law {
  density_integrates_to_one,  ///< the integral or sum of p(x; theta) over the reference's axes is 1, to 1e-7
  score_is_derivative,        ///< score = d log p/d theta, to 1e-9 in units of standard deviations
  hessian_is_derivative,      ///< hessian = d^2 log p/d theta^2, to 1e-9
  score_has_mean_zero,        ///< E score = 0, to 1e-7; regular models alone
  scores_give_information,    ///< E[score score'] = information; regular models alone
  hessians_give_information,  ///< -E hessian = information; regular models alone
  draws_follow_distribution,  ///< distribution functions of draws and reference; a right one fails with chance 1e-6
  draws_fill_cells,           ///< draws fall evenly into cells of equal probability; a right one fails with chance 1e-6
  draws_lie_in_support,       ///< in_support holds for every draw
  lanes_stand_alone,          ///< a replicate has the same bits in every lane, beside any neighbours
  lanes_equal_scalars,        ///< sums and draws over lanes have the bits of the formulas for one number
};

/// A law in words: "the score has mean zero".
std::string_view to_string(Law law);
/// Prints to_string(law).
std::ostream& operator<<(std::ostream& out, Law law);

/// A broken law, and by how much.
struct Breach {
  Law law;             ///< which
  std::string detail;  ///< where, the value, and what should be there
};

/// Prints "broken law: the score has mean zero (component 0: 0.01)".
std::ostream& operator<<(std::ostream& out, Breach const& breach);

/// Records a breach unless `obeyed`; the other arguments make its detail.
template <class... Parts>
void record_unless(bool obeyed, std::vector<Breach>& breaches, Law law, Parts const&... parts) {
  if (obeyed) return;
  std::ostringstream detail;
  detail.precision(17);
  (detail << ... << parts);
  breaches.push_back({law, detail.str()});
}

}  // namespace fisherlab::laws
