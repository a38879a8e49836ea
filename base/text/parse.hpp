#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace fisherlab {

/// A whole number that is asked for: what it is called in messages, and the least and largest that make sense.
struct CountRule {
  std::string name;
  std::int64_t least = 1;
  std::int64_t most = 10'000'000'000;
};

/// A finite decimal number, as "2.5" or "-1e-3".
/// @throws InputError otherwise; `name` says what was to be given.
double parse_number(std::string const& text, std::string const& name);

/// A whole number within the rule, as "65536", "1e6", "10k" or "2.5M".
/// @throws InputError otherwise.
std::int64_t parse_count(std::string const& text, CountRule const& rule);

/// The number as a count within the rule. @throws InputError otherwise.
std::int64_t checked_count(double value, CountRule const& rule);

/// Counts separated by commas, as "100,200", or in grids, as "10:1000 by x2" (10, 20, ..., 640) and "10:100 by 30";
/// each once. @throws InputError otherwise.
std::vector<std::int64_t> parse_counts(std::string const& text, CountRule const& rule);

/// A whole number from 0 to 2^64 - 1. @throws InputError otherwise.
std::uint64_t parse_seed(std::string const& text);

/// Seconds of a duration with its unit, s, min, h or d: "90s", "30min", "1.5h".
/// @throws InputError otherwise, or when it is not above zero or longer than a year.
double parse_duration(std::string const& text, std::string const& name);

/// A probability strictly between 0.5 and 1, as "0.95". @throws InputError otherwise.
double parse_level(std::string const& text);

/// Words separated by commas, without the spaces around them. @throws InputError when one is empty.
std::vector<std::string> split_list(std::string const& text, std::string const& name);

/// For people: "812", "65.5 thousand", "1.05 million", "4.2 billion".
std::string count_text(double count);

/// For people: "35 ms", "0.4 s", "12 s", "3 min 20 s", "2 h 5 min".
std::string duration_text(double seconds);

}  // namespace fisherlab
