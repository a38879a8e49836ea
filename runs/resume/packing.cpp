#include "runs/resume/packing.hpp"

#include <cstring>
#include <limits>

#include "base/expects.hpp"

namespace fisherlab::runs {

/// Seven bits a byte, the lowest first; the sign is folded in, so that small numbers of either sign are short.
void Packer::put(std::int64_t value) {
  auto rest = (static_cast<std::uint64_t>(value) << 1) ^ (value < 0 ? ~std::uint64_t{0} : 0);
  for (; rest >= 0x80; rest >>= 7) bytes_ += static_cast<char>(0x80 | (rest & 0x7F));
  bytes_ += static_cast<char>(rest);
}

void Packer::put(double value) {
  char raw[sizeof value];
  std::memcpy(raw, &value, sizeof value);
  bytes_.append(raw, sizeof value);
}

void Packer::put(std::string_view text) {
  put(static_cast<std::int64_t>(text.size()));
  bytes_ += text;
}

void Unpacker::expect(bool holds) {
  expects(holds,
          "the saved state is not of this run (another program or version saved it), start anew without --resume");
}

void Unpacker::take(std::int64_t& value) {
  std::uint64_t folded = 0;
  for (int shift = 0;; shift += 7) {
    expect(!rest_.empty() && shift < 64);
    auto const byte = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    folded |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if (byte < 0x80) break;
  }
  value = static_cast<std::int64_t>(folded >> 1) ^ -static_cast<std::int64_t>(folded & 1);
}

void Unpacker::take(double& value) {
  expect(rest_.size() >= sizeof value);
  std::memcpy(&value, rest_.data(), sizeof value);
  rest_.remove_prefix(sizeof value);
}

void Unpacker::take(bool& value) {
  auto const number = get<std::int64_t>();
  expect(number == 0 || number == 1);
  value = number == 1;
}

void Unpacker::take(int& value) {
  auto const number = get<std::int64_t>();
  expect(number >= std::numeric_limits<int>::min() && number <= std::numeric_limits<int>::max());
  value = static_cast<int>(number);
}

void Unpacker::take(std::uint64_t& value) { value = std::bit_cast<std::uint64_t>(get<std::int64_t>()); }

void Unpacker::take(std::string& text) {
  auto const size = take_size();
  text.assign(rest_.substr(0, size));
  rest_.remove_prefix(size);
}

/// Each entry takes a byte at least, so that no torn size asks for more memory than the bytes themselves.
std::size_t Unpacker::take_size() {
  auto const size = get<std::int64_t>();
  expect(size >= 0 && static_cast<std::uint64_t>(size) <= rest_.size());
  return static_cast<std::size_t>(size);
}

}  // namespace fisherlab::runs
