#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/course.hpp"
#include "runs/measures.hpp"
#include "runs/pending.hpp"

namespace fisherlab::runs {

/// The looks at questions that simulated samples answer: scenarios that several of them share are simulated once a
/// look, and each estimator is measured beside them in the first.
class Looks {
 public:
  /// `pending`: all questions of the run; those that experiments answer take no part.
  Looks(std::vector<Pending>& pending, claims::Plan const& plan, Course& course);

  /// Observations that a look would draw; 0 where no question is open.
  std::int64_t planned(int look) const;

  /// Draws the replicates of a look for the open questions, from the place of the course on, and judges those that are
  /// whole. An interruption saves the state and leaves the others as they were; so does the deadline, before which
  /// simulations that would end later are left out while smaller ones are done.
  void take(int look);
  /// Whether the last look simulated anything.
  bool is_drawn() const { return is_drawn_; }

  std::vector<Measure>& measures() { return measures_; }
  /// Whether a measure has all replicates of the first look.
  bool is_whole(Measure const& measure) const;

 private:
  /// Who reads a simulation: a probe of a question, or a measure.
  struct Reader {
    enum class Kind { question, measure } kind = Kind::question;
    std::size_t index = 0;  ///< of the question, or of the measure
    std::size_t probe = 0;  ///< of the question
  };
  struct Simulation {
    claims::Scenario scenario;
    std::vector<Reader> readers;
  };

  void add_questions();
  std::int64_t replicates_of(int look) const;
  void take(std::size_t simulation, int look, Progress& progress);
  void add_measures(Simulation& simulation);
  std::vector<Reader> active_readers(Simulation const& simulation, int look) const;
  bool simulate(Simulation const& simulation, std::vector<Reader> const& readers, int look, Progress& progress);
  void note_simulated(std::vector<Reader> const& readers);
  claims::Probe const& probe_of(Reader const& reader) const;
  sim::Tally& tally_of(Reader const& reader);

  std::vector<Pending>& pending_;
  claims::Plan const& plan_;
  Course& course_;
  std::vector<Simulation> simulations_;
  std::vector<Measure> measures_;
  bool is_drawn_ = false;
};

}  // namespace fisherlab::runs
