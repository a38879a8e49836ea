#pragma once

#include <string>
#include <vector>

#include "cli/command_line/arguments.hpp"
#include "cli/terminal/progress.hpp"
#include "runs/data/reading.hpp"

namespace fisherlab::cli {

/// What every subcommand that reads a file of data takes: --sep, --decimal, --header, --missing.
void add_data_options(Arguments& arguments, runs::ReadingWords& words);

/// The reading with a bar that tells how much of a large file was read. Keeps a reference to the bar.
runs::Reading with_bar(runs::Reading reading, std::string const& file, ProgressBar& bar);

/// What was recognised and left out of a file, a line each; empty where there is nothing.
std::string notes_text(std::vector<std::string> const& notes, int width);

/// A sentence as an entry of a list, "- For shape, ...", its further lines indented.
std::string bullet_text(std::string const& sentence, int width);

}  // namespace fisherlab::cli
