#pragma once

#include <string>

namespace fisherlab::claims {

/// The shortest decimal text that reads back as the same double (std::to_chars).
std::string number_text(double x);

}  // namespace fisherlab::claims
