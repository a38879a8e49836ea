#include <Eigen/Core>
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "base/dense/inverse.hpp"
#include "base/expects.hpp"
#include "claims/asking.hpp"
#include "claims/claim.hpp"
#include "claims/instruments/exact/law_expectation.hpp"
#include "claims/instruments/maps/directions.hpp"
#include "claims/options.hpp"
#include "claims/statements/null_laws.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

using Eigen::MatrixXd;
using Eigen::VectorXd;
using sim::Lanes;

/// What a projected score e = c's comes to by quadrature, each relative to its own size.
struct Projected {
  double variance = 0;             ///< E e^2
  double known = 0;                ///< E s_a^2
  double largest_correlation = 0;  ///< of e with the score of another parameter
};

Projected projected_score(Law const& law, VectorXd const& c, Eigen::Index a) {
  auto const p = law.theta.size();
  ScoreOfOne score_of(law);
  std::vector<Lanes> s(p);
  auto const values = expectation_of(law, 1 + 2 * p, [&](sim::Sample const& one, Lanes* out) {
    score_of(one, s.data());
    Lanes e(0.0);
    for (std::size_t b = 0; b < p; ++b) e += c(static_cast<Eigen::Index>(b)) * s[b];
    out[0] = e * e;
    for (std::size_t b = 0; b < p; ++b) {
      out[1 + b] = s[b] * s[b];
      out[1 + p + b] = s[b] * e;
    }
  });
  Projected result{values[0], values[1 + static_cast<std::size_t>(a)], 0};
  for (std::size_t b = 0; b < p; ++b)
    if (static_cast<Eigen::Index>(b) != a)
      result.largest_correlation =
          std::max(result.largest_correlation, std::fabs(values[1 + p + b]) / std::sqrt(values[0] * values[1 + b]));
  return result;
}

/// c with c's the score of component a less its regression on the others, by the closed-form information:
/// c_a = 1, c_others = -I_oo^-1 I_oa.
VectorXd projection(MatrixXd const& information, Eigen::Index a) {
  auto const p = information.rows();
  std::vector<Eigen::Index> others;
  for (Eigen::Index b = 0; b < p; ++b)
    if (b != a) others.push_back(b);
  MatrixXd const block = information(others, others);
  VectorXd const slopes = fisherlab::inverse(block) * information(others, a);
  VectorXd c = VectorXd::Unit(p, a);
  for (std::size_t k = 0; k < others.size(); ++k) c(others[k]) = -slopes(static_cast<Eigen::Index>(k));
  return c;
}

void ask(Case const& the_case, Calculation& calculation) {
  auto const& law = the_case.setting.model;
  auto const& card = law.model->card();
  expects(law.theta.size() >= 2, "nuisance-parameters needs a model of several parameters, and " + card.name +
                                     " has one; choose another model");
  auto const component = text_option(the_case, "component");
  auto const place = component.empty() ? card.parameters.begin() : std::ranges::find(card.parameters, component);
  expects(place != card.parameters.end(), "option component names no parameter of " + card.name + ", name one");
  auto const a = static_cast<Eigen::Index>(place - card.parameters.begin());
  auto const price = text_option(the_case, "price");
  double const margin = number_option(the_case, "margin");
  bool const only_price = text_option(the_case, "state") == "price";
  if (!only_price) {
    add_calculated(calculation, "variance of the projected score of " + *place + " over 1/[I^-1]",
                   exactly(RegionKind::equal, 1.0, margin));
    add_calculated(calculation, "largest correlation of it with the scores of the others",
                   exactly(RegionKind::equal, 0.0, margin));
  }
  std::string const statistic = "bound for " + *place + ", the others unknown, over that with the others known";
  double const stated = price.empty() ? 1 : number_option(the_case, "price");
  expects(stated >= 1, "a price is at least 1, set another price");
  double const rounding = std::max(rounding_of_exact_values, rounding_as_written(price) / stated);
  if (price.empty())
    add_calculated(calculation, statistic, exactly(RegionKind::at_least, 1.0, margin));
  else
    add_calculated(calculation, statistic + ", over " + price, exactly(RegionKind::equal, 1.0, margin, rounding));
  calculation.carry_out = [law, a, only_price, stated] {
    MatrixXd const information = information_matrix(law);
    auto const found_by = projected_score(law, projection(information, a), a);
    double const found_price = found_by.known / found_by.variance / stated;
    constexpr double bound = 4 * quadrature_error;
    std::vector<Calculated> found;
    if (!only_price) {
      found.push_back(calculated(found_by.variance * fisherlab::inverse(information)(a, a), bound));
      found.push_back(calculated(found_by.largest_correlation, bound));
    }
    found.push_back(calculated(found_price, bound * found_price));
    return found;
  };
}

}  // namespace

Claim nuisance_parameters() {
  return {
      {.id = "nuisance-parameters",
       .statement = "beyond, nuisance parameters",
       .title = "What is not known beside a parameter costs the share of its score that the other scores explain",
       .formula = "efficient information I_11 - I_12 I_22^-1 I_21 = 1/[I^-1]_11; price I_11 [I^-1]_11 >= 1",
       .evidence = "quadrature of the variance of s_1 - I_12 I_22^-1 s_2, I in closed form, of its correlation with "
                   "the other scores, and of the price; deterministic",
       .null_law = null_law::calculated,
       .margin = "1e-6: the rounding of the calculation",
       .control = "gamma, whose rate is not orthogonal to its shape, claimed to pay nothing (price = 1)",
       .options = {margin_option("1e-6"),
                   {"component", "the parameter of interest; the first unless set", "", {}},
                   {"price", "its exact value, with as many digits as it is exact to; empty: at least 1", "", {}},
                   {"state", "all statements, or of the price alone", "all", {"all", "price"}}},
       .source = "Bickel, Klaassen, Ritov and Wellner (1993), Efficient and Adaptive Estimation, section 2.4"},
      &ask};
}

}  // namespace fisherlab::claims
