#pragma once

#include <gtest/gtest.h>

#include <csignal>
#include <filesystem>
#include <functional>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "tests/support/fresh_folder.hpp"

namespace fisherlab::test {

/// What one run of the program left.
struct Outcome {
  int exit_code = -1;  ///< -1 when a signal ended it
  std::string out;
  std::string err;
};

/// Runs the built program to its end. `meanwhile` is called with its process id while it runs.
Outcome run_program(std::vector<std::string> const& arguments, std::function<void(int pid)> const& meanwhile = {});

/// Writes a file of the given bytes into the test's folder and gives its path.
std::string file_with(std::filesystem::path const& folder, std::string const& name, std::string const& bytes);

/// A CSV file of the given bytes, in a folder that lasts as long as the process.
std::string csv_file(std::string const& bytes);

/// What manifest.json of a run's folder says.
nlohmann::json manifest_in(std::filesystem::path const& folder);

/// Makes the run in a folder one of an older version, whose manifest does not know what the bytes of its files were, so
/// that a test may change them.
void forget_hashes(std::filesystem::path const& folder);

}  // namespace fisherlab::test
