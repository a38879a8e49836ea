#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/number.hpp"
#include "claims/influence/network_study.hpp"
#include "claims/influence/subject.hpp"
#include "claims/statements/statements.hpp"

namespace fisherlab::claims {
namespace {

/// Share of searches from a jittered start that may end elsewhere before "the minimum" means little.
constexpr double max_share_elsewhere = 0.05;

template <class Numbers>
std::string listed(Numbers const& numbers) {
  std::string text;
  for (auto const number : numbers) text += (text.empty() ? "" : ",") + exact_text(number);
  return text;
}

/// What the three claims ask alike. Gives the number of training rows.
std::string begin(DataCase const& the_case, std::string const& claim, NetworkGrid const& grid) {
  expects(the_case.problem == "mlp", "claim " + claim + " is about networks, let 'problem' be \"mlp\"");
  expects(the_case.rows == 0,
          "claim " + claim + " splits the data itself, two thirds of each class for training; leave out 'rows'");
  expects(the_case.l2 > 0, "claim " + claim + " needs a penalty, without one the networks have no minimum");
  double const error = network_family_error(the_case);
  expects(error > 0 && error < 1, "option family-error lies between 0 and 1");
  expects(grid.points == 0 || grid.points >= 8,
          "a rank correlation on half of the rows needs rows, let 'points' be 0 (all) or at least 8");
  expects(grid.depths.size() > 1, "claim " + claim + " compares depths, give two or more in 'depths'");
  expects(grid.penalties.size() > 1 || !compares_penalties(the_case),
          "claim " + claim + " compares penalties, give two or more in 'penalties'");
  auto const wanted = is_shuffled(the_case) ? Expectation::refuted : Expectation::report;
  expects(the_case.expected == wanted || the_case.expected == Expectation::report,
          "what is known of claim " + claim +
              " comes from single networks, so no outcome may be expected; set expect = \"report\" (with plant = "
              "\"shuffled\" also \"refuted\")");
  return std::to_string(training_rows(*the_case.data));
}

/// Adds the splits that the design takes against those that it has.
void add_design(DataCase const& the_case, Experiment& question, std::string const& n, NetworkGrid const& grid) {
  double const effect = number_option(the_case, "effect");
  expects(effect > 0, "option effect is what the design is to decide, above 0");
  add_measured(question, "splits by which an effect of " + exact_text(effect) + " is told from 0 in nine of ten runs",
               n, {RegionKind::at_most, static_cast<double>(grid.splits), 0.0});
}

using Result = ExperimentResult(DataCase const&, ExperimentRun const&);

void set_study(DataCase const& the_case, Experiment& question, NetworkGrid const& grid, Result* result) {
  set_experiment(the_case, question, [the_case, result](ExperimentRun const& run) { return result(the_case, run); });
  auto const penalties =
      result == &decay_result ? "penalties=" + listed(grid.penalties) : "l2=" + exact_text(the_case.l2);
  question.parameters = penalties + ";depths=" + listed(grid.depths) + ";width=" + std::to_string(grid.problem.width) +
                        ";splits=" + std::to_string(grid.splits);
  auto& pieces = the_case.together->pieces;
  if (!pieces) pieces = std::make_shared<Pieces const>(network_pieces(the_case, grid));
  question.pieces = pieces;
}

void ask_depth(DataCase const& the_case, Experiment& question) {
  auto const grid = network_grid(the_case);
  auto const n = begin(the_case, depth_id, grid);
  if (is_shuffled(the_case)) {
    add_measured(question, "mean rank correlation at the smallest depth, effects shuffled", n,
                 {RegionKind::at_least, 0.5, 0.0});
  } else {
    add_measured(question, "slope of Fisher's z of the rank correlation on depth, mean over splits", n,
                 {RegionKind::at_most, 0.0, 0.0}, network_family_error(the_case));
    add_measured(question, "largest difference of an effect between refits from two starts", n,
                 {RegionKind::at_most, 0.0, 1e-6});
    add_measured(question, "share of refits from a jittered start that end in another minimum", n,
                 {RegionKind::at_most, 0.0, max_share_elsewhere});
    add_design(the_case, question, n, grid);
  }
  set_study(the_case, question, grid, &depth_result);
}

void ask_decay(DataCase const& the_case, Experiment& question) {
  auto const grid = network_grid(the_case);
  auto const n = begin(the_case, decay_id, grid);
  if (is_shuffled(the_case)) {
    add_measured(question, "mean rank correlation at the largest penalty, effects shuffled", n,
                 {RegionKind::at_least, 0.5, 0.0});
  } else {
    add_measured(question, "slope of Fisher's z of the rank correlation on log10 l2, mean over depths and splits", n,
                 {RegionKind::at_least, 0.0, 0.0}, network_family_error(the_case));
    add_measured(question, "growth of that slope with each layer of depth, mean over splits", n,
                 {RegionKind::at_least, 0.0, 0.0}, network_family_error(the_case));
    add_design(the_case, question, n, grid);
  }
  set_study(the_case, question, grid, &decay_result);
}

void ask_point(DataCase const& the_case, Experiment& question) {
  auto const grid = network_grid(the_case);
  auto const n = begin(the_case, point_id, grid);
  if (is_shuffled(the_case)) {
    add_measured(question, "variance of rank correlations over test points, by halves, effects shuffled", n,
                 {RegionKind::at_least, 0.25, 0.0});
  } else {
    add_measured(question, "variance of rank correlations over test points, by halves of the rows removed", n,
                 {RegionKind::at_least, 0.0, 0.0}, network_family_error(the_case));
    add_design(the_case, question, n, grid);
  }
  set_study(the_case, question, grid, &point_result);
}

/// What the three cards share; `effect` is what the design is to decide, unless a study says otherwise.
ClaimCard network_card(std::string effect) {
  ClaimCard card;
  card.null_law =
      "sign flips over splits, exact for laws that are symmetric about 0 (all patterns up to 16 splits, 65,536 "
      "beyond), and Student's t over splits at the level of the claim's step; Holm over the claims put together";
  card.margin = "0: only the sign is claimed; the finding is shown and decides no exit code";
  card.options =
      with_network_options({{"splits", "of the data", "20", {}},
                            {"depths", "a list", "1,2,3,4,6", {}},
                            {"penalties", "a list", "0.0005,0.0016,0.005,0.016", {}},
                            {"points", "rows removed, 0 for all", "0", {}},
                            {"effect", "that the splits are to decide in nine of ten runs", std::move(effect), {}},
                            {"family-error", "of Holm over the claims put together", "0.05", {}},
                            plant_option({"none", "shuffled"})});
  std::erase_if(card.options, [](ClaimOption const& option) { return option.name == "depth"; });  // see depths
  card.hypotheses = "Networks trained to a minimum; what is stated is empirical, for these data.";
  card.source = "the notes, section 6.5; Basu, Pope and Feizi (2020), arXiv 2006.14651";
  return card;
}

}  // namespace

Claim influence_depth() {
  auto card = network_card("0.2");
  card.id = depth_id;
  card.statement = "6.5, finding 1";
  card.title = "Influence estimates get worse with depth";
  card.formula = "slope of atanh(rank correlation) on depth < 0";
  card.evidence =
      "networks trained to a minimum on stratified splits, one start a split: rank correlation of first-order and "
      "refitted changes of the loss of the worst test point, and the slope of its Fisher z on depth, one a split; "
      "beside it, refits from jittered starts with nothing and with a row removed (the noise floor)";
  card.control =
      "actual effects in random order claimed to correlate by 0.5 at the smallest depth (plant = shuffled; Hoeffding's "
      "interval over 2,000 orders)";
  return {card, &ask_depth};
}

Claim influence_weight_decay() {
  auto card = network_card("0.5");
  card.id = decay_id;
  card.statement = "6.5, finding 2";
  card.title = "Weight decay improves influence estimates";
  card.formula = "slope of atanh(rank correlation) on log l2 > 0";
  card.evidence =
      "the same networks at each penalty, from the same splits and starts: slope of Fisher's z on log10 l2, mean over "
      "depths, one a split; beside it, outside Holm's family, how that slope changes with depth";
  card.control =
      "actual effects in random order claimed to correlate by 0.5 at the largest penalty (plant = shuffled; "
      "Hoeffding's interval over 2,000 orders)";
  return {card, &ask_decay};
}

Claim influence_test_point() {
  auto card = network_card("0.01");
  card.id = point_id;
  card.statement = "6.5, finding 3";
  card.title = "The accuracy of influence estimates varies between test points";
  card.formula = "Var over test points of the rank correlation > 0, beyond the choice of rows removed";
  card.evidence =
      "rank correlation of first-order and refitted effects for every test point, on one half of the rows removed and "
      "on the other: the covariance of the two over test points, whose mean is the variance of the true correlations, "
      "mean over 20 divisions and over depths, one a split";
  card.control =
      "actual effects in random order claimed to spread by a variance of 0.25 (plant = shuffled; Hoeffding's interval "
      "over 2,000 orders)";
  return {card, &ask_point};
}

}  // namespace fisherlab::claims
