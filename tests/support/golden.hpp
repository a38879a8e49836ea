#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

namespace fisherlab::test {

inline std::string bytes_of(std::filesystem::path const& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// Expects `actual` to be the approved bytes of tests/data/golden/`name`. Otherwise it leaves them beside the test's
/// temporary files, for a person to compare and, if they are right, to copy over the approved file.
inline void expect_golden(std::string const& name, std::string const& actual) {
  std::filesystem::path const approved = std::filesystem::path(FISHERLAB_TEST_DATA_DIR) / "golden" / name;
  EXPECT_TRUE(std::filesystem::exists(approved)) << approved;
  if (bytes_of(approved) == actual) return;
  std::filesystem::path const received = std::filesystem::path(testing::TempDir()) / name;
  std::ofstream(received, std::ios::binary) << actual;
  ADD_FAILURE() << "the bytes differ; compare: diff " << approved << ' ' << received;
}

}  // namespace fisherlab::test
