#include "base/files/data_bytes.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iostream>
#include <iterator>
#include <limits>

#include "base/expects.hpp"
#include "base/files/csv_reader.hpp"

namespace fisherlab {
namespace {

constexpr std::string_view gzip_mark = "\x1F\x8B";

/// One inflation; ends it with the scope.
class Inflation {
 public:
  Inflation() { is_begun_ = inflateInit2(&stream, 16 + MAX_WBITS) == Z_OK; }
  Inflation(Inflation const&) = delete;
  Inflation& operator=(Inflation const&) = delete;
  ~Inflation() { inflateEnd(&stream); }
  bool is_begun() const { return is_begun_; }

  z_stream stream = {};

 private:
  bool is_begun_ = false;
};

}  // namespace

std::string gunzipped(std::string_view bytes, std::string_view name) {
  auto const damaged =
      "'" + std::string(name) + "' is no whole gzip file (it is damaged or cut short), compress it again";
  Inflation inflation;
  expects(inflation.is_begun(), damaged);
  z_stream& stream = inflation.stream;
  std::string result;
  std::array<char, 1 << 16> buffer;
  while (true) {
    if (stream.avail_in == 0) {
      auto const piece = bytes.substr(0, std::numeric_limits<uInt>::max() / 2);
      stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(piece.data()));  // zlib reads alone
      stream.avail_in = static_cast<uInt>(piece.size());
      bytes.remove_prefix(piece.size());
    }
    stream.next_out = reinterpret_cast<Bytef*>(buffer.data());
    stream.avail_out = static_cast<uInt>(buffer.size());
    int const status = inflate(&stream, Z_NO_FLUSH);
    expects(status == Z_OK || status == Z_STREAM_END, damaged);
    result.append(buffer.data(), buffer.size() - stream.avail_out);
    if (status != Z_STREAM_END) continue;
    if (stream.avail_in == 0 && bytes.empty()) return result;
    expects(inflateReset(&stream) == Z_OK, damaged);
  }
}

std::string read_data_bytes(std::string const& path) {
  std::string bytes = path == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : read_bytes(path);
  return bytes.starts_with(gzip_mark) ? gunzipped(bytes, data_name(path)) : bytes;
}

std::string data_name(std::string const& path) { return path == "-" ? "standard input" : path; }

}  // namespace fisherlab
