#pragma once

#include <string>
#include <vector>

#include "reports/page/figures.hpp"

namespace fisherlab::reports {

/// A part of a page that the run's tables do not hold.
struct PagePart {
  std::string heading;
  std::vector<Figure> figures;
  std::string text;  ///< as printed; empty where there is none
};

}  // namespace fisherlab::reports
