#include "runs/data/magnitudes.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/expects.hpp"
#include "base/text/number.hpp"

namespace fisherlab::runs {

void check_magnitudes(std::span<double const> values, std::string const& what) {
  double largest = 0;
  for (double const x : values)
    if (std::isfinite(x)) largest = std::max(largest, std::fabs(x));
  constexpr double most = 1e150;
  expects(largest == 0 || (largest <= most && largest >= 1 / most),
          fmt::format("{} holds nothing larger than {} (squares of such values leave the range of a double), give them "
                      "in other units",
                      what, exact_text(largest)));
}

}  // namespace fisherlab::runs
