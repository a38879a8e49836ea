#include "cli/run/data_options.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <system_error>
#include <utility>

#include "base/text/display_text.hpp"

namespace fisherlab::cli {

void add_data_options(Arguments& arguments, runs::ReadingWords& words) {
  arguments.option("--sep", values::plain("MARK"), words.separator,
                   "What separates cells: , ; | or tab; recognised unless set");
  arguments.option("--decimal", values::plain("MARK"), words.decimal, "Decimal mark: . or , recognised unless set");
  arguments.option("--header", values::one_of("ANSWER", {"yes", "no"}), words.header,
                   "Whether the first line names the columns; recognised, or asked for, unless set");
  arguments.option("--missing", values::one_of("TREATMENT", {"refuse", "skip"}), words.missing,
                   "Rows that miss a value: refuse or skip; refused unless set");
}

runs::Reading with_bar(runs::Reading reading, std::string const& file, ProgressBar& bar) {
  std::error_code error;
  auto const bytes = std::filesystem::file_size(file, error);
  double const megabytes = error ? 0 : static_cast<double>(bytes) / 1e6;
  reading.progress = [name = "reading " + file, megabytes, &bar](double share) {
    bar.show({name, 0, share, std::llround(share * megabytes), "MB"});
  };
  return reading;
}

std::string notes_text(std::vector<std::string> const& notes, int width) {
  std::string text;
  for (auto const& note : notes)
    for (auto const& line : wrapped(note, std::min(width, 100))) text += line + '\n';
  return text;
}

std::string bullet_text(std::string const& sentence, int width) {
  std::string text, lead = "- ";
  for (auto const& line : wrapped(sentence, std::min(width, 100) - 2)) {
    text += lead + line + '\n';
    lead = "  ";
  }
  return text;
}

}  // namespace fisherlab::cli
