#pragma once

#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include "base/expects.hpp"

namespace fisherlab::fuzz {

inline std::string_view text_of(std::uint8_t const* data, std::size_t size) {
  return {reinterpret_cast<char const*>(data), size};
}

/// A folder of this process for files, made once.
inline std::filesystem::path const& folder() {
  static auto const path = [] {
    auto made = std::filesystem::temp_directory_path() / ("fisherlab-fuzz-" + std::to_string(::getpid()));
    std::filesystem::create_directories(made);
    return made;
  }();
  return path;
}

inline std::string file_with(std::string const& name, std::string_view bytes) {
  auto const path = folder() / name;
  std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  return path.string();
}

/// Calls `read`, which may refuse its input by an InputError with a sentence in it and by nothing else.
template <class Read>
int expect_read_or_refused(Read const& read) {
  try {
    read();
  } catch (InputError const& error) {
    if (std::strlen(error.what()) < 10) std::abort();
  }
  return 0;
}

}  // namespace fisherlab::fuzz

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size);
