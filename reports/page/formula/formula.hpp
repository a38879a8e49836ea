#pragma once

#include <string>
#include <string_view>

namespace fisherlab::reports {

/// A formula as cards write it, for a page: MathML where it is mathematics, plain words between. Both are escaped; each
/// piece of MathML has what it was written as for its text alternative.
///
/// What cards write: Greek letters by name, `x_i` and `x^2` (an index or exponent is a word, a number, a fraction of
/// numbers, all with a minus before it, or what stands in brackets or braces), `theta_hat`, `f'`, `sqrt(x)` or `sqrt
/// x`, `<w, v>`, `Var*`,
/// `->`, `>=`, `...`. Two words or more in a row, or one that is no name, are prose. So "I^-1/2" is the root of an
/// inverse, "I^-1/n" an inverse over n. Every text gives something: what is not understood stays as it is written.
std::string formula_html(std::string_view formula);

}  // namespace fisherlab::reports
