#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "claims/evidence/plan.hpp"
#include "runs/blocks/block_fold.hpp"
#include "runs/course.hpp"
#include "runs/measures.hpp"
#include "runs/pending.hpp"
#include "runs/resume/packing.hpp"

namespace fisherlab::runs {

/// The blocks that are to be done of each simulation of a look.
using LookWork = std::vector<BlockRanges>;

/// The looks at questions that simulated samples answer: scenarios that several of them share are simulated once a
/// look, and each estimator is measured beside them in the first.
///
/// A look is begun, some or all of its blocks are folded here, others may be added that were folded elsewhere, and then
/// it is judged.
class Looks {
 public:
  /// `pending`: all questions of the run; those that experiments answer take no part.
  Looks(std::vector<Pending>& pending, claims::Plan const& plan, Course& course);

  /// Observations that a look would draw; 0 where no question is open.
  std::int64_t planned(int look) const;

  /// Nothing is folded of this look, whose simulations the open questions decide.
  void begin(int look);
  /// The blocks of the look that are not folded.
  LookWork missing() const;
  /// All blocks of the look.
  LookWork all() const;
  /// Draws the replicates of these blocks; those that are folded already are passed over. An interruption leaves the
  /// rest undone; so does the deadline, before which simulations that would end later are left out while smaller ones
  /// are done.
  void take(LookWork const& work);
  /// Judges the open questions whose replicates of the look are all folded, and leaves the others as they were. The
  /// state is saved before where the work came to no end.
  void judge();
  /// Whether the last look simulated anything to its end.
  bool is_drawn() const { return is_drawn_; }

  /// What is folded of the look.
  void pack(Packer& packer) const;
  /// Adds what was folded of the same look, here or elsewhere, and gives its replicates and observations.
  /// @throws InputError when it is of other questions, or folded already.
  void unpack(Unpacker& unpacker);
  /// Adds a node of blocks of one simulation; false as BlockFold::add().
  bool add(std::size_t simulation, std::int64_t first, BlockFold::Node node);
  /// What is folded of one simulation.
  BlockFold const& fold(std::size_t simulation) const;
  /// Forgets what is folded, once it was given to who judges.
  void forget();

  /// The sample size of each simulation.
  std::vector<std::int64_t> sizes() const;
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
    std::vector<Reader> active = {};  ///< those that take part in the look
    BlockFold fold = BlockFold();     ///< of the look
  };

  void add_questions();
  std::int64_t replicates_of(int look) const;
  void add_measures(Simulation& simulation);
  std::vector<Reader> active_readers(Simulation const& simulation, int look) const;
  void simulate(Simulation& simulation, BlockRanges const& blocks, Progress& progress);
  void absorb(Simulation& simulation);
  claims::Probe const& probe_of(Reader const& reader) const;
  sim::Tally& tally_of(Reader const& reader);

  std::vector<Pending>& pending_;
  claims::Plan const& plan_;
  Course& course_;
  std::vector<Simulation> simulations_;
  std::vector<Measure> measures_;
  int look_ = 0;
  bool is_drawn_ = false;
};

}  // namespace fisherlab::runs
