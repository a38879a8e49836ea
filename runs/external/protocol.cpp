#include "runs/external/protocol.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <limits>
#include <utility>

#include "base/text/display_text.hpp"
#include "base/text/number.hpp"
#include "runs/data/cell.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::size_t word = 8;

template <class Number>
void append_word(std::string& bytes, Number number) {
  auto const bits = std::bit_cast<std::uint64_t>(number);
  for (unsigned k = 0; k < word; ++k) bytes += static_cast<char>(bits >> (8 * k) & 0xFF);
}

double double_at(std::string_view bytes, std::size_t place) {
  std::uint64_t bits = 0;
  for (unsigned k = 0; k < word; ++k)
    bits |= std::uint64_t{static_cast<unsigned char>(bytes[word * place + k])} << (8 * k);
  return std::bit_cast<double>(bits);
}

std::size_t bytes_of(AnswerShape const& shape) { return word * shape.samples * (1 + shape.numbers); }

std::string text_request(sim::Sample const& sample, LaneList const& lanes) {
  auto text = fmt::format("{} {} {}\n", lanes.size(), sample.n(), sample.dimension());
  for (int const lane : lanes) {
    for (std::int64_t i = 0; i < sample.n(); ++i)
      for (int d = 0; d < sample.dimension(); ++d) {
        if (i + d > 0) text += ' ';
        text += exact_text(sample(i, d)[lane]);
      }
    text += '\n';
  }
  return text;
}

std::string binary_request(sim::Sample const& sample, LaneList const& lanes) {
  std::string bytes;
  append_word(bytes, static_cast<std::int64_t>(lanes.size()));
  append_word(bytes, static_cast<std::int64_t>(sample.n()));
  append_word(bytes, static_cast<std::int64_t>(sample.dimension()));
  for (int const lane : lanes)
    for (std::int64_t i = 0; i < sample.n(); ++i)
      for (int d = 0; d < sample.dimension(); ++d) append_word(bytes, sample(i, d)[lane]);
  return bytes;
}

/// A number as R, Python and C write it; nothing for another word.
std::optional<double> number_of(std::string_view token) {
  if (is_missing(token)) return std::numeric_limits<double>::quiet_NaN();
  auto const cell = parse_cell(token);
  if (cell.is_text) return std::nullopt;
  if (cell.problem.empty()) return cell.value;
  return std::copysign(std::numeric_limits<double>::infinity(), token.starts_with('-') ? -1.0 : 1.0);
}

/// What follows the flag: ends of intervals may be infinite, nothing else may.
Fitted fitted_of(AnswerShape const& shape, double flag, std::vector<double> numbers) {
  bool is_whole = std::isfinite(flag) && flag != 0;
  for (std::size_t k = 0; k < numbers.size(); ++k) {
    bool const is_end = k + shape.ends >= shape.numbers;
    is_whole = is_whole && (is_end ? !std::isnan(numbers[k]) : std::isfinite(numbers[k]));
  }
  return {is_whole, std::move(numbers)};
}

/// Nothing for a line that is not 1 + `numbers` numbers.
std::optional<Fitted> fitted_in(std::string_view line, AnswerShape const& shape) {
  constexpr std::string_view blank = " \t\r";
  std::vector<double> found;
  for (std::size_t at = line.find_first_not_of(blank); at != std::string_view::npos;
       at = line.find_first_not_of(blank, at)) {
    auto const end = std::min(line.find_first_of(blank, at), line.size());
    auto const number = number_of(line.substr(at, end - at));
    if (!number || found.size() > shape.numbers) return std::nullopt;
    found.push_back(*number);
    at = end;
  }
  if (found.size() != 1 + shape.numbers) return std::nullopt;
  return fitted_of(shape, found[0], {found.begin() + 1, found.end()});
}

ReadAnswer read_text(AnswerShape const& shape, std::string_view answer) {
  ReadAnswer result;
  while (!answer.empty()) {
    auto const end = std::min(answer.find('\n'), answer.size());
    auto const line = answer.substr(0, end);
    if (result.fitted.size() == shape.samples)
      return {{},
              fmt::format("more than {} for as many samples: '{}'",
                          shape.samples == 1 ? "1 line" : fmt::format("{} lines", shape.samples), shown(line))};
    auto fitted = fitted_in(line, shape);
    if (!fitted) return {{}, fmt::format("a line that is not 1 + {} numbers: '{}'", shape.numbers, shown(line))};
    result.fitted.push_back(std::move(*fitted));
    answer.remove_prefix(std::min(end + 1, answer.size()));
  }
  return result;
}

ReadAnswer read_binary(AnswerShape const& shape, std::string_view answer) {
  if (answer.size() != bytes_of(shape))
    return {{}, fmt::format("{} bytes in place of {}", answer.size(), bytes_of(shape))};
  ReadAnswer result;
  std::size_t place = 0;
  for (std::size_t k = 0; k < shape.samples; ++k) {
    double const flag = double_at(answer, place++);
    std::vector<double> numbers(shape.numbers);
    for (double& number : numbers) number = double_at(answer, place++);
    result.fitted.push_back(fitted_of(shape, flag, std::move(numbers)));
  }
  return result;
}

}  // namespace

std::string request_text(Protocol protocol, sim::Sample const& sample, LaneList const& lanes) {
  return protocol == Protocol::text ? text_request(sample, lanes) : binary_request(sample, lanes);
}

bool is_whole(AnswerShape const& shape, std::string_view answer) {
  if (shape.protocol == Protocol::binary) return answer.size() >= bytes_of(shape);
  return std::ranges::count(answer, '\n') >= std::ptrdiff_t(shape.samples);
}

ReadAnswer read_answer(AnswerShape const& shape, std::string_view answer) {
  return shape.protocol == Protocol::text ? read_text(shape, answer) : read_binary(shape, answer);
}

}  // namespace fisherlab::runs
