#include "base/text/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <system_error>
#include <utility>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/number.hpp"

namespace fisherlab {
namespace {

constexpr double longest_duration = 365 * 86'400.0;  ///< seconds; who gives more has mistyped

std::string shown(std::string_view text) { return clipped(printable(text), 40); }

/// Reads a value that is the whole text; std::errc() where it is.
template <class Number>
std::errc read(std::string_view text, Number& value) {
  char const* const last = text.data() + text.size();
  auto const [end, error] = std::from_chars(text.data(), last, value);
  return end == last && !text.empty() ? error : std::errc::invalid_argument;
}

/// Whether the whole text is one value of the type.
template <class Number>
bool read_all(std::string_view text, Number& value) {
  return read(text, value) == std::errc();
}

/// A finite number. @param example  in the advice
double number_in(std::string const& text, std::string const& name, char const* example) {
  double value = 0;
  auto const error = read(text, value);
  expects(error != std::errc::result_out_of_range,
          fmt::format("{} is '{}' (outside the range of a double), give one such as {}", name, shown(text), example));
  expects(error == std::errc(),
          fmt::format("{} is '{}' (not a number), give one such as {}", name, shown(text), example));
  expects(std::isfinite(value), fmt::format("{} is '{}' (not finite), give a finite number", name, shown(text)));
  return value;
}

/// "10e3" of "10k" and "2.5e6" of "2.5M"; other texts as they are.
std::string without_suffix(std::string const& text) {
  if (text.size() < 2 || text[text.size() - 2] < '0' || text[text.size() - 2] > '9') return text;
  auto const number = text.substr(0, text.size() - 1);
  if (number.find_first_of("eE") != std::string::npos) return text;
  if (text.ends_with('k') || text.ends_with('K')) return number + "e3";
  return text.ends_with('M') ? number + "e6" : text;
}

}  // namespace

double parse_number(std::string const& text, std::string const& name) { return number_in(text, name, "2.5"); }

std::int64_t checked_count(double value, CountRule const& rule) {
  auto const text = exact_text(value);
  expects(value == std::floor(value), fmt::format("{} is {} (not a whole number), give one", rule.name, text));
  expects(value >= static_cast<double>(rule.least),
          fmt::format("{} is {} (too small), give at least {}", rule.name, text, rule.least));
  expects(value <= static_cast<double>(rule.most),
          fmt::format("{} is {} (too large), give at most {}", rule.name, text, rule.most));
  return static_cast<std::int64_t>(value);
}

std::int64_t parse_count(std::string const& written, CountRule const& rule) {
  expects(written.find(':') == std::string::npos && written.find("..") == std::string::npos,
          fmt::format("{} is '{}' (a range), give the numbers themselves, as 20,40,80, or a grid, as '20:160 by x2'",
                      rule.name, shown(written)));
  bool const has_commas = written.size() > 4 && written[written.size() - 4] == ',' &&
                          written.find_first_not_of("0123456789,") == std::string::npos;
  auto plain = written;
  std::erase(plain, ',');
  expects(!has_commas, fmt::format("{} is '{}' (with commas), write it as {}", rule.name, shown(written), plain));
  auto const text = without_suffix(written);
  std::int64_t value = 0;
  // Beyond 2^53 a double would round; those go through the exact path and its limits.
  if (!read_all(text, value))
    return checked_count(number_in(text, rule.name, exact_text(std::max<std::int64_t>(rule.least, 1)).c_str()), rule);
  expects(value >= rule.least, fmt::format("{} is {} (too small), give at least {}", rule.name, value, rule.least));
  expects(value <= rule.most, fmt::format("{} is {} (too large), give at most {}", rule.name, value, rule.most));
  return value;
}

std::vector<std::string> split_list(std::string const& text, std::string const& name) {
  std::vector<std::string> words;
  for (std::string_view rest = text;;) {
    auto const comma = rest.find(',');
    auto word = rest.substr(0, comma);
    while (word.starts_with(' ')) word.remove_prefix(1);
    while (word.ends_with(' ')) word.remove_suffix(1);
    expects(!word.empty(),
            fmt::format("{} has an empty entry in '{}', separate entries by one comma", name, shown(text)));
    words.emplace_back(word);
    if (comma == std::string_view::npos) return words;
    rest.remove_prefix(comma + 1);
  }
}

namespace {

/// What might have been meant by "20:100" or "20:100:20".
std::string grid_advice(std::string const& text) {
  auto const colon = text.find(':'), second = text.find(':', colon + 1);
  std::int64_t first = 0, last = 0, step = 0;
  auto const end = std::min(second, text.size());
  bool const is_range = read_all(text.substr(0, colon), first) &&
                        read_all(text.substr(colon + 1, end - colon - 1), last) && first > 0 && last > first;
  if (is_range && second != std::string::npos && read_all(text.substr(second + 1), step) && step > 0)
    return fmt::format("write it as '{}:{} by {}'", first, last, step);
  if (is_range)
    return fmt::format("give its steps, as '{0}:{1} by x2' or '{0}:{1} by {2}'", first, last,
                       std::max<std::int64_t>(1, (last - first) / 4));
  return "give one such as '10:1000 by x2' or '10:100 by 30'";
}

/// "10:1000 by x2" and "10:100 by 30": from the first as long as the last is not passed; steps by a factor are rounded.
std::vector<std::int64_t> parse_grid(std::string const& text, CountRule const& rule) {
  constexpr std::size_t most = 1000;
  auto const colon = text.find(':'), by = text.find(" by ");
  expects(by != std::string::npos && colon < by,
          fmt::format("{} is '{}' (not a grid), {}", rule.name, shown(text), grid_advice(text)));
  auto const first = parse_count(text.substr(0, colon), rule),
             last = parse_count(text.substr(colon + 1, by - colon - 1), rule);
  auto step = text.substr(by + 4);
  bool const is_factor = step.starts_with('x');
  double const size = number_in(is_factor ? step.substr(1) : step, rule.name + " by", is_factor ? "2" : "10");
  expects(is_factor ? size > 1 : size >= 1 && size == std::floor(size),
          fmt::format("{} is '{}' (its steps do not grow), give a factor above 1, as x2, or a whole number", rule.name,
                      shown(text)));
  std::vector<std::int64_t> counts;
  for (double value = static_cast<double>(first); value <= static_cast<double>(last);
       value = is_factor ? value * size : value + size) {
    auto const count = static_cast<std::int64_t>(std::llround(value));
    if (counts.empty() || count != counts.back()) counts.push_back(count);
    expects(counts.size() <= most,
            fmt::format("{} is '{}' (over {} entries), give larger steps", rule.name, shown(text), most));
  }
  expects(!counts.empty(), fmt::format("{} is '{}' (it ends before it begins), correct it", rule.name, shown(text)));
  return counts;
}

}  // namespace

namespace {

/// The inside of "[20,100]", "(20,100)", "{20,100}" and R's "c(20,100)"; other texts as they are.
std::string without_brackets(std::string const& text) {
  auto const open = text.find_first_of("[({");
  if (open > 1 || (open == 1 && text.front() != 'c') || text.size() < open + 3) return text;
  bool const is_closed = text.find_first_of("])}") == text.size() - 1;
  return is_closed ? text.substr(open + 1, text.size() - open - 2) : text;
}

/// Refuses what other programs take for a list of numbers, with a form that works.
void expects_list(std::string const& text, CountRule const& rule) {
  auto const advice = [&](char const* what, std::string const& form) {
    return fmt::format("{} is '{}' ({}), write it as {}", rule.name, shown(text), what, form);
  };
  bool const is_of_digits = text.find_first_not_of("0123456789,") == std::string::npos;
  auto const comma = text.find(',');
  bool const has_thousands = is_of_digits && comma < 4 && text.size() == comma + 4 && text[comma + 1] == '0';
  expects(!has_thousands, advice("with a comma inside a number", text.substr(0, std::min(comma, text.size())) +
                                                                     text.substr(std::min(comma + 1, text.size()))));
  bool const has_words = text.find(" by ") != std::string::npos;
  auto const space = text.find(' ', text.find_first_not_of(' '));
  bool const has_spaces = !has_words && comma == std::string::npos && space < text.find_last_not_of(' ');
  expects(!has_spaces, advice("no commas", "20,40,80"));
  auto const dash = text.find('-', 1);
  bool const is_span = dash != std::string::npos && text.find_first_not_of("0123456789-") == std::string::npos;
  expects(!is_span, advice("a range", "20,40,80, or as a grid, '20:160 by x2'"));
  expects(text.find('(') == std::string::npos, advice("no list of numbers", "20,40,80, or as a grid, '20:100 by 20'"));
}

}  // namespace

std::vector<std::int64_t> parse_counts(std::string const& written, CountRule const& rule) {
  std::vector<std::int64_t> counts;
  auto const text = without_brackets(written);
  expects_list(text, rule);
  for (auto const& word : split_list(text, rule.name))
    for (auto const count :
         word.find(':') != std::string::npos ? parse_grid(word, rule) : std::vector{parse_count(word, rule)}) {
      expects(std::find(counts.begin(), counts.end(), count) == counts.end(),
              fmt::format("{} has {} twice, give each once", rule.name, count));
      counts.push_back(count);
    }
  return counts;
}

std::uint64_t parse_seed(std::string const& text) {
  std::uint64_t value = 0;
  expects(read_all(text, value),
          fmt::format("the seed is '{}' (not a whole number from 0 to 2^64 - 1), give one such as 7", shown(text)));
  return value;
}

double parse_duration(std::string const& text, std::string const& name) {
  constexpr std::array<std::pair<std::string_view, double>, 4> units = {
      {{"min", 60.0}, {"s", 1.0}, {"h", 3600.0}, {"d", 86400.0}}};
  for (auto const& [unit, seconds] : units) {
    double value = 0;
    bool const fits =
        text.ends_with(unit) && read_all(std::string_view(text).substr(0, text.size() - unit.size()), value);
    if (!fits) continue;
    expects(std::isfinite(value) && value > 0,
            fmt::format("{} is '{}' (not above zero), give one such as 30min", name, shown(text)));
    expects(value * seconds <= longest_duration,
            fmt::format("{} is '{}' (longer than a year), leave it out or give one such as 30min", name, shown(text)));
    return value * seconds;
  }
  throw InputError(
      fmt::format("{} is '{}' (not a duration), give a number and s, min, h or d, such as 30min", name, shown(text)));
}

double parse_level(std::string const& text) {
  double const level = number_in(text, "the level", "0.95");
  expects(level > 0.5 && level < 1,
          fmt::format("the level is {} (not between 0.5 and 1), give one such as 0.95", shown(text)));
  return level;
}

std::string count_text(double count) {
  if (count < 1e4) return rounded_text(count, 4);
  if (count < 1e6) return rounded_text(count / 1e3, 3) + " thousand";
  if (count < 1e9) return rounded_text(count / 1e6, 3) + " million";
  return rounded_text(count / 1e9, 4) + " billion";
}

std::string duration_text(double seconds) {
  if (seconds < 0.0995) return fmt::format("{:.0f} ms", 1e3 * seconds);
  if (seconds < 9.95) return fmt::format("{:.1f} s", seconds);
  auto const whole = static_cast<std::int64_t>(std::min(std::llround(seconds), 1'000'000'000'000LL));
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {} s", whole / 60, whole % 60);
  return fmt::format("{} h {} min", whole / 3600, whole / 60 % 60);
}

}  // namespace fisherlab
