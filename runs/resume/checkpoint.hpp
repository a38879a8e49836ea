#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fisherlab::runs {

/// What decides the bytes of a run, as names and values: version, study, seed and so on.
using RunFacts = std::vector<std::pair<std::string, std::string>>;

/// The value of a fact; "none" where it is not known.
std::string fact(RunFacts const& facts, std::string_view name);

/// What of `now` was otherwise before, in words: "seed 3 then and 4 now". Empty where nothing was.
std::string differences(RunFacts const& before, RunFacts const& now, std::string_view then_word,
                        std::string_view now_word);

/// The state of a run that is not at its end, as it stands in `checkpoint.bin`.
struct Checkpoint {
  RunFacts facts;           ///< of the run that saved it
  std::string started_utc;  ///< when that began
  double seconds = 0;       ///< how long it has worked
  std::string state;        ///< what it has come to (runs/resume/run_state.hpp)
};

/// The bytes of the file: a line with its version, one with the SHA-256 of what follows, and the rest.
std::string checkpoint_bytes(Checkpoint const& checkpoint);

/// The state in a file.
/// @throws InputError when it is no such file, is torn, or of another version of the format.
Checkpoint read_checkpoint(std::filesystem::path const& file);

/// That a state belongs to a run of these facts.
/// @throws InputError saying what changed.
void expect_same_run(Checkpoint const& checkpoint, RunFacts const& facts, std::filesystem::path const& file);

}  // namespace fisherlab::runs
