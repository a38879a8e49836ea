#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "cli/command_line/arguments.hpp"

namespace fisherlab::cli {

/// The options of a command that prints a text, or writes a page in its place.
struct PageOptions {
  std::string format = "text";
  std::optional<std::string> out;  ///< folder of the page
};

/// `file`: the name of the page, as the help tells.
void add_page_options(Arguments& arguments, PageOptions& options, std::string const& file);

/// The folder of the page; nothing where a text is wanted.
/// @throws InputError for another format, and a folder without a page.
std::optional<std::filesystem::path> page_folder(PageOptions const& options);

/// Writes the page, makes its folder if need be, and says where it is.
void write_page(std::filesystem::path const& page, std::string const& bytes);

}  // namespace fisherlab::cli
