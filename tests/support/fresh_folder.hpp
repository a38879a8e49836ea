#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <string>
#include <system_error>
#include <vector>

namespace fisherlab::test {

/// An empty folder for the running test, told apart from those of tests beside it, and gone when the process ends.
inline std::filesystem::path fresh_folder() {
  struct Sweeper {
    pid_t owner = ::getpid();  // a fork that ends must leave its parent's folders alone
    std::vector<std::filesystem::path> folders = {};
    ~Sweeper() {
      std::error_code ignored;
      if (::getpid() == owner)
        for (auto const& folder : folders) std::filesystem::remove_all(folder, ignored);
    }
  };
  static Sweeper sweeper;
  auto const* const info = testing::UnitTest::GetInstance()->current_test_info();
  auto folder = std::filesystem::path(testing::TempDir()) /
                (std::string(info->test_suite_name()) + "." + info->name() + "." + std::to_string(::getpid()));
  std::filesystem::remove_all(folder);
  std::filesystem::create_directories(folder);
  sweeper.folders.push_back(folder);
  return folder;
}

}  // namespace fisherlab::test
