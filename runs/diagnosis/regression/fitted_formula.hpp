#pragma once

#include <optional>
#include <string>
#include <vector>

#include "estimators/intervals.hpp"
#include "estimators/regression/regression.hpp"
#include "runs/formula/model_frame.hpp"

namespace fisherlab::runs {

/// The models that take a formula, by name.
std::vector<std::string> regression_names();
/// None where no regression has that name.
std::optional<estimators::Family> regression_family(std::string const& model);
/// What its response may be.
ResponseKind response_kind(estimators::Family family);

/// One coefficient with its intervals.
struct CoefficientFit {
  std::string name;  ///< "woolB:tensionL"
  estimators::Coefficient fit;
  /// In order: Wald's (Student's t for the normal law), likelihood ratio, and by HC0, HC1, HC2, HC3.
  std::vector<estimators::NamedBounds> intervals;
};

/// A regression fitted to data under a formula.
struct FittedFormula {
  std::string model;
  ModelFrame frame;
  estimators::RegressionDesign design;
  estimators::RegressionFit fit;
  std::vector<CoefficientFit> coefficients;
  double level = 0.95;
  double critical = 0;             ///< of the intervals by standard errors
  double z = 0;                    ///< its square is the cut-off of the likelihood ratio
  std::vector<std::string> notes;  ///< columns that depend on others, or nearly do

  std::int64_t n() const { return design.rows(); }
  /// The names of the intervals.
  std::vector<std::string> interval_names() const;
  /// Which standard error an interval rests on; NaN for none.
  double std_error(std::size_t coefficient, std::size_t interval) const;
};

/// Fits the model to the frame, level `level` of the intervals.
/// @throws InputError where there are as many coefficients as rows, all columns are 0, or the estimate does not exist:
/// a
///   separation is named with its factor level or columns.
FittedFormula fit_formula(std::string const& model, ModelFrame frame, double level);

/// "2 a - b" of the kept columns.
std::string combination(std::vector<std::string> const& names, std::vector<int> const& kept,
                        Eigen::VectorXd const& shares);

/// What keeps the estimate from existing, in words; `fit` was not found.
std::string why_no_estimate(estimators::Family family, ModelFrame const& frame,
                            estimators::RegressionDesign const& design);

/// Columns that the design left out, each as what it is of others, and those that are nearly such.
std::vector<std::string> dependence_notes(ModelFrame const& frame, estimators::RegressionDesign const& design);

}  // namespace fisherlab::runs
