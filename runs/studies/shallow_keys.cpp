#include "runs/studies/shallow_keys.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::runs {
namespace {

constexpr int most_dots = 30;

/// The place behind a string that begins at `from` with a quote, one or three.
std::size_t end_of_string(std::string_view toml, std::size_t from) {
  char const quote = toml[from];
  std::string const three(3, quote);
  bool const is_long = toml.substr(from, 3) == three;
  std::string_view const mark = is_long ? std::string_view(three) : toml.substr(from, 1);
  for (std::size_t k = from + mark.size(); k < toml.size(); ++k) {
    if (toml[k] == '\\' && quote == '"')
      ++k;
    else if (toml.substr(k, mark.size()) == mark)
      return k + mark.size();
    else if (toml[k] == '\n' && !is_long)
      return k;
  }
  return toml.size();
}

}  // namespace

void expect_shallow_keys(std::string_view toml, std::string const& name) {
  int dots = 0;
  for (std::size_t k = 0; k < toml.size();) {
    char const c = toml[k];
    if (c == '"' || c == '\'') {
      k = end_of_string(toml, k);
      continue;
    }
    if (c == '#') {
      k = std::min(toml.find('\n', k), toml.size());
      continue;
    }
    if (c == '.')
      ++dots;
    else if (std::string_view("=,{}[]\n").find(c) != std::string_view::npos)
      dots = 0;
    if (dots > most_dots)
      throw InputError(
          fmt::format("'{}', line {}: a key has more than {} parts (no study has such), correct it", printable(name),
                      1 + std::count(toml.begin(), toml.begin() + static_cast<std::ptrdiff_t>(k), '\n'), most_dots));
    ++k;
  }
}

}  // namespace fisherlab::runs
