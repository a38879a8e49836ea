#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "claims/calculation.hpp"
#include "claims/experiment.hpp"
#include "claims/options.hpp"
#include "claims/probe.hpp"
#include "claims/setting.hpp"
#include "findings/claim_card.hpp"
#include "findings/finding.hpp"
#include "findings/performance.hpp"
#include "findings/pictures.hpp"

namespace fisherlab::claims {

/// An estimator by its name in the catalogue, or one of the caller's own.
using EstimatorChoice = std::variant<std::string, estimators::AnyEstimator>;

/// One claim put to one setting, as a study asks it.
struct Case {
  Setting setting;                               ///< what is simulated, and as what it is read
  std::vector<std::int64_t> sizes;               ///< sample sizes; for a claim about a limit, three or more
  Expectation expected = Expectation::verified;  ///< `refuted` makes it a control
  EstimatorChoice estimator;                     ///< an empty name: the claim's own choice
  Options options;                               ///< of the claim
};

/// One finding to be, measured from the tallies of its question's probes.
struct Asked : StatedFinding {
  std::vector<std::size_t> reads;  ///< the probes that it is measured from: no others are folded for its sake
  /// The measurement at error `alpha`; tallies are those of the question's probes, in their order.
  std::function<Measurement(std::span<sim::Tally const> tallies, double alpha)> measure;
  /// Rows of `convergence.csv`, for findings about a rate.
  std::function<std::vector<ConvergenceRow>(std::span<sim::Tally const> tallies, double alpha)> convergence;
};

/// A probe for pictures alone, shown the first replicates of its scenario after the looks: it enters no finding and no
/// fingerprint.
struct Sketch {
  Probe probe;                  ///< what looks at the replicates
  std::int64_t replicates = 0;  ///< how many it is shown
};

/// How a claim is answered by simulated samples.
struct Sampled {
  Setting setting;                  ///< that of the case
  std::vector<Scenario> scenarios;  ///< what is simulated: the setting at each n
  std::vector<Probe> probes;        ///< what looks at the replicates of the scenarios
  std::vector<Asked> findings;      ///< what is measured from the tallies of the probes
  std::vector<Sketch> sketches;     ///< what is looked at for pictures
  /// Rows for pictures, from the tallies of the probes and of the sketches; may be empty. The run fills in claim, model
  /// and parameters.
  std::function<PictureRows(std::span<sim::Tally const> tallies, std::span<sim::Tally const> sketched)> pictures;
};

/// A claim made ready for a case: what it says, and how it is answered.
struct Question {
  std::string claim;                             ///< id of the claim
  std::string statement;                         ///< its number in the notes
  Expectation expected = Expectation::verified;  ///< what its findings are held to
  std::variant<Sampled, Experiment> answer;      ///< by simulated samples, or on a data set

  /// How samples answer it; null for an experiment.
  Sampled const* sampled() const { return std::get_if<Sampled>(&answer); }
  /// The experiment that answers it; null where samples do.
  Experiment const* experiment() const { return std::get_if<Experiment>(&answer); }
};

/// The findings that a question will have, in their order.
std::vector<StatedFinding> findings_of(Question const& question);

/// How many findings questions will have.
std::int64_t finding_count(std::vector<Question> const& questions);

/// How many of them share the error of a run: all but those that are calculated.
std::int64_t sharing_count(std::vector<Question> const& questions);

/// The scenarios that a question simulates; none for an experiment.
std::vector<Scenario> scenarios_of(Question const& question);

/// The model and the parameters of a question, as its findings name them.
std::string model_text(Question const& question);
/// The parameters of a question, as its findings name them.
std::string parameters_text(Question const& question);

/// Fills in how a case is answered. @throws InputError when the case does not fit the claim.
using AskSampled = void (*)(Case const&, Sampled&);
/// The same for a claim that is calculated.
using AskCalculated = void (*)(Case const&, Calculation&);
/// The same for a case about a data set.
using AskOfData = void (*)(DataCase const&, Experiment&);

/// A statement of the theory: what it says, and how it is put to a case, of a model or of a data set.
struct Claim {
  ClaimCard card;                                          ///< what `fisherlab show` prints
  std::variant<AskSampled, AskCalculated, AskOfData> ask;  ///< puts it to a case
  /// Whether it may be expected to hold for models outside the hypotheses too.
  bool beyond_hypotheses = false;

  /// Whether one that is calculated is about samples of the case's sizes; else it is about one observation, n = 1.
  bool is_of_samples = false;

  /// Whether it is calculated, by quadrature or algebra, and draws no sample.
  bool is_calculated() const { return std::holds_alternative<AskCalculated>(ask); }
  /// Whether it is put to data sets, not to models.
  bool is_about_data() const { return std::holds_alternative<AskOfData>(ask); }
};

}  // namespace fisherlab::claims
