#include "testing/law.hpp"

#include <ostream>

namespace fisherlab::laws {

std::string_view to_string(Law law) {
  switch (law) {
    case Law::density_integrates_to_one:
      return "the density integrates to 1";
    case Law::score_is_derivative:
      return "the score is the derivative of the log density";
    case Law::hessian_is_derivative:
      return "the hessian is its second derivative";
    case Law::score_has_mean_zero:
      return "the score has mean zero";
    case Law::scores_give_information:
      return "E[score score'] is the information";
    case Law::hessians_give_information:
      return "-E hessian is the information";
    case Law::draws_follow_distribution:
      return "draws follow the distribution";
    case Law::draws_fill_cells:
      return "draws fill cells evenly";
    case Law::draws_lie_in_support:
      return "draws lie in the support";
    case Law::lanes_stand_alone:
      return "lanes stand alone";
    case Law::lanes_equal_scalars:
      return "lanes equal scalars";
  }
  return "";
}

std::ostream& operator<<(std::ostream& out, Law law) { return out << to_string(law); }

std::ostream& operator<<(std::ostream& out, Breach const& breach) {
  return out << "broken law: " << breach.law << " (" << breach.detail << ")";
}

}  // namespace fisherlab::laws
