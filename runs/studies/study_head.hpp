#pragma once

#include <string>
#include <string_view>

namespace fisherlab::runs {

/// What a study says of itself, for the head of a page.
struct StudyHead {
  std::string title;  ///< one line; empty where it has none
  std::string about;  ///< what it tests: the sentences of its description that fit in 320 characters
};

/// The head of a study in TOML. Empty where the text is no study: a page does without.
StudyHead study_head(std::string_view toml);

}  // namespace fisherlab::runs
