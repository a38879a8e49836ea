#pragma once

#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "cli/run/run_frame.hpp"
#include "reports/page/diagnosis_page.hpp"
#include "runs/data/observations.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/checks/other_laws.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/fitted_data.hpp"
#include "runs/diagnosis/functions/functions.hpp"
#include "runs/diagnosis/goodness.hpp"
#include "runs/diagnosis/needed_n.hpp"
#include "sim/models/interface/catalogue.hpp"

namespace fisherlab::cli {

/// What is said of data of which some are censored.
struct CensoredWords {
  std::string data;        ///< how many observations are of each kind
  std::string likelihood;  ///< by what the censored ones count
  std::string censoring;   ///< how the simulation censors
};

/// What was found out of a fit; the model that was fitted gets its calibrated intervals.
struct Found {
  runs::FittedData fitted;
  std::optional<runs::Goodness> goodness;    ///< null after an interruption
  std::optional<runs::Diagnosis> diagnosis;  ///< the same
  std::vector<runs::Needs> needs;
  std::vector<runs::FunctionFit> functions;
  std::optional<runs::WithoutModel> without_model;  ///< where the data refute it
  std::vector<reports::FigurePart> pictures;
  bool is_budget_spent = false;                ///< fewer samples were simulated than 65,536
  bool is_whole = false;                       ///< nothing was interrupted
  std::optional<CensoredWords> censored = {};  ///< of censored data

  runs::Findings findings() const {
    return {fitted.fit, *diagnosis, needs, goodness ? &*goodness : nullptr, without_model ? &*without_model : nullptr};
  }
};

/// What a diagnosis may take, and what it is to have.
struct Limits {
  double budget = HUGE_VAL;  ///< seconds
  bool has_pictures = false;
};

/// Checks the model, simulates at the fit, and goes along n unless the data refute the model. What was found before an
/// interruption is kept.
Found find_out(runs::FittedData fitted, runs::Observations const& data, std::vector<runs::FunctionOf> const& functions,
               sim::Models const& models, Limits const& limits, runs::DiagnosisSettings const& settings,
               RunFrame const& frame);

}  // namespace fisherlab::cli
