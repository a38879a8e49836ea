#include "base/files/csv.hpp"

namespace fisherlab {
namespace {

/// Whether a spreadsheet would compute the text, or an apostrophe at its beginning be one that was put there.
bool is_guarded(std::string_view text) {
  auto const first = text.find_first_not_of('\'');
  return first != std::string_view::npos && std::string_view("=+-@\t\r").find(text[first]) != std::string_view::npos;
}

}  // namespace

std::string spreadsheet_text(std::string_view text) {
  return is_guarded(text) ? "'" + std::string(text) : std::string(text);
}

std::string_view without_guard(std::string_view text) {
  return text.starts_with('\'') && is_guarded(text) ? text.substr(1) : text;
}

std::string csv_cell(std::string_view plain) {
  std::string text = spreadsheet_text(plain);
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return text;
  std::string cell = "\"";
  for (char const c : text) {
    if (c == '"') cell += '"';
    cell += c;
  }
  return cell += '"';
}

}  // namespace fisherlab
