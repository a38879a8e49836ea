#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fisherlab {

/// Text that a terminal shows as it stands, on one line: control and direction-changing characters become spaces, bytes
/// that are not UTF-8 become U+FFFD. So a name read from a file can neither break a line nor steer the terminal.
std::string printable(std::string_view text);

/// Terminal columns of printable UTF-8 text: 0 for combining marks, 2 for East Asian wide characters and emoji, else 1.
int display_width(std::string_view text);

/// `text` cut to at most `width` columns, the last one then "…".
std::string clipped(std::string_view text, int width);

/// `text` of at most `most` characters, its middle then "…": the beginning says what is wrong, the end what to do.
std::string shortened(std::string_view text, int most);

enum class Align { left, right };

/// `text` filled with spaces up to `width` columns; longer text stays whole.
std::string padded(std::string_view text, int width, Align align);

/// `text` broken at spaces into lines of at most `width` columns; a longer word is cut into pieces.
std::vector<std::string> wrapped(std::string_view text, int width);

}  // namespace fisherlab
