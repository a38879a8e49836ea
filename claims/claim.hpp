#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "claims/experiment.hpp"
#include "claims/probe.hpp"
#include "claims/setting.hpp"
#include "findings/claim_card.hpp"
#include "findings/finding.hpp"
#include "findings/performance.hpp"
#include "findings/pictures.hpp"

namespace fisherlab::claims {

/// One claim put to one setting, as a study asks it.
struct Case {
  Setting setting;
  std::vector<std::int64_t> sizes;
  Expectation expected = Expectation::verified;
  std::string estimator;                       ///< empty: the claim's own choice
  std::map<std::string, std::string> options;  ///< of the claim, as text
};

/// One finding to be: how to measure it from the tallies of its question's probes.
struct Asked {
  std::string statistic;
  std::string n;  ///< sample size, or the grid
  Region region;
  /// The measurement at error `alpha`; tallies are those of the question's probes, in their order.
  std::function<Measurement(std::span<sim::Tally const> tallies, double alpha)> measure;
  /// Rows of `convergence.csv`, for findings about a rate.
  std::function<std::vector<ConvergenceRow>(std::span<sim::Tally const> tallies, double alpha)> convergence;
};

/// A probe for pictures alone, shown the first replicates of its scenario after the looks: it enters no finding and no
/// fingerprint.
struct Sketch {
  Probe probe;
  std::int64_t replicates = 0;
};

/// A claim made ready for a case.
struct Question {
  std::string claim;
  std::string statement;
  Setting setting;
  Expectation expected = Expectation::verified;
  std::vector<Scenario> scenarios;
  std::vector<Probe> probes;
  std::vector<Asked> findings;
  std::vector<Sketch> sketches;
  /// Rows for pictures, from the tallies of the probes and of the sketches; may be empty. The run fills in claim, model
  /// and parameters.
  std::function<PictureRows(std::span<sim::Tally const> tallies, std::span<sim::Tally const> sketched)> pictures;
  std::optional<Experiment> experiment;  ///< in place of scenarios and probes; it measures all findings at once
};

/// The model and the parameters of a question, as its findings name them.
std::string model_text(Question const& question);
std::string parameters_text(Question const& question);

/// A statement of the theory: what it says, and how it is put to a case.
struct Claim {
  ClaimCard card;
  std::vector<std::string> option_names;
  /// Fills scenarios, probes and findings. @throws InputError when the case does not fit the claim.
  void (*ask)(Case const&, Question&);
  /// Whether it may be expected to hold for models outside the hypotheses too.
  bool beyond_hypotheses = false;
  /// For a claim about data sets, in place of `ask`: fills experiment and findings.
  /// @throws InputError when the case does not fit the claim.
  void (*ask_of_data)(DataCase const&, Question&) = nullptr;
};

}  // namespace fisherlab::claims
