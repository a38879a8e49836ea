#pragma once

#include <functional>
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

/// Fits the model to the frame, level `level` of the intervals; the frame's matrix is taken out of it, since the design
/// holds it in other coordinates. `advance` is told how many coefficients have their intervals; it may be empty.
/// @throws InputError where there are as many coefficients as rows, all columns are 0, or the estimate does not exist:
/// a
///   separation is named with its factor level or columns.
FittedFormula fit_formula(std::string const& model, ModelFrame frame, double level,
                          std::function<void(std::size_t coefficients)> const& advance = {});

/// "2 a - b" of the kept columns.
std::string combination(std::vector<std::string> const& names, std::vector<int> const& kept,
                        Eigen::VectorXd const& shares);

/// How large a column of the matrix is.
struct ColumnSize {
  double length = 0;  ///< root of the sum of squares
  double spread = 0;  ///< weighted sum of squares, about the mean where there is an intercept
};
/// Of all columns, while the frame has its matrix.
std::vector<ColumnSize> column_sizes(ModelFrame const& frame);

/// What keeps the estimate from existing, in words; `fit` was not found.
std::string why_no_estimate(estimators::Family family, ModelFrame const& frame,
                            estimators::RegressionDesign const& design, std::vector<ColumnSize> const& sizes);

/// Columns that the design left out, each as what it is of others, and those that are nearly such.
std::vector<std::string> dependence_notes(ModelFrame const& frame, estimators::RegressionDesign const& design,
                                          std::vector<ColumnSize> const& sizes);

}  // namespace fisherlab::runs
