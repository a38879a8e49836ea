#include "reports/tables/finding_keys.hpp"

#include <fmt/format.h>

#include <unordered_map>

#include "base/text/display_text.hpp"
#include "findings/names.hpp"

namespace fisherlab::reports {

std::vector<std::string> finding_keys(std::span<Finding const> findings) {
  std::vector<std::string> keys;
  keys.reserve(findings.size());
  std::unordered_map<std::string, int> seen;
  for (auto const& f : findings) {
    std::string key;  // a field is preceded by its length, so no two rows of fields make the same text
    for (std::string_view const field :
         {std::string_view(f.claim), std::string_view(f.model), std::string_view(f.parameters), std::string_view(f.n),
          std::string_view(f.measurement.statistic), to_string(f.expected)})
      key += fmt::format("{}:{};", field.size(), field);
    int const place = ++seen[key];
    keys.push_back(key + std::to_string(place));
  }
  return keys;
}

std::string finding_name(Finding const& f) {
  return printable(fmt::format("{} {}({}) n={}: {}", f.claim, f.model, f.parameters, f.n, f.measurement.statistic));
}

}  // namespace fisherlab::reports
