#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace fisherlab::runs {

/// What a study says of itself, without its questions, which take seconds to make ready.
struct StudyHead {
  std::string title;      ///< one line; empty where it has none
  std::string about;      ///< what it tests: the sentences of its description that fit in 320 characters
  std::size_t cases = 0;  ///< tables [[case]] and [[influence]]
};

/// The head of a study in TOML. Empty where the text is no study: a page does without.
StudyHead study_head(std::string_view toml);

}  // namespace fisherlab::runs
