#include "sim/models/interface/wrong_formula.hpp"

#include <cmath>
#include <cstddef>

#include "base/expects.hpp"
#include "base/text/number.hpp"

namespace fisherlab::sim {

void throw_wrong_formula(ModelCard const& card, FormulaPlace const& place, StatedAndDerived const& values) {
  std::string where;
  for (std::size_t d = 0; d < place.observation.size(); ++d)
    where += (d == 0 ? "x = " : ", ") + rounded_text(place.observation[d], 6);
  if (!where.empty()) where += ", ";
  for (std::size_t a = 0; a < place.theta.size(); ++a)
    where += (a == 0 ? "" : ";") + card.parameters[a] + "=" + rounded_text(place.theta[a], 6);
  double const off = std::fabs(values.stated / values.derived - 1);
  auto const size = std::isfinite(off) ? " (" + rounded_text(100 * off, 3) + " % off)" : std::string();
  throw InputError(card.name + ": its " + place.formula + " in " + place.component + " is wrong, " +
                   rounded_text(values.stated, 6) + " at " + where + ", where the log density gives " +
                   rounded_text(values.derived, 6) + size + "; correct " + place.formula + "(), or leave it out");
}

}  // namespace fisherlab::sim
