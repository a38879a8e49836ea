#pragma once

#include <span>
#include <string_view>

namespace fisherlab::reports {

/// A sentence of the notes that states something, or of the theory that stands next to them, and the claims that put it
/// to the test.
struct Sentence {
  std::string_view chapter;  ///< "6.1 Fisher information"
  std::string_view place;    ///< "(6.3)", or empty beside the notes
  std::string_view text;     ///< in words
  std::string_view claims;   ///< ids with spaces between them; empty where nothing shows it
};

/// All sentences, in the order of the notes; chapters stand together.
std::span<Sentence const> sentences();

}  // namespace fisherlab::reports
