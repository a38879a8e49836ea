#pragma once

#include <csignal>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "tests/support/program.hpp"

namespace fisherlab::test {

/// For run_program(): sends `signal` once the run has saved its `saves`-th state in `folder`, however long that takes;
/// sends nothing when the run ends before.
std::function<void(int pid)> after_saves(std::filesystem::path const& folder, int saves, int signal);

/// What a run into `folder` left that was sent `signal` after its first state. One that came to its end before the
/// signal came is made again, twenty times at most.
Outcome cut_run(std::vector<std::string> const& words, std::filesystem::path const& folder, int signal);

}  // namespace fisherlab::test
