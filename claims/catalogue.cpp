#include "claims/catalogue.hpp"

#include <algorithm>

#include "base/expects.hpp"
#include "claims/statements/statements.hpp"
#include "estimators/influence/problems/problems.hpp"

namespace fisherlab::claims {

std::vector<Claim> const& claims_catalogue() {
  static std::vector<Claim> const catalogue = {
      score_mean(),
      density_curvature(),
      information_equality(),
      asymptotic_normality(),
      asymptotic_variance(),
      directional_variance(),
      sandwich(),
      consistency(),
      bias(),
      normal_example(),
      additivity(),
      sample_additivity(),
      reparameterization(),
      scalar_reparameterization(),
      reparameterization_jacobian(),
      square_root_example(),
      coverage(),
      interval_parameterization(),
      wilks(),
      rao(),
      wald(),
      cramer_rao(),
      cramer_rao_scalar(),
      score_covariance(),
      cramer_rao_direction(),
      cramer_rao_trace(),
      unbiasedness(),
      attainment(),
      efficiency(),
      influence_derivative(),
      first_order_condition(),
      loss_sign(),
      conjugate_gradient(),
      cg_objective(),
      leave_one_out(),
      influence_covariance(),
      input_perturbation(),
      perturbed_point(),
      influence_depth(),
      influence_weight_decay(),
      influence_test_point(),
      training_input_attack(),
      single_maximum(),
      replicate_independence(),
  };
  return catalogue;
}

std::vector<ClaimCard> claim_cards() {
  std::vector<ClaimCard> cards;
  for (auto const& claim : claims_catalogue()) cards.push_back(claim.card);
  return cards;
}

Claim const* find_claim(std::string_view id) {
  for (auto const& claim : claims_catalogue())
    if (claim.card.id == id) return &claim;
  return nullptr;
}

namespace {

void check_options(Claim const& claim, std::map<std::string, std::string> const& options) {
  for (auto const& [name, value] : options)
    expects(std::find(claim.option_names.begin(), claim.option_names.end(), name) != claim.option_names.end(),
            "claim " + claim.card.id + " has no option '" + name + "', its options are: " + claim.card.options);
}

Question begun(Claim const& claim, Expectation expected) {
  Question question;
  question.claim = claim.card.id;
  question.statement = claim.card.statement;
  question.expected = expected;
  return question;
}

}  // namespace

Question ask(Claim const& claim, Case const& the_case) {
  expects(claim.ask != nullptr, "claim " + claim.card.id + " is about a data set, give it in [[influence]]");
  auto const& law = the_case.setting.model;
  auto const& card = law.model->card();
  check_options(claim, the_case.options);
  expects(!the_case.sizes.empty(), "claim " + claim.card.id + " needs at least one sample size n");
  for (auto const n : the_case.sizes) expects(n >= 1, "a sample size n is at least 1");
  auto const& data = the_case.setting.data;
  for (Law const* each : {&law, &data})
    expects(each->theta.size() == each->model->card().parameters.size(),
            "theta does not have one number for each parameter of " + each->model->card().name);
  expects(law.model->in_space(law.theta), "parameters " + parameters_text(law) + " are outside the space of " +
                                              card.name + ", see `fisherlab show " + card.name + "`");
  expects(data.model->in_space(data.theta),
          "parameters " + parameters_text(data) + " of the data are outside the space of " + data.model->card().name);
  expects(data.model->dimension() == law.model->dimension(), "the data of " + data.model->card().name +
                                                                 " have another number of coordinates than " +
                                                                 card.name + ", choose another model");
  expects(card.regularity == sim::Regularity::regular || the_case.expected != Expectation::verified ||
              claim.beyond_hypotheses,
          "claim " + claim.card.id + " needs a regular model, and " + card.name + " is outside the hypotheses (it " +
              card.hypotheses + "); declare it as a control with expect = \"refuted\" or choose another model");
  expects(the_case.estimator.empty() || claim.card.options.find("estimator") != std::string::npos,
          "claim " + claim.card.id + " takes no estimator, leave it out");
  auto question = begun(claim, the_case.expected);
  question.setting = the_case.setting;
  claim.ask(the_case, question);
  return question;
}

Question ask(Claim const& claim, DataCase const& the_case) {
  expects(claim.ask_of_data != nullptr, "claim " + claim.card.id + " is about a model, give it in [[case]]");
  check_options(claim, the_case.options);
  estimators::influence::make_problem(the_case.problem, *the_case.data);  // refuses data that it cannot have
  auto question = begun(claim, the_case.expected);
  claim.ask_of_data(the_case, question);
  return question;
}

}  // namespace fisherlab::claims
