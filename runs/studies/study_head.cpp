#include "runs/studies/study_head.hpp"

#include <toml++/toml.h>

namespace fisherlab::runs {
namespace {

/// Lines and runs of spaces become single spaces.
std::string one_line(std::string_view text) {
  std::string line;
  for (char const c : text) {
    bool const blank = c == ' ' || c == '\n' || c == '\r' || c == '\t';
    if (!blank)
      line += c;
    else if (!line.empty() && line.back() != ' ')
      line += ' ';
  }
  while (line.ends_with(' ')) line.pop_back();
  return line;
}

std::string first_sentences(std::string text) {
  constexpr std::size_t most = 320;
  if (text.size() <= most) return text;
  auto const end = text.rfind(". ", most);
  return end == std::string::npos ? std::string() : text.substr(0, end + 1);
}

}  // namespace

StudyHead study_head(std::string_view toml) {
  try {
    auto const table = toml::parse(toml);
    StudyHead head{one_line(table["title"].value_or(std::string_view())),
                   first_sentences(one_line(table["description"].value_or(std::string_view())))};
    for (char const* const key : {"case", "influence"}) {
      if (auto const* const tables = table[key].as_array()) head.cases += tables->size();
      if (table[key].is_table()) ++head.cases;
    }
    return head;
  } catch (toml::parse_error const&) {
    return {};
  }
}

}  // namespace fisherlab::runs
