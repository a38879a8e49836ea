#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "claims/setting.hpp"
#include "estimators/catalogue.hpp"
#include "runs/external/protocol.hpp"

namespace fisherlab::runs {

/// A program that estimates theta from samples, in any language (docs/external.md).
struct ExternalCommand {
  std::string name;                    ///< as a study names it
  std::string command;                 ///< for the shell
  Protocol protocol = Protocol::text;  ///< of both directions
  bool std_errors = true;              ///< whether a standard error follows for each estimate
  bool intervals = false;              ///< whether the lower and the upper end of an interval follow for each
  double timeout = 60;                 ///< seconds for an answer
  int children = 0;                    ///< most that run at once; 0: one a thread
  std::function<bool()> stop = {};     ///< asked while an answer is waited for; throws sim::Interrupted then
};

/// What went wrong with a program, counted.
struct ExternalTrouble {
  std::int64_t fits = 0;  ///< samples that it gave no answer for, which count as failed fits
  std::string first;      ///< what happened to the first, with the end of its standard error
};

class ChildPool;

/// An estimator whose fits another program makes. Each thread that asks has a child of its own, started when it is
/// first needed, and at most `children` run at once; what a child says of a sample must not depend on other samples, so
/// that results do not depend on how many there are. A batch that a child does not answer properly (it ends, writes
/// what is no answer, or takes too long) is asked again sample by sample, of a new child after each that fails: so only
/// the samples that make it fail are failed fits.
class ExternalEstimator final : public estimators::Estimator {
 public:
  ExternalEstimator(ExternalCommand command, sim::AnyModel model);
  ~ExternalEstimator() override;

  std::string name() const override { return command_.name; }
  std::vector<std::string> components() const override { return model_->card().parameters; }
  estimators::Target target(std::span<double const> theta) const override { return estimators::identity_target(theta); }
  sim::Domain domain(std::size_t a) const override { return model_->card().domains[a]; }
  bool unbiased() const override { return false; }
  bool reports_std_errors() const override { return command_.std_errors; }
  bool reports_intervals() const override { return command_.intervals; }
  void estimate(sim::Sample const& sample, estimators::Estimates& out) const override;

  /// Puts eight samples of the law to the program, before a run rests on it.
  /// @throws InputError with what the program wrote to standard error, when it does not answer them properly, or fits
  /// none.
  void try_out(claims::Law const& data, std::int64_t n) const;

  /// Asks that while an answer is waited for, and throws sim::Interrupted when it says so.
  void stop_when(std::function<bool()> stop) const;

  /// What went wrong so far.
  ExternalTrouble trouble() const;

  ExternalCommand const& command() const { return command_; }

 private:
  /// Of an answer about so many samples.
  AnswerShape shape(std::size_t samples) const;

  ExternalCommand command_;
  sim::AnyModel model_;
  std::unique_ptr<ChildPool> pool_;
};

/// The line of the catalogue for such a program. One model has one estimator, however often it is made.
estimators::Estimators::Entry external_entry(ExternalCommand const& command);

}  // namespace fisherlab::runs
