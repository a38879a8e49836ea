#include "runs/formula/coding.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <utility>

#include "base/expects.hpp"
#include "base/files/forget_pages.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t most_columns = 500;

/// What a column of the matrix is a product of: a variable of numbers, or whether a factor has a level.
struct Part {
  CodedVariable const* variable = nullptr;
  std::optional<double> level = {};

  double at(std::size_t row) const {
    double const value = variable->values[row];
    return level ? (value == *level ? 1 : 0) : value;
  }
};

/// A column of the matrix on its way; of no parts it is 1.
struct Column {
  std::string name;
  std::vector<Part> parts = {};

  double at(std::size_t row) const {
    double value = parts.empty() ? 1 : parts[0].at(row);
    for (std::size_t k = 1; k < parts.size(); ++k) value *= parts[k].at(row);
    return value;
  }
};

bool holds(Term const& whole, Term const& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

/// Whether the variable is coded by contrasts in the term at that place.
bool is_contrasted(std::vector<Term> const& terms, std::size_t place, std::size_t variable) {
  Term rest = terms[place];
  std::erase(rest, variable);
  if (rest.empty()) return true;
  return std::any_of(terms.begin(), terms.begin() + static_cast<std::ptrdiff_t>(place),
                     [&](Term const& t) { return holds(t, rest); });
}

std::vector<Column> columns_of(CodedVariable const& variable, bool is_contrasted) {
  if (!variable.is_factor()) return {{variable.text, {{&variable, {}}}}};
  std::vector<Column> result;
  for (std::size_t level = is_contrasted ? 1 : 0; level < variable.levels.size(); ++level)
    result.push_back({variable.text + variable.levels[level], {{&variable, static_cast<double>(level)}}});
  return result;
}

std::vector<Column> products(std::vector<Column> const& left, std::vector<Column> const& right) {
  std::vector<Column> result;
  for (auto const& r : right)
    for (auto const& l : left) {
      Column column{l.name + ":" + r.name, l.parts};
      column.parts.insert(column.parts.end(), r.parts.begin(), r.parts.end());
      result.push_back(std::move(column));
    }
  return result;
}

/// Of a term, how many columns it has.
std::size_t count_of(Term const& term, std::vector<CodedVariable> const& variables) {
  std::size_t count = 1;
  for (auto const v : term)
    count = std::min(count * std::max<std::size_t>(variables[v].levels.size(), 1), most_columns + 1);
  return count;
}

/// To the system at once, since the heap keeps what it is given.
void give_back(std::vector<double>& values) {
  auto const* const begin = reinterpret_cast<char const*>(values.data());
  forget_pages(begin, begin + values.size() * sizeof(double));
  values = {};
}

}  // namespace

CodedDesign code_terms(Formula const& formula, std::vector<CodedVariable>& variables, std::size_t rows) {
  std::vector<Column> all;
  CodedDesign result;
  if (formula.has_intercept) {
    all.push_back({"(Intercept)"});
    result.variables.emplace_back();
  }
  bool is_first_factor = !formula.has_intercept;
  for (std::size_t t = 0; t < formula.terms.size(); ++t) {
    auto const& term = formula.terms[t];
    expects(
        all.size() + count_of(term, variables) <= most_columns,
        fmt::format("the formula has over {} coefficients with the levels of '{}' (too many), leave it out or merge "
                    "levels",
                    most_columns, formula.term_text(term)));
    std::vector<Column> columns;
    for (auto const v : term) {
      bool const is_full = is_first_factor && variables[v].is_factor();
      if (is_full) is_first_factor = false;
      auto own = columns_of(variables[v], !is_full && is_contrasted(formula.terms, t, v));
      columns = columns.empty() && v == term.front() ? std::move(own) : products(columns, own);
    }
    for (auto& column : columns) {
      all.push_back(std::move(column));
      result.variables.push_back(term);
    }
  }
  result.x.resize(static_cast<Eigen::Index>(rows), static_cast<Eigen::Index>(all.size()));
  std::vector<std::size_t> last(variables.size(), 0);  // columns
  for (std::size_t j = 0; j < all.size(); ++j)
    for (auto const v : result.variables[j]) last[v] = j;
  for (std::size_t j = 0; j < all.size(); ++j) {
    result.names.push_back(all[j].name);
    for (std::size_t i = 0; i < rows; ++i)
      result.x(static_cast<Eigen::Index>(i), static_cast<Eigen::Index>(j)) = all[j].at(i);
    for (auto const v : result.variables[j])
      if (last[v] == j && !variables[v].is_factor()) give_back(variables[v].values);
  }
  return result;
}

}  // namespace fisherlab::runs
