#include "runs/data/class_names.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "runs/data/cell.hpp"

namespace fisherlab::runs {
namespace {

struct Class {
  std::string name;
  std::size_t rows = 0;
  std::size_t first = 0;  ///< row
};

/// Sorted by name.
std::vector<Class> classes_of(ColumnWords const& labels) {
  std::vector<Class> classes;
  for (auto const& word : labels.words) classes.push_back({word});
  for (std::size_t i = 0; i < labels.of_row.size(); ++i) {
    auto& one = classes[labels.of_row[i]];
    if (one.rows++ == 0) one.first = i;
  }
  std::ranges::sort(classes, {}, &Class::name);
  return classes;
}

double value(Class const& one) { return parse_cell(one.name).value; }

}  // namespace

ClassNames class_names(ColumnWords const& labels, std::function<std::size_t(std::size_t row)> const& line) {
  auto classes = classes_of(labels);
  bool const numeric = std::ranges::all_of(classes, [](Class const& c) { return parse_cell(c.name).problem.empty(); });
  auto const rows = labels.of_row.size();
  ClassNames result;
  if (classes.size() == 1) {
    result.problem = fmt::format("has one class only, '{}' (nothing to tell apart), give rows of at least two",
                                 shown(classes[0].name));
    return result;
  }
  if (numeric && classes.size() > 20 && 4 * classes.size() > rows) {
    result.problem =
        fmt::format("has labels of {} values in {} rows (numbers, not classes), use --model linear or poisson",
                    classes.size(), rows);
    return result;
  }
  for (auto const& one : classes)
    if (one.rows == 1) {
      result.problem = fmt::format(
          "class '{}' has this row alone (nothing is left of it when the row is removed), give a second row or remove "
          "this one",
          shown(one.name));
      result.row = one.first;
      return result;
    }
  if (numeric) {
    std::stable_sort(classes.begin(), classes.end(), [](auto const& a, auto const& b) { return value(a) < value(b); });
    for (std::size_t k = 1; k < classes.size(); ++k)
      if (value(classes[k - 1]) == value(classes[k])) {
        result.problem = fmt::format("the label '{}' is the number '{}' of line {}, write it in one way",
                                     shown(classes[k].name), shown(classes[k - 1].name), line(classes[k - 1].first));
        result.row = classes[k].first;
        return result;
      }
  }
  for (auto& one : classes) result.names.push_back(std::move(one.name));
  return result;
}

Eigen::VectorXd class_numbers(ColumnWords const& labels, std::vector<std::string> const& classes) {
  std::vector<double> numbers;  // of the words
  for (auto const& word : labels.words) {
    auto const found = std::ranges::find(classes, word);
    numbers.push_back(found == classes.end() ? -1 : static_cast<double>(found - classes.begin()));
  }
  Eigen::VectorXd result(static_cast<Eigen::Index>(labels.of_row.size()));
  for (std::size_t i = 0; i < labels.of_row.size(); ++i)
    result[static_cast<Eigen::Index>(i)] = numbers[labels.of_row[i]];
  return result;
}

}  // namespace fisherlab::runs
