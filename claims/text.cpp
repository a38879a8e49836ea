#include "claims/text.hpp"

#include <array>
#include <charconv>

namespace fisherlab::claims {

std::string number_text(double x) {
  std::array<char, 32> buffer;
  return {buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), x).ptr};
}

}  // namespace fisherlab::claims
