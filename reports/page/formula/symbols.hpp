#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fisherlab::reports {

/// The MathML of a word that is a name of mathematics: a letter, a Greek letter, a function, a differential such as
/// "dphi". Nothing for a word of prose.
std::optional<std::string> symbol_mathml(std::string_view word);

/// The MathML of an index or exponent: a symbol, letters, or an upright word such as "test".
std::string index_mathml(std::string_view word);

/// The MathML of every letter by itself: "Ht" in t'Ht is a product.
std::string letters_mathml(std::string_view word);

/// The character of an operator: "→" of "->".
std::string operator_text(std::string_view mark);

}  // namespace fisherlab::reports
