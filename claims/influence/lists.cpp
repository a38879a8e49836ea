#include "claims/influence/lists.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "base/expects.hpp"

namespace fisherlab::claims {

std::vector<double> number_list(std::string const& name, std::string const& text, Bounds const& bounds) {
  std::vector<double> numbers;
  for (std::size_t from = 0; from <= text.size();) {
    auto const to = std::min(text.find(',', from), text.size());
    auto const first = std::min(text.find_first_not_of(' ', from), to);
    double value = 0;
    auto const [end, error] = std::from_chars(text.data() + first, text.data() + to, value);
    expects(error == std::errc() && end == text.data() + to && value >= bounds.least && value <= bounds.most,
            "option " + name + " is a list as \"1, 2, 4\", not '" + text + "'");
    numbers.push_back(value);
    from = to + 1;
  }
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
  return numbers;
}

}  // namespace fisherlab::claims
