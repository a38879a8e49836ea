#include "runs/data/line_stream.hpp"

#include <fstream>

namespace fisherlab::runs {
namespace {

constexpr std::size_t block_bytes = 1 << 20;

std::string_view without_return(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

bool for_each_line(std::string const& path, std::function<bool(std::string_view)> const& take,
                   std::function<void(double bytes)> const& progress) {
  double bytes = 0;
  std::ifstream file(path, std::ios::binary);
  std::string text;
  std::vector<char> block(block_bytes);
  while (file) {
    file.read(block.data(), static_cast<std::streamsize>(block.size()));
    text.append(block.data(), static_cast<std::size_t>(file.gcount()));
    bytes += static_cast<double>(file.gcount());
    if (progress) progress(bytes);
    std::size_t first = 0;
    for (auto end = text.find('\n'); end != std::string::npos; end = text.find('\n', first)) {
      if (!take(without_return(std::string_view(text).substr(first, end - first)))) return false;
      first = end + 1;
    }
    text.erase(0, first);
    if (text.size() > block_bytes) return false;
  }
  return text.empty() || take(without_return(text));
}

bool split_line(std::string_view line, char separator, std::vector<std::string_view>& cells) {
  cells.clear();
  if (line.find('\r') != std::string_view::npos || line.find('\0') != std::string_view::npos) return false;
  if (separator == '\0' && !line.starts_with('"')) {
    cells.push_back(line);
    return line.find('"') == std::string_view::npos;
  }
  for (std::size_t at = 0;;) {
    bool const is_quoted = at < line.size() && line[at] == '"';
    std::size_t const from = is_quoted ? at + 1 : at;
    std::size_t end = is_quoted ? line.find('"', from) : line.find(separator, from);
    if (end == std::string_view::npos) {
      if (is_quoted) return false;
      end = line.size();
    }
    auto const cell = line.substr(from, end - from);
    if (!is_quoted && cell.find('"') != std::string_view::npos) return false;
    cells.push_back(cell);
    at = is_quoted ? end + 1 : end;
    if (at == line.size()) return true;
    if (line[at] != separator) return false;  // text, or a second quote, behind a quoted cell
    ++at;
  }
}

}  // namespace fisherlab::runs
