#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace fisherlab::runs {

/// SHA-256 of some bytes, as 64 hexadecimal digits.
/// Source: FIPS 180-4 (2015), Secure Hash Standard; computed by OpenSSL's libcrypto.
std::string sha256(std::string_view bytes);

/// That of a file, read piece by piece. @throws InputError when it cannot be read.
std::string sha256_of(std::filesystem::path const& file);

}  // namespace fisherlab::runs
