#pragma once

#include "runs/data/labelled_data.hpp"
#include "runs/formula/model_frame.hpp"

namespace fisherlab::runs {

/// What a formula makes of rows for `influence`: the columns of its design but the intercept, its response, offset and
/// weights.
struct FormulaTable {
  ModelFrame frame;  ///< without its matrix, of which the inputs are made
  LabelledData table;
};

/// Reads it; `like`: the training rows, whose levels test rows must have.
/// @throws InputError as read_model_frame(), and for a formula without inputs, fewer than three rows, or a response of
/// one value alone where it is two classes.
FormulaTable read_formula_table(FrameSource const& source, FormulaTable const* like = nullptr);

}  // namespace fisherlab::runs
