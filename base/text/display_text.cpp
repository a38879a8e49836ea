#include "base/text/display_text.hpp"

#include <algorithm>
#include <cstddef>
#include <iterator>

namespace fisherlab {
namespace {

struct Character {
  char32_t code;
  std::size_t bytes;
  bool is_valid;
};

/// The first character of non-empty text. Surrogates, overlong forms and cut sequences are invalid and one byte long.
Character first_character(std::string_view text) {
  auto const byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  unsigned const lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  std::size_t const bytes = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  Character const invalid{0xFFFD, 1, false};
  if (lead < 0xC2 || lead > 0xF4 || text.size() < bytes) return invalid;
  char32_t code = lead & (0x7Fu >> bytes);
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(i) & 0xC0u) != 0x80u) return invalid;
    code = (code << 6) | (byte(i) & 0x3Fu);
  }
  constexpr char32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (code < smallest[bytes] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF)) return invalid;
  return {code, bytes, true};
}

struct Range {
  char32_t first, last;
};

template <std::size_t Size>
bool contains(Range const (&ranges)[Size], char32_t code) {
  return std::any_of(std::begin(ranges), std::end(ranges),
                     [=](Range const& r) { return r.first <= code && code <= r.last; });
}

// Blocks of the Unicode standard, in place of wcwidth(), whose answer depends on the locale.
constexpr Range unsafe[] = {{0, 0x1F}, {0x7F, 0x9F}, {0x2028, 0x202E}, {0x2066, 0x2069}};
constexpr Range combining[] = {{0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F},
                               {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x200B, 0x200F}, {0x20D0, 0x20FF},
                               {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF}};
constexpr Range wide[] = {{0x1100, 0x115F},   {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xAC00, 0xD7A3},
                          {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},   {0xFFE0, 0xFFE6},
                          {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD}};

int width_of(char32_t code) { return contains(combining, code) ? 0 : contains(wide, code) ? 2 : 1; }

/// Bytes of the longest beginning of `text` that fits in `width` columns.
std::size_t fitting_bytes(std::string_view text, int width) {
  std::size_t bytes = 0;
  for (int used = 0; bytes < text.size();) {
    Character const c = first_character(text.substr(bytes));
    used += width_of(c.code);
    if (used > width) break;
    bytes += c.bytes;
  }
  return bytes;
}

}  // namespace

std::string printable(std::string_view text) {
  std::string result;
  while (!text.empty()) {
    Character const c = first_character(text);
    if (!c.is_valid) {
      result += "\xEF\xBF\xBD";
    } else if (contains(unsafe, c.code)) {
      result += ' ';
    } else {
      result += text.substr(0, c.bytes);
    }
    text.remove_prefix(c.bytes);
  }
  return result;
}

int display_width(std::string_view text) {
  int width = 0;
  while (!text.empty()) {
    Character const c = first_character(text);
    width += width_of(c.code);
    text.remove_prefix(c.bytes);
  }
  return width;
}

std::string clipped(std::string_view text, int width) {
  if (display_width(text) <= width) return std::string(text);
  if (width < 1) return {};
  return std::string(text.substr(0, fitting_bytes(text, width - 1))) + "…";
}

std::string shortened(std::string_view text, int most) {
  std::vector<std::size_t> starts;
  for (std::size_t at = 0; at < text.size(); at += first_character(text.substr(at)).bytes) starts.push_back(at);
  auto const room = static_cast<std::size_t>(std::max(most, 3));
  if (starts.size() <= room) return std::string(text);
  std::size_t const behind = room / 3, before = room - 1 - behind;
  return std::string(text.substr(0, starts[before])) + "…" + std::string(text.substr(starts[starts.size() - behind]));
}

std::string padded(std::string_view text, int width, Align align) {
  std::string const fill(static_cast<std::size_t>(std::max(0, width - display_width(text))), ' ');
  return align == Align::left ? std::string(text) + fill : fill + std::string(text);
}

std::vector<std::string> wrapped(std::string_view text, int width) {
  width = std::max(width, 2);  // the widest character
  std::vector<std::string> lines;
  std::string line;
  auto const end_line = [&] {
    if (!line.empty()) lines.push_back(std::move(line));
    line.clear();
  };
  while (!text.empty()) {
    std::size_t const end = std::min(text.find(' '), text.size());
    std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (word.empty()) continue;
    if (!line.empty() && display_width(line) + 1 + display_width(word) > width) end_line();
    while (display_width(word) > width) {
      end_line();
      std::size_t const piece = fitting_bytes(word, width);
      lines.emplace_back(word.substr(0, piece));
      word.remove_prefix(piece);
    }
    if (!line.empty()) line += ' ';
    line += word;
  }
  end_line();
  return lines;
}

}  // namespace fisherlab
