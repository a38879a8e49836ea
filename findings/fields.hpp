#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "findings/estimated.hpp"

namespace fisherlab {

/// A record is a plain struct with one list of its fields, from which its file, its columns in reports and histories
/// and its documentation follow:
///
///   struct Row {
///     std::string claim;
///     Interval interval;
///
///     template <class Visit>
///     static void fields(Visit const& field) {
///       field("claim", "id of the claim", &Row::claim);
///       field("lower", "end of its interval", &Row::interval, &Interval::lower);
///     }
///   };
///
/// `field` gets the name, what it means, and the way from the record to the value, whose type says how it is written,
/// read and shown. A way that ends in a const member function gives a value that follows from the others.

/// The value at the end of the way: a reference to it, or the value itself where a function gives it.
template <class Record, class Step, class... Steps>
decltype(auto) value_at(Record& record, Step step, Steps... steps) {
  if constexpr (std::is_member_function_pointer_v<Step>)
    return (record.*step)();
  else if constexpr (sizeof...(Steps) > 0)
    return value_at(record.*step, steps...);
  else
    return (record.*step);
}

/// Whether a field fills two columns: a number, and its Monte Carlo standard error beside it.
template <class Value>
constexpr bool is_two_columns = std::is_same_v<Value, Estimated> || std::is_same_v<Value, std::optional<Estimated>>;

/// The second column of an Estimated.
inline std::string mcse_name(std::string_view name) { return std::string(name) + "_mcse"; }

/// Calls `visit(name, meaning, value)` for each field of a record in order; `value` is a reference, const if the record
/// is, but for values that follow from others.
template <class Record, class Visit>
void for_each_field(Record& record, Visit const& visit) {
  std::remove_const_t<Record>::fields([&](std::string_view name, std::string_view meaning, auto... way) {
    visit(name, meaning, value_at(record, way...));
  });
}

namespace detail {

template <class Record>
struct RowOf {
  using Type = Record;
};
template <class Record>
requires requires { typename Record::Row; }
struct RowOf<Record> {
  using Type = typename Record::Row;
};

}  // namespace detail

/// What the rows of a table of records are: the records themselves, but for one that stands for many rows, which names
/// their type `Row` and calls a visitor with them in its function `rows`.
template <class Record>
using RowOf = typename detail::RowOf<Record>::Type;

/// Calls `visit` with the rows that the records are, or stand for.
template <class Record, class Visit>
void for_each_row(std::vector<Record> const& records, Visit const& visit) {
  for (Record const& record : records) {
    if constexpr (requires { typename Record::Row; })
      record.rows(visit);
    else
      visit(record);
  }
}

/// The names of the columns of a record, in order.
template <class Record>
std::vector<std::string> column_names() {
  std::vector<std::string> names;
  Record const sample{};
  for_each_field(sample, [&](std::string_view name, std::string_view, auto const& value) {
    names.emplace_back(name);
    if (is_two_columns<std::remove_cvref_t<decltype(value)>>) names.push_back(mcse_name(name));
  });
  return names;
}

}  // namespace fisherlab
