#pragma once

#include <optional>
#include <string>
#include <vector>

#include "runs/diagnosis/goodness.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::runs {

/// One family fitted to data, among others.
struct FamilyFit {
  std::string model;
  bool is_density = true;     ///< else a law of counts: the two kinds are not compared
  std::vector<double> theta;  ///< the estimate
  double log_likelihood = 0;
  double aic = 0;                 ///< 2 p - 2 l
  double bic = 0;                 ///< p log n - 2 l
  double aic_weight = 0;          ///< exp(-(AIC - least)/2), of those of its kind, over their sum
  double bic_weight = 0;          ///< the same by BIC
  std::string test;               ///< of goodness of fit: "Anderson-Darling"; empty where there is none
  std::optional<double> p_value;  ///< of it, by simulation
};

/// Families that are not among those fitted.
struct LeftOut {
  std::vector<std::string> outside_support;   ///< some observation cannot come from them
  std::vector<std::string> without_estimate;  ///< their estimate does not exist, or lies on the edge
};

/// Families of which the data can be a sample, fitted.
struct Families {
  std::vector<FittedData> fitted;
  LeftOut left_out;
};

/// What `all` tries: the families of one coordinate that need no known constant, within the hypotheses, but for laws of
/// angles, and whose support holds all values.
std::vector<sim::AnyModel> families_holding(std::vector<double> const& values, sim::Models const& models);

/// "all", or names separated by commas.
bool names_several(std::string const& models);

/// Fits them. `names`: "all" are those of the catalogue that need no known constant, that diagnose() can do, and that
/// are no laws of angles; several names are those, of which none may be left out.
/// @throws InputError for a name that is unknown, comes twice or cannot be fitted, and where no family is left.
Families fit_families(std::string const& names, Observations const& data, sim::Models const& models, double level);

/// Densities, then laws of counts, each by AIC, with a test of goodness of fit. Weights: Akaike's, exp(-delta/2)/sum,
/// among fits of one kind, since a density has a unit and a probability none.
/// Source: Burnham and Anderson (2002), Model Selection and Multimodel Inference, section 2.9.
/// @throws sim::Interrupted when told to stop.
std::vector<FamilyFit> ranked(Families const& families, Observations const& data, GoodnessSettings const& settings);

/// A fit with its criteria and its first test.
FamilyFit family_fit(FittedData const& fitted, Goodness const& goodness);

/// Puts fits in that order, and weighs them.
void rank(std::vector<FamilyFit>& fits);

/// The names that were asked for: `names` split at commas, each once; those of `all` where that is what is asked for.
std::vector<std::string> asked_families(std::string const& names, std::vector<std::string> const& all);

/// Near ties, where AIC and BIC differ, and the likelihood-ratio test of families of which one is the other with one
/// parameter fixed: made of the fits alone.
std::vector<std::string> ranking_sentences(std::vector<FamilyFit> const& fits);

}  // namespace fisherlab::runs
