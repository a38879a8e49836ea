#include <Eigen/Core>
#include <algorithm>
#include <string>
#include <vector>

#include "base/dense/symmetric.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/instruments/exact/statistic.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  auto const statistic = statistic_of(text_option(the_case, "statistic"), text_option(the_case, "at"));
  expects_statistic(law, statistic);
  double const margin = number_option(the_case, "margin");
  auto const share = text_option(the_case, "share");
  bool const only_gain = share.empty();
  bool const only_share = text_option(the_case, "state") == "share";
  if (!only_share)
    add_calculated(calculation, "largest eigenvalue of I^-1/2 I_T I^-1/2, T = " + statistic.text(),
                   exactly(RegionKind::at_most, 1.0, margin));
  if (!only_gain)
    add_calculated(calculation, "least share of the information over directions that " + statistic.text() + " keeps",
                   exactly(RegionKind::equal, number_option(the_case, "share"), margin,
                           std::max(rounding_of_exact_values, rounding_as_written(share))));
  calculation.carry_out = [law, statistic, only_gain, only_share] {
    Eigen::VectorXd const kept = fisherlab::eigenvalues(share_kept(law, statistic));
    constexpr double bound = 1e-7;
    std::vector<Calculated> found;
    if (!only_share) found.push_back(calculated(kept(kept.size() - 1), bound));
    if (!only_gain) found.push_back(calculated(kept(0), bound));
    return found;
  };
}

}  // namespace

Claim data_processing() {
  return {
      {.id = "data-processing",
       .statement = "beyond, data processing",
       .title = "A statistic never gains information; a sufficient one keeps it all",
       .formula = "I_X - I_T is positive semidefinite; 0 where T is sufficient",
       .evidence = "I_T = E m m', m = E[score | T], by quadrature or summation: the largest eigenvalue of "
                   "I^-1/2 I_T I^-1/2 is at most 1, and the smallest has its exact value; deterministic",
       .null_law = null_law::calculated,
       .margin = "1e-6: the rounding of the calculation",
       .control = "a sign, or censored data, claimed to keep all (share = 1)",
       .options = {margin_option("1e-6"),
                   {"statistic", "T, what is kept of the observations", "sign", statistic_names()},
                   {"at", "numbers of the statistic: cuts, a width, an end, how many observations", "", {}},
                   {"share", "the least share kept, with as many digits as it is exact to; empty: not stated", "", {}},
                   {"state", "both statements, or of the share alone", "both", {"both", "share"}}},
       .source = "Zamir (1998), IEEE Trans. Inf. Theory 44, 1246-1250; Rao (1973), Linear Statistical Inference, "
                 "section 5a.4"},
      &ask};
}

}  // namespace fisherlab::claims
