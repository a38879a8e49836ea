#include "runs/influence/formula_table.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/dense/keep_rows.hpp"
#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "runs/data/cell.hpp"

namespace fisherlab::runs {
namespace {

void check_formula(Formula const& formula) {
  expects(!formula.terms.empty(), "--formula of influence has no inputs, add a column, as in 'y ~ x'");
}

void check_rows(ModelFrame const& frame, bool is_for_training) {
  auto const& y = frame.data.y;
  expects(!is_for_training || y.size() >= 3,
          fmt::format("'{}' has {} data rows (too few), give at least three", shown(frame.name), y.size()));
}

/// Whether each share is 0 or 1.
bool is_binary(Eigen::VectorXd const& y) { return (y.array() == 0 || y.array() == 1).all(); }

}  // namespace

FormulaTable read_formula_table(FrameSource const& source, FormulaTable const* like) {
  FormulaTable result{read_model_frame(source, like != nullptr ? &like->frame : nullptr), {}};
  auto& frame = result.frame;
  auto& table = result.table;
  check_formula(frame.formula);
  check_rows(frame, like == nullptr);
  auto const& y = frame.data.y;
  bool const is_classified = source.response == ResponseKind::share && (!frame.is_weighted || is_binary(y));
  auto const first = frame.formula.has_intercept ? 1 : 0;
  table.data.inputs = std::move(frame.data.x);
  keep_columns_from(table.data.inputs, first);
  table.data.targets = y;
  table.data.columns.assign(frame.columns.begin() + first, frame.columns.end());
  table.data.has_intercept = frame.formula.has_intercept;
  if (frame.is_weighted) table.data.weights = frame.data.weights;
  if (!frame.formula.offsets.empty()) table.data.offset = frame.data.offset;
  if (is_classified) table.data.classes = frame.outcomes.empty() ? std::vector<std::string>{"0", "1"} : frame.outcomes;
  expects(!is_classified || like != nullptr || (table.data.targets.array() != table.data.targets[0]).any(),
          fmt::format("'{}' has one class only in '{}' (nothing to tell apart), give rows of both", shown(frame.name),
                      shown(frame.response)));
  table.label = frame.response;
  table.groups = frame.groups;
  table.rows = frame.rows;
  table.notes = frame.notes;
  return result;
}

}  // namespace fisherlab::runs
