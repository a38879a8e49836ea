#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "runs/formula/formula.hpp"

namespace fisherlab::runs {

/// A variable with its values: numbers, or levels of a factor.
struct CodedVariable {
  std::string text;                 ///< "x", "wool"
  std::vector<std::string> levels;  ///< of a factor, the first the baseline; empty for numbers
  std::vector<double> values;       ///< of each row: a number, or the place of its level; numbers until code_terms()

  bool is_factor() const { return !levels.empty(); }
};

/// The matrix of inputs with the names of its columns, as R's model.matrix() has them.
struct CodedDesign {
  Eigen::MatrixXd x;
  std::vector<std::string> names;                   ///< "(Intercept)", "woolB", "woolB:tensionL"
  std::vector<std::vector<std::size_t>> variables;  ///< of each column, those behind it
};

/// Codes the terms of a formula. A factor is coded by treatment contrasts, a column for every level but the first,
/// where a term before this one holds the other variables of its term; else by a column for every level. Without an
/// intercept the first factor has a column for every level. Interactions are products, the first variable's levels
/// moving fastest. The numbers of a variable are given back when its last column is made. Source: R's model.matrix(),
/// after Chambers and Hastie (1992), Statistical Models in S, section 2.4.
CodedDesign code_terms(Formula const& formula, std::vector<CodedVariable>& variables, std::size_t rows);

}  // namespace fisherlab::runs
