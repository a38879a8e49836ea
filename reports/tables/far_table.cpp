#include "reports/tables/far_table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "base/text/number.hpp"
#include "base/text/text_table.hpp"

namespace fisherlab::reports {
namespace {

constexpr std::size_t most_lines = 12;

std::string wrapped_text(std::string const& text, int width) {
  std::string result;
  for (auto const& line : wrapped(printable(text), std::min(width, 100))) result += line + '\n';
  return result;
}

std::string largest_factors(std::span<FarRow const> rows, int width) {
  std::vector<FarRow const*> known;
  for (auto const& row : rows)
    if (row.is_known()) known.push_back(&row);
  std::ranges::stable_sort(known, std::greater<>{}, &FarRow::factor);
  using enum Align;
  TextTable table({{"claim"},
                   {"n", right},
                   {"statistic", Align::left, true},
                   {"basis"},
                   {"factor", right},
                   {"95 % interval", right}});
  for (std::size_t k = 0; k < std::min(known.size(), most_lines); ++k) {
    auto const& row = *known[k];
    table.add_row({row.claim, row.n, row.statistic, row.basis, rounded_text(row.factor.value_or(0), 2),
                   rounded_text(row.lower.value_or(0), 2) + " to " + rounded_text(row.upper.value_or(0), 2)});
  }
  return table.text(width);
}

/// "12 by tilted laws, 3 by proof".
std::string bases(std::span<FarRow const> rows) {
  static constexpr std::pair<char const*, char const*> words[] = {{"tilted", "by tilted laws"},
                                                                  {"bounded", "below a bound"},
                                                                  {"proof", "by proof"},
                                                                  {"constant", "constant"},
                                                                  {"open", "open"},
                                                                  {"unsettled", "unsettled"},
                                                                  {"unexamined", "not examined"}};
  std::string text;
  for (auto const& [basis, word] : words) {
    auto const count = std::ranges::count(rows, basis, &FarRow::basis);
    if (count > 0) text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, word);
  }
  return text;
}

std::string without_factor(std::span<FarRow const> rows, int width) {
  std::map<std::pair<std::string, std::string>, int> counts;
  for (auto const& row : rows)
    if (!row.is_known()) ++counts[{row.claim, row.note}];
  std::string text;
  for (auto const& [what, count] : counts)
    text += wrapped_text(
        fmt::format("  No factor: {}, {} {}: {}.", what.first, count, count == 1 ? "finding" : "findings", what.second),
        width);
  return text;
}

}  // namespace

std::string far_table(std::span<FarRow const> rows, FarStudy const& study, int width) {
  if (rows.empty()) return "No finding was examined at the level in use.\n";
  auto const sum = far_sum(rows);
  auto text = sum.rows > 0 ? largest_factors(rows, width) + '\n' : std::string();
  auto sentence =
      fmt::format("{} of {} findings examined at the level in use: {}. ", rows.size(), study.findings, bases(rows));
  if (sum.rows > 0)
    sentence += fmt::format(
        "A factor is the probability that an interval misses over the error that it is charged with. All together, "
        "findings with a factor miss {} times ({} to {}) as often as they are charged for: a chance of {} of a wrong "
        "interval in a run, were all findings like these, where {} is declared{}.",
        rounded_text(sum.mean, 2), rounded_text(sum.lower, 2), rounded_text(sum.upper, 2),
        rounded_text(sum.mean * study.family_error, 2), rounded_text(study.family_error),
        sum.lower > 1 ? ". That contradicts it: do not trust these findings" : "");
  return text + wrapped_text(sentence, width) + without_factor(rows, width);
}

}  // namespace fisherlab::reports
