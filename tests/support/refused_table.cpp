#include "tests/support/refused_table.hpp"

#include <fstream>
#include <map>
#include <sstream>

#include "tests/support/program.hpp"

namespace fisherlab::test {
namespace {

namespace fs = std::filesystem;

/// \n, \r, \t, \\ and \xHH as the bytes that they stand for.
std::string unescaped(std::string const& text) {
  std::string bytes;
  for (std::size_t k = 0; k < text.size(); ++k) {
    if (text[k] != '\\' || k + 1 == text.size()) {
      bytes += text[k];
      continue;
    }
    char const c = text[++k];
    if (c == 'x') {
      bytes += static_cast<char>(std::stoi(text.substr(k + 1, 2), nullptr, 16));
      k += 2;
    } else {
      bytes += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c;
    }
  }
  return bytes;
}

/// Splits a line into words and makes its files.
class Splitter {
 public:
  Splitter(fs::path folder, fs::path made) : folder_(std::move(folder)), made_(std::move(made)) {}

  std::vector<std::string> words(std::string const& text) {
    std::vector<std::string> all;
    for (std::size_t at = 0; (at = text.find_first_not_of(' ', at)) != std::string::npos;) {
      std::size_t end = 0;
      if (text.compare(at, 2, "<<") == 0) {
        for (end = text.find(">>", at); text.compare(end, 3, ">>>") == 0;) ++end;
        all.push_back(file_of(text.substr(at + 2, end - at - 2), all));
        end += 2;
      } else if (text[at] == '\'') {
        end = text.find('\'', at + 1);
        all.push_back(text.substr(at + 1, end - at - 1));
        ++end;
      } else {
        end = std::min(text.find(' ', at), text.size());
        auto const word = text.substr(at, end - at);
        all.push_back(word[0] == '@' ? (made_ / word.substr(1)).string() : word);
      }
      at = end;
    }
    return all;
  }

 private:
  std::string file_of(std::string const& text, std::vector<std::string> const& before) {
    bool const is_data = !before.empty() && (before[0] == "diagnose" || before[0] == "influence");
    auto const name = "file" + std::to_string(count_++) + (is_data ? ".csv" : ".toml");
    return file_with(folder_, name, text == " " ? std::string() : unescaped(text));
  }

  fs::path folder_, made_;
  int count_ = 0;
};

std::string with_texts(std::string text, std::map<std::string, std::string> const& texts) {
  for (auto const& [name, replacement] : texts)
    for (std::size_t at = 0; (at = text.find('$' + name)) != std::string::npos;)
      text.replace(at, name.size() + 1, replacement);
  return text;
}

}  // namespace

std::vector<RefusedLine> refused_lines(fs::path const& file, fs::path const& folder, fs::path const& made) {
  std::map<std::string, std::string> texts = {{"LONG", std::string(100'000, 'x')}};
  Splitter splitter(folder, made);
  std::vector<RefusedLine> all;
  std::ifstream stream(file);
  int number = 0;
  for (std::string line; std::getline(stream, line);) {
    ++number;
    if (line.empty() || line[0] == '#') continue;
    auto const arrow = line.rfind(" => ");
    if (arrow == std::string::npos) {
      auto const sign = line.find(" = ");
      texts[line.substr(0, sign)] = line.substr(sign + 3);
      continue;
    }
    all.push_back({number, splitter.words(with_texts(line.substr(0, arrow), texts)), line.substr(arrow + 4)});
  }
  return all;
}

}  // namespace fisherlab::test
