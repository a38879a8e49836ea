#include "cli/run/page_options.hpp"

#include <cstdio>
#include <system_error>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::cli {

void add_page_options(Arguments& arguments, PageOptions& options, std::string const& file) {
  arguments.option("--format", values::one_of("FORM", {"text", "html"}), options.format,
                   "text, or html: the same as a page, " + file);
  arguments.option("--out", values::folder("DIR"), options.out, "Folder of the page; reports-out unless given");
}

std::optional<std::filesystem::path> page_folder(PageOptions const& options) {
  expects(options.format == "text" || options.format == "html",
          "there is no format '" + clipped(printable(options.format), 40) + "', choose text or html");
  bool const is_page = options.format == "html";
  expects(is_page || !options.out, "--out is the folder of a page, give --format html too");
  return is_page ? std::optional<std::filesystem::path>(options.out.value_or("reports-out")) : std::nullopt;
}

void write_page(std::filesystem::path const& page, std::string const& bytes) {
  std::error_code error;
  std::filesystem::create_directories(page.parent_path(), error);
  if (error)
    throw WriteError("'" + printable(page.parent_path().string()) + "' cannot be made (" + error.message() + ")");
  write_atomically(page, bytes);
  std::fputs(("Open " + printable(page.string()) + '\n').c_str(), stdout);
}

}  // namespace fisherlab::cli
