#include "runs/studies/parameters.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"
#include "base/text/parse.hpp"
#include "runs/studies/model_aliases.hpp"
#include "sim/models/expression/expression_model.hpp"
#include "sim/models/interface/catalogue.hpp"
#include "sim/models/interface/theta.hpp"

namespace fisherlab::runs {
namespace {

std::string_view domain_text(sim::Domain domain) {
  switch (domain) {
    case sim::Domain::positive:
      return "above 0";
    case sim::Domain::unit:
      return "between 0 and 1";
    case sim::Domain::real:
    case sim::Domain::angle:
      break;
  }
  return "finite";
}

bool in_domain(sim::Domain domain, double value) {
  if (!std::isfinite(value)) return false;
  return !sim::has_ends(domain) || (value > 0 && (domain == sim::Domain::positive || value < 1));
}

/// Refuses names that are not among `known`, and names given twice.
void check_names(sim::ModelCard const& card, std::vector<Assignment> const& assignments,
                 std::vector<std::string> const& known) {
  std::vector<std::string> seen;
  for (auto const& [name, value] : assignments) {
    auto const advice = parameter_advice(card.name, name);
    expects(std::find(known.begin(), known.end(), name) != known.end(),
            fmt::format("{} has no {} '{}', {}", card.name, known == card.constants ? "known constant" : "parameter",
                        printable(name), advice ? *advice : suggestion(name, known)));
    expects(std::find(seen.begin(), seen.end(), name) == seen.end(),
            fmt::format("{} is given twice for {}, give it once", name, card.name));
    seen.push_back(name);
  }
}

/// The values of the wanted names, in their order.
std::vector<double> values_of(sim::ModelCard const& card, std::vector<std::string> const& wanted,
                              std::vector<Assignment> const& assignments, std::string_view kind) {
  std::vector<double> values;
  std::vector<std::string> missing;
  for (auto const& name : wanted) {
    auto const found =
        std::find_if(assignments.begin(), assignments.end(), [&](auto const& a) { return a.name == name; });
    if (found == assignments.end())
      missing.push_back(name);
    else
      values.push_back(found->value);
  }
  expects(missing.empty(), fmt::format("{} needs the {} {} (left out), give {}={}", card.name, kind,
                                       fmt::join(missing, " and "), missing.empty() ? "" : missing.front(), 1));
  return values;
}

/// Finite, with every 1 x 1 and 2 x 2 principal minor clearly above zero.
bool has_information(sim::BatchModel const& model, std::vector<double> const& theta) {
  auto const p = theta.size();
  std::vector<double> packed(sim::packed_size(p));
  model.information(std::span<double const>(theta), packed.data());
  auto const at = [&](std::size_t i, std::size_t j) { return packed[sim::packed_index(i, j)]; };
  for (std::size_t i = 0; i < p; ++i) {
    if (!(at(i, i) > 1e-280) || !(at(i, i) < 1e280)) return false;
    for (std::size_t j = 0; j < i; ++j) {
      double const correlation = at(i, j) / (std::sqrt(at(i, i)) * std::sqrt(at(j, j)));
      if (!(1 - correlation * correlation > 1e-12)) return false;
    }
  }
  return true;
}

}  // namespace

namespace {

/// The inside of "{shape=2, rate=1}" and "(shape=2, rate=1)"; other texts as they are.
std::string without_brackets(std::string const& text) {
  bool const is_wrapped =
      text.size() > 2 && ((text.front() == '{' && text.back() == '}') || (text.front() == '(' && text.back() == ')'));
  return is_wrapped ? text.substr(1, text.size() - 2) : text;
}

/// Refuses lists in the manner of other programs, with ours.
void expects_number(std::string const& name, std::string const& value) {
  bool const is_list = value.starts_with('{') || value.starts_with('(') || value.starts_with("c(") ||
                       value.starts_with("seq") || value.find(':') != std::string::npos;
  expects(!is_list, fmt::format("{} is '{}' (not a number), a list that makes a grid is written as '{}=[1,2.5]'",
                                printable(name), clipped(printable(value), 40), printable(name)));
}

}  // namespace

std::vector<Assignment> parse_assignments(std::string const& text, std::string const& what,
                                          std::string const& example) {
  std::vector<Assignment> assignments;
  for (auto const& entry : split_list(text, what)) {
    auto const sign = entry.find('=');
    expects(sign != std::string::npos && sign > 0,
            fmt::format("{} has '{}' (not NAME=NUMBER), write it as {}", what, clipped(printable(entry), 40), example));
    expects(entry.find('=', sign + 1) == std::string::npos,
            fmt::format("{} has '{}' (two in one entry), put a comma between them, as {}", what,
                        clipped(printable(entry), 40), example));
    auto const name = entry.substr(0, entry.find_last_not_of(' ', sign - 1) + 1);
    auto const value = entry.substr(std::min(entry.find_first_not_of(' ', sign + 1), entry.size()));
    expects_number(name, value);
    assignments.push_back({name, parse_number(value, printable(name))});
  }
  return assignments;
}

std::vector<std::vector<Assignment>> parse_assignment_grid(std::string const& written, std::string const& what,
                                                           std::string const& example) {
  auto text = without_brackets(written);
  std::ranges::replace(text, ';', ',');  // as reports write it
  std::vector<std::vector<Assignment>> grid{{}};
  std::size_t from = 0;
  while (from <= text.size()) {
    auto end = std::min(text.find(',', from), text.size());
    auto const open = text.find('[', from);
    std::vector<Assignment> choices;
    if (open < end) {
      auto const close = text.find(']', open);
      expects(close != std::string::npos,
              fmt::format("{} has a list without its ']', write it as 'shape=[1,2.5],rate=1.3'", what));
      end = std::min(text.find(',', close), text.size());
      expects(text.find_first_not_of(' ', close + 1) >= end,
              fmt::format("{} has '{}' after a list, write it as 'shape=[1,2.5],rate=1.3'", what,
                          clipped(printable(text.substr(close + 1, end - close - 1)), 40)));
      auto const name = text.substr(from, open - from);
      for (auto const& value : split_list(text.substr(open + 1, close - open - 1), what))
        choices.push_back(parse_assignments(name + value, what, example).front());
    } else {
      choices = parse_assignments(text.substr(from, end - from), what, example);
    }
    std::vector<std::vector<Assignment>> larger;
    for (auto const& point : grid)
      for (auto const& choice : choices) {
        larger.push_back(point);
        larger.back().push_back(choice);
      }
    expects(larger.size() <= 10'000,
            fmt::format("{} makes a grid of more than 10,000 points, give shorter lists", what));
    grid = std::move(larger);
    from = end + 1;
  }
  return grid;
}

std::string parameter_names(sim::ModelCard const& card) {
  auto names = card.parameters;
  names.insert(names.end(), card.constants.begin(), card.constants.end());
  return fmt::format("{}=…", fmt::join(names, "=…,"));
}

sim::ModelCard model_card(std::string const& name, sim::Models const& models) {
  if (auto const* const card = models.find(name)) return *card;
  if (auto const meant = model_of_alias(name))
    if (auto const* const card = models.find(*meant)) return *card;
  std::vector<std::string> names;
  for (auto const& card : models.cards()) names.push_back(card.name);
  auto advice = law_advice(name);
  if (!advice && nearest(name, names)) advice = suggestion(name, names);
  throw InputError(fmt::format("there is no model '{}', {}", clipped(printable(name), 40),
                               advice.value_or("`fisherlab list models` names them all")));
}

std::string theta_problem(sim::BatchModel const& model, std::vector<double> const& theta) {
  auto const& card = model.card();
  for (std::size_t a = 0; a < theta.size(); ++a)
    if (!in_domain(card.domains[a], theta[a]))
      return fmt::format("{} is {} (it must be {})", card.parameters[a], rounded_text(theta[a], 6),
                         domain_text(card.domains[a]));
  if (!model.in_space(theta))
    return "theta is outside the space of the model" + (card.space.empty() ? "" : ", where " + card.space);
  sim::expect_law(model, theta);
  bool const is_regular = card.regularity == sim::Regularity::regular;  // outside it may be 0, for a control
  if (is_regular && !has_information(model, theta))
    return "theta is so extreme that its information cannot be computed, or a kink or an end of the support moves with "
           "it";
  return card.draw_problem == nullptr ? std::string() : card.draw_problem(theta, model.constants());
}

claims::Law make_law(std::string const& model, std::vector<Assignment> const& assignments, sim::Models const& models) {
  auto const card = model_card(model, models);
  auto known = card.parameters;
  known.insert(known.end(), card.constants.begin(), card.constants.end());
  check_names(card, assignments, known);
  auto const theta = values_of(card, card.parameters, assignments, "parameter");
  claims::Law law{models.make(card.name, values_of(card, card.constants, assignments, "known constant")), theta};
  auto const problem = theta_problem(*law.model, theta);
  expects(problem.empty(), fmt::format("{}: {}, give another value", card.name, problem));
  return law;
}

sim::AnyModel make_model_with(std::string const& model, std::vector<Assignment> const& constants,
                              sim::Models const& models) {
  auto const card = model_card(model, models);
  if (card.constants.empty())
    expects(constants.empty(), fmt::format("{} has no known constants, leave --set out", card.name));
  check_names(card, constants, card.constants);
  return models.make(card.name, values_of(card, card.constants, constants, "known constant"));
}

bool is_discrete(sim::BatchModel const& model) { return model.card().ranges == std::vector{sim::Range::counts}; }

}  // namespace fisherlab::runs
