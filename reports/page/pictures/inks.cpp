#include "reports/page/pictures/inks.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

namespace fisherlab::reports {

std::optional<Ink> known_ink(std::string const& name) {
  static constexpr auto known = std::to_array<std::pair<std::string_view, Ink>>({{"mle", Ink::blue},
                                                                                 {"moments", Ink::orange},
                                                                                 {"bias_corrected", Ink::green},
                                                                                 {"best_unbiased", Ink::purple},
                                                                                 {"wald", Ink::blue},
                                                                                 {"likelihood-ratio", Ink::orange},
                                                                                 {"score", Ink::green}});
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
  auto const place = std::ranges::find(known, lower, &std::pair<std::string_view, Ink>::first);
  return place == known.end() ? std::nullopt : std::optional(place->second);
}

Ink InkChoice::of(std::string const& name) {
  static constexpr std::array order{Ink::purple, Ink::red, Ink::grey, Ink::green, Ink::orange, Ink::blue};
  if (auto const given = given_.find(name); given != given_.end()) return given->second;
  auto const fixed = known_ink(name);
  auto const is_free = [&](Ink ink) {
    return std::ranges::none_of(given_, [&](auto const& pair) { return pair.second == ink; });
  };
  auto const left = std::ranges::find_if(order, is_free);
  Ink const ink = fixed && is_free(*fixed) ? *fixed : left != order.end() ? *left : Ink::grey;
  return given_[name] = ink;
}

int symbol_of_curve(std::size_t k) {
  static constexpr std::array symbols{7, 5, 9, 13, 11};
  return symbols[k % symbols.size()];
}

}  // namespace fisherlab::reports
