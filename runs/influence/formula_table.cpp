#include "runs/influence/formula_table.hpp"

#include <fmt/format.h>

#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "runs/data/cell.hpp"

namespace fisherlab::runs {
namespace {

void check_formula(Formula const& formula) {
  expects(formula.offsets.empty(), "--formula of influence has an offset (its models have none), leave it out");
  expects(formula.has_intercept,
          "--formula of influence has no intercept (all its models have one), leave the 0 or -1 out");
  expects(!formula.terms.empty(), "--formula of influence has no inputs, add a column, as in 'y ~ x'");
}

void check_rows(ModelFrame const& frame, bool is_for_training) {
  auto const& y = frame.data.y;
  expects(!is_for_training || y.size() >= 3,
          fmt::format("'{}' has {} data rows (too few), give at least three", shown(frame.name), y.size()));
}

}  // namespace

FormulaTable read_formula_table(FrameSource const& source, FormulaTable const* like) {
  FormulaTable result{read_model_frame(source, like != nullptr ? &like->frame : nullptr), {}};
  auto const& frame = result.frame;
  auto& table = result.table;
  check_formula(frame.formula);
  check_rows(frame, like == nullptr);
  bool const is_classified = source.response == ResponseKind::share;
  table.data.inputs = frame.data.x.rightCols(frame.data.x.cols() - 1);
  table.data.targets = frame.data.y;
  table.data.columns.assign(frame.columns.begin() + 1, frame.columns.end());
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
