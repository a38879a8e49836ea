#include "reports/page/pictures/inks.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "base/hash.hpp"

namespace fisherlab::reports {

std::optional<Ink> known_ink(std::string const& name) {
  static constexpr auto known = std::to_array<std::pair<std::string_view, Ink>>({{"mle", Ink::blue},
                                                                                 {"moments", Ink::orange},
                                                                                 {"bias_corrected", Ink::green},
                                                                                 {"best_unbiased", Ink::purple},
                                                                                 {"one_step", Ink::brown},
                                                                                 {"bootstrap", Ink::indigo},
                                                                                 {"parametric_bootstrap", Ink::olive},
                                                                                 {"james_stein", Ink::rose},
                                                                                 {"sample_mean", Ink::indigo},
                                                                                 {"shrunk_mean", Ink::rose},
                                                                                 {"hodges", Ink::brown},
                                                                                 {"sample_median", Ink::olive},
                                                                                 {"trimmed_mean", Ink::brown},
                                                                                 {"sample_variance", Ink::indigo},
                                                                                 {"share_above", Ink::indigo},
                                                                                 {"wald", Ink::blue},
                                                                                 {"likelihood-ratio", Ink::orange},
                                                                                 {"score", Ink::green}});
  std::string lower = name.substr(0, name.find('('));  // "trimmed_mean(0.1)" has the colour of "trimmed_mean"
  std::ranges::transform(lower, lower.begin(), [](unsigned char c) { return c < 128 ? std::tolower(c) : c; });
  auto const place = std::ranges::find(known, lower, &std::pair<std::string_view, Ink>::first);
  return place == known.end() ? std::nullopt : std::optional(place->second);
}

Ink InkChoice::of(std::string const& name) {
  // Those of no verdict first, from a place that the name alone decides; red says failure and is no method's.
  static constexpr std::array own{Ink::indigo, Ink::brown, Ink::olive, Ink::rose, Ink::green};
  static constexpr std::array last{Ink::purple, Ink::orange, Ink::blue};
  if (auto const given = given_.find(name); given != given_.end()) return given->second;
  auto const fixed = known_ink(name);
  auto const is_free = [&](Ink ink) {
    return std::ranges::none_of(given_, [&](auto const& pair) { return pair.second == ink; });
  };
  std::vector<Ink> wanted;
  if (fixed) wanted.push_back(*fixed);
  auto const first = static_cast<std::size_t>(stable_hash(name) % own.size());
  for (std::size_t k = 0; k < own.size(); ++k) wanted.push_back(own[(first + k) % own.size()]);
  wanted.insert(wanted.end(), last.begin(), last.end());
  auto const left = std::ranges::find_if(wanted, is_free);
  return given_[name] = left != wanted.end() ? *left : Ink::grey;
}

int symbol_of_curve(std::size_t k) {
  static constexpr std::array symbols{7, 5, 9, 13, 11};
  return symbols[k % symbols.size()];
}

}  // namespace fisherlab::reports
