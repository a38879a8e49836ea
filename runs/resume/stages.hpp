#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "runs/resume/packing.hpp"
#include "runs/resume/save_clock.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::runs {

/// The state of a run that is a chain of simulations, of which each is decided by what the ones before came to: what is
/// folded of each, in order. A run that is resumed goes through the chain again; what is folded is not drawn again.
class Stages {
 public:
  /// @param save  is given the state when `clock` says so; may be empty
  Stages(SaveClock clock, std::function<void(std::string state)> save)
      : clock_(std::move(clock)), save_(std::move(save)) {}

  /// Takes up a state, before the first stage. @throws InputError when it is none.
  void unpack(std::string_view bytes);
  /// The state, at any time.
  std::string packed() const;

 private:
  friend class Stage;

  SaveClock clock_;
  std::function<void(std::string)> save_;
  std::vector<std::string> folded_;              ///< of each stage
  std::size_t begun_ = 0;                        ///< how many stages have begun
  std::function<void(Packer&)> under_way_ = {};  ///< packs the one that has not ended; empty between stages
};

/// One simulation of a chain, from its beginning to its end or to an interruption.
class Stage {
 public:
  using Pack = std::function<void(Packer&)>;
  using Unpack = std::function<void(Unpacker&)>;

  /// Begins the next stage. What was folded of it before is given to `unpack`.
  /// @param stages  null: nothing is kept
  /// @param pack    what is folded so far; callable until the end
  /// @throws InputError when what was folded before is of another stage
  Stage(Stages* stages, Pack pack, Unpack const& unpack);
  Stage(Stage const&) = delete;
  Stage& operator=(Stage const&) = delete;
  ~Stage() { end(); }

  /// More is folded: saves the state when it is time.
  void advance() const;
  /// Keeps what is folded, after which no more is.
  void end();

 private:
  Stages* stages_;
};

/// sim::run_blocks as a stage, whose fold fills what `pack` and `unpack` carry.
void run_stage(sim::BlockWork work, int threads, Stages* stages, Stage::Pack const& pack, Stage::Unpack const& unpack);

}  // namespace fisherlab::runs
