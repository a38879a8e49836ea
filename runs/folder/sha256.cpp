#include "runs/folder/sha256.hpp"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <array>
#include <fstream>
#include <memory>
#include <new>
#include <span>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"

namespace fisherlab::runs {
namespace {

/// A hash that is fed in pieces.
class Digest {
 public:
  Digest() : context_(::EVP_MD_CTX_new(), &::EVP_MD_CTX_free) {
    if (!context_ || ::EVP_DigestInit_ex(context_.get(), ::EVP_sha256(), nullptr) != 1) throw std::bad_alloc();
  }
  void add(std::string_view bytes) {
    if (::EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()) != 1) throw std::bad_alloc();
  }
  std::string text() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> hash{};
    unsigned size = 0;
    if (::EVP_DigestFinal_ex(context_.get(), hash.data(), &size) != 1) throw std::bad_alloc();
    std::string digits;
    for (unsigned const byte : std::span(hash).first(size)) digits += fmt::format("{:02x}", byte);
    return digits;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

}  // namespace

std::string sha256(std::string_view bytes) {
  Digest digest;
  digest.add(bytes);
  return digest.text();
}

std::string sha256_of(std::filesystem::path const& file) {
  std::ifstream stream(file, std::ios::binary);
  Digest digest;
  std::array<char, 1 << 16> piece{};
  while (stream.read(piece.data(), piece.size()), stream.gcount() > 0)
    digest.add({piece.data(), static_cast<std::size_t>(stream.gcount())});
  expects(stream.eof() && !stream.bad(),
          fmt::format("'{}' cannot be read, check its permissions", printable(file.string())));
  return digest.text();
}

}  // namespace fisherlab::runs
