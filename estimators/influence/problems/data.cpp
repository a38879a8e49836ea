#include "estimators/influence/problems/data.hpp"

#include "base/dense/keep_rows.hpp"
#include "base/expects.hpp"

namespace fisherlab::estimators::influence {

Data rows_of(Data const& data, std::vector<int> const& rows) {
  for (int const row : rows)
    expects(row >= 0 && row < data.rows(), "there is no row " + std::to_string(row) + " (the data have rows 0 to " +
                                               std::to_string(data.rows() - 1) + "), name one of these");
  auto const picked = [&](Vector const& v) { return v.size() == 0 ? Vector() : Vector(v(rows)); };
  return {data.inputs(rows, Eigen::all), data.targets(rows),  data.columns,      data.classes,
          picked(data.weights),          picked(data.offset), data.has_intercept};
}

void keep_rows(Data& data, std::vector<int> const& rows) {
  fisherlab::keep_rows(data.inputs, rows);
  for (Vector* v : {&data.targets, &data.weights, &data.offset})
    if (v->size() > 0) *v = Vector((*v)(rows));
}

Data stretch_of(Data const& data, int first, int last) {
  auto const part = [&](Vector const& v) { return v.size() == 0 ? Vector() : Vector(v.segment(first, last - first)); };
  return {data.inputs.middleRows(first, last - first),
          part(data.targets),
          data.columns,
          data.classes,
          part(data.weights),
          part(data.offset),
          data.has_intercept};
}

}  // namespace fisherlab::estimators::influence
