#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/parse.hpp"

namespace fisherlab::runs {

/// A TOML table that is read strictly: every error names file, line and key, and says what to do.
class TomlTable {
 public:
  /// `what`: the table in messages, as "a case". `keys`: all that it may hold; empty for any.
  /// @throws InputError for a key that is not among them, suggesting the nearest.
  TomlTable(toml::table const& table, std::string file, std::string what, std::vector<std::string> const& keys);

  bool has(std::string_view key) const { return table_->contains(key); }
  /// Whether a text stands there.
  bool is_text(std::string_view key) const { return (*table_)[key].is_string(); }
  std::vector<std::string> keys() const;

  std::optional<std::string> text(std::string_view key) const;
  std::optional<double> number(std::string_view key) const;
  std::optional<std::int64_t> count(std::string_view key, CountRule const& rule) const;
  /// One value or an array of them.
  std::vector<std::string> texts(std::string_view key) const;
  std::vector<double> numbers(std::string_view key) const;
  /// The same of counts, or a text with a grid of them (parse_counts).
  std::vector<std::int64_t> counts(std::string_view key, CountRule const& rule) const;
  /// A number or a string, as text.
  std::optional<std::string> number_or_text(std::string_view key) const;

  /// A table inside this one.
  std::optional<TomlTable> table(std::string_view key, std::vector<std::string> const& keys) const;
  /// Tables inside this one: one table or an array of them.
  std::vector<TomlTable> tables(std::string_view key, std::string const& what,
                                std::vector<std::string> const& keys) const;

  /// @throws InputError "'file', line 3: `what`", at the key, or at the table for an empty or absent one.
  [[noreturn]] void fail(std::string_view key, std::string const& what) const;

 private:
  template <class Value>
  std::vector<Value> each(std::string_view key,
                          Value (TomlTable::*read)(std::string_view, toml::node const&) const) const;
  std::string read_text(std::string_view key, toml::node const& node) const;
  double read_number(std::string_view key, toml::node const& node) const;

  toml::table const* table_;
  std::string file_;
  std::string what_;
};

}  // namespace fisherlab::runs
