#include "runs/studies/toml_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/number.hpp"

namespace fisherlab::runs {
namespace {

std::string shown(std::string_view text) { return clipped(printable(text), 40); }

}  // namespace

TomlTable::TomlTable(toml::table const& table, std::string file, std::string what, std::vector<std::string> const& keys)
    : table_(&table), file_(std::move(file)), what_(std::move(what)) {
  for (auto const& [key, node] : table) {
    std::string const name(key.str());
    if (keys.empty() || std::find(keys.begin(), keys.end(), name) != keys.end()) continue;
    fail(name, fmt::format("{} has no key '{}', {}", what_, shown(name), suggestion(name, keys)));
  }
}

void TomlTable::fail(std::string_view key, std::string const& what) const {
  toml::node const* const node = key.empty() ? nullptr : table_->get(key);
  auto const line = node != nullptr ? node->source().begin.line : table_->source().begin.line;
  throw InputError(line > 0 ? fmt::format("'{}', line {}: {}", file_, line, what)
                            : fmt::format("'{}': {}", file_, what));
}

std::vector<std::string> TomlTable::keys() const {
  std::vector<std::pair<toml::source_index, std::string>> places;
  for (auto const& [key, node] : *table_) places.emplace_back(node.source().begin.line, key.str());
  std::stable_sort(places.begin(), places.end(), [](auto const& a, auto const& b) { return a.first < b.first; });
  std::vector<std::string> names;
  names.reserve(places.size());
  for (auto const& [line, name] : places) names.push_back(name);
  return names;
}

std::string TomlTable::read_text(std::string_view key, toml::node const& node) const {
  if (auto const text = node.value_exact<std::string>()) return *text;
  fail(key, fmt::format("'{}' is not a text, write it in quotes", shown(key)));
}

double TomlTable::read_number(std::string_view key, toml::node const& node) const {
  auto const whole = node.value_exact<std::int64_t>();
  auto const real = node.value_exact<double>();
  if (!whole && !real) fail(key, fmt::format("'{}' is not a number, write it without quotes, as 2.5", shown(key)));
  double const value = whole ? static_cast<double>(*whole) : *real;
  if (!std::isfinite(value)) fail(key, fmt::format("'{}' is not finite, give a finite number", shown(key)));
  return value;
}

template <class Value>
std::vector<Value> TomlTable::each(std::string_view key,
                                   Value (TomlTable::*read)(std::string_view, toml::node const&) const) const {
  std::vector<Value> values;
  toml::node const* const node = table_->get(key);
  if (node == nullptr) return values;
  if (!node->is_array()) return {(this->*read)(key, *node)};
  for (auto const& element : *node->as_array()) values.push_back((this->*read)(key, element));
  if (values.empty()) fail(key, fmt::format("'{}' is an empty list, give at least one", shown(key)));
  return values;
}

std::optional<std::string> TomlTable::text(std::string_view key) const {
  toml::node const* const node = table_->get(key);
  if (node == nullptr) return std::nullopt;
  return read_text(key, *node);
}

std::optional<double> TomlTable::number(std::string_view key) const {
  toml::node const* const node = table_->get(key);
  if (node == nullptr) return std::nullopt;
  return read_number(key, *node);
}

std::optional<std::int64_t> TomlTable::count(std::string_view key, CountRule const& rule) const {
  auto const value = number(key);
  if (!value) return std::nullopt;
  try {
    return checked_count(*value, rule);
  } catch (InputError const& error) {
    fail(key, error.what());
  }
}

std::vector<std::string> TomlTable::texts(std::string_view key) const { return each(key, &TomlTable::read_text); }

std::vector<double> TomlTable::numbers(std::string_view key) const { return each(key, &TomlTable::read_number); }

std::vector<std::int64_t> TomlTable::counts(std::string_view key, CountRule const& rule) const {
  toml::node const* const node = table_->get(key);
  if (node != nullptr && node->is_string() && read_text(key, *node).find(':') != std::string::npos) {
    try {
      return parse_counts(read_text(key, *node), rule);
    } catch (InputError const& error) {
      fail(key, error.what());
    }
  }
  std::vector<std::int64_t> counts;
  for (double const value : each(key, &TomlTable::read_number)) {
    try {
      counts.push_back(checked_count(value, rule));
    } catch (InputError const& error) {
      fail(key, error.what());
    }
    if (std::find(counts.begin(), counts.end() - 1, counts.back()) != counts.end() - 1)
      fail(key, fmt::format("'{}' has {} twice, give each once", key, counts.back()));
  }
  return counts;
}

std::optional<std::string> TomlTable::number_or_text(std::string_view key) const {
  toml::node const* const node = table_->get(key);
  if (node == nullptr) return std::nullopt;
  if (node->is_string()) return read_text(key, *node);
  return exact_text(read_number(key, *node));
}

std::optional<TomlTable> TomlTable::table(std::string_view key, std::vector<std::string> const& keys) const {
  toml::node const* const node = table_->get(key);
  if (node == nullptr) return std::nullopt;
  if (!node->is_table()) fail(key, fmt::format("'{}' is not a table, write it as {{name = value}}", shown(key)));
  return TomlTable(*node->as_table(), file_, fmt::format("'{}'", key), keys);
}

std::vector<TomlTable> TomlTable::tables(std::string_view key, std::string const& what,
                                         std::vector<std::string> const& keys) const {
  std::vector<TomlTable> tables;
  toml::node const* const node = table_->get(key);
  if (node == nullptr) return tables;
  if (node->is_table()) return {TomlTable(*node->as_table(), file_, what, keys)};
  if (node->is_array()) {
    for (auto const& element : *node->as_array()) {
      if (!element.is_table())
        fail(key, fmt::format("'{}' holds something that is no table, see the study format", key));
      tables.emplace_back(*element.as_table(), file_, what, keys);
    }
  }
  if (tables.empty()) fail(key, fmt::format("'{}' is not a table or a list of tables, see the study format", key));
  return tables;
}

}  // namespace fisherlab::runs
