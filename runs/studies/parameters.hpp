#pragma once

#include <string>
#include <vector>

#include "claims/setting.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::runs {

/// A parameter or known constant with its value.
struct Assignment {
  std::string name;  ///< of the parameter
  double value = 0;  ///< given to it
};

/// Reads "shape=2.5,rate=1.3". `what`: the option in messages; `example`: how it is written, in advice.
/// @throws InputError when an entry is no NAME=NUMBER, or the number is not finite.
std::vector<Assignment> parse_assignments(std::string const& text, std::string const& what,
                                          std::string const& example = "shape=2.5,rate=1.3");

/// Reads "shape=[1,2.5],rate=1.3": a list in brackets makes a grid, in which the last name changes fastest.
/// Semicolons may stand for commas, as reports write them.
/// @throws InputError as parse_assignments, and for a bracket that does not close.
std::vector<std::vector<Assignment>> parse_assignment_grid(std::string const& written, std::string const& what,
                                                           std::string const& example = "shape=2.5,rate=1.3");

/// "shape=…,rate=…", parameters then known constants: what --theta expects.
std::string parameter_names(sim::ModelCard const& card);

/// The card of a model, by its name or that of other programs (model_aliases.hpp). @throws InputError that suggests the
/// nearest name.
sim::ModelCard model_card(std::string const& name, sim::Models const& models = sim::shipped_models());

/// A model at a theta from its parameters and known constants, in any order.
/// @throws InputError when the model is unknown, a name is unknown, missing or given twice, a value is outside its
///   space, or so extreme that the information cannot be computed.
claims::Law make_law(std::string const& model, std::vector<Assignment> const& assignments,
                     sim::Models const& models = sim::shipped_models());

/// The model with its known constants alone, for data that will give theta.
/// @throws InputError as make_law.
sim::AnyModel make_model_with(std::string const& model, std::vector<Assignment> const& constants,
                              sim::Models const& models = sim::shipped_models());

/// Whether theta lies in the space of the model and its information there is finite and of full rank; else a sentence's
/// end that says what is wrong, as "shape is -1 (it must be above 0)".
/// @throws InputError for a law in expressions that is none there (expect_law).
std::string theta_problem(sim::BatchModel const& model, std::vector<double> const& theta);

/// Whether observations are counts.
bool is_discrete(sim::BatchModel const& model);

}  // namespace fisherlab::runs
