#include "runs/data/word_list.hpp"

namespace fisherlab::runs {

bool WordList::add(std::string_view word) {
  auto at = places_.find(word);
  bool const is_new = at == places_.end();
  if (is_new) {
    at = places_.emplace(word, static_cast<std::uint32_t>(found_.words.size())).first;
    found_.words.emplace_back(word);
  }
  found_.of_row.push_back(at->second);
  return is_new;
}

}  // namespace fisherlab::runs
