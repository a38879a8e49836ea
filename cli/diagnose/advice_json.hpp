#pragma once

#include <string>
#include <vector>

#include "findings/run_tables.hpp"

namespace fisherlab::cli {

/// What is advised, beside what the tables say.
struct Advised {
  double level = 0.95;                 ///< of the intervals
  bool is_refuted = false;             ///< the data refute the model
  std::vector<std::string> sentences;  ///< as they are printed
};

/// `advice.json`: what `advice.csv`, `fit.csv` and `models.csv` say of each parameter and family, with the reasons, for
/// programs. Numbers that are not finite are words: "inf", "-inf"; what is not known is null.
std::string advice_json(RunTables const& tables, Advised const& advised);

}  // namespace fisherlab::cli
