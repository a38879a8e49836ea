#include "base/files/atomic_write.hpp"

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <cstddef>
#include <filesystem>
#include <iterator>
#include <string>

#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"

namespace fisherlab {
namespace {

namespace fs = std::filesystem;

/// An empty folder for each test.
class AtomicWrite : public testing::Test {
 protected:
  std::ptrdiff_t files() const { return std::distance(fs::directory_iterator(folder_), fs::directory_iterator()); }

  fs::path folder_ = test::fresh_folder();
};

/// While it lives, this process can write no file longer than `bytes`: a stand-in for a full disk.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    getrlimit(RLIMIT_FSIZE, &before_);
    rlimit const limit{bytes, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() {
    setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  rlimit before_{};
  void (*handler_)(int);
};

TEST_F(AtomicWrite, WritesAndReplacesTheWholeFile) {
  fs::path const path = folder_ / "findings.csv";
  std::string const bytes = std::string("a\0b\r\n", 5) + std::string(1'000'000, 'x');
  write_atomically(path, bytes);
  EXPECT_EQ(test::bytes_of(path), bytes);
  write_atomically(path, "short\n");
  EXPECT_EQ(test::bytes_of(path), "short\n");
  EXPECT_EQ(files(), 1);
}

TEST_F(AtomicWrite, LeavesTheOldFileAndNoHalfOneWhenTheDiskIsFull) {
  fs::path const path = folder_ / "findings.csv";
  write_atomically(path, "old\n");
  {
    FileSizeLimit const full(4096);
    EXPECT_THROW(write_atomically(path, std::string(100'000, 'x')), WriteError);
    EXPECT_THROW(write_atomically(folder_ / "new.csv", std::string(100'000, 'x')), WriteError);
  }
  EXPECT_EQ(test::bytes_of(path), "old\n");
  EXPECT_EQ(files(), 1);
}

TEST_F(AtomicWrite, SaysWhyItCannotWrite) {
  write_atomically(folder_ / "file", "");
  try {
    write_atomically(folder_ / "missing" / "findings.csv", "x");
    FAIL() << "a missing folder was accepted";
  } catch (WriteError const& error) {
    std::string const message = error.what();
    EXPECT_NE(message.find("findings.csv' (No such file or directory), "), std::string::npos) << message;
  }
  EXPECT_THROW(write_atomically(folder_ / "file" / "findings.csv", "x"), WriteError);
  fs::create_directory(folder_ / "directory");
  EXPECT_THROW(write_atomically(folder_ / "directory", "x"), WriteError);
  EXPECT_THROW(write_atomically(folder_ / "", "x"), WriteError);
  EXPECT_EQ(files(), 2);
}

}  // namespace
}  // namespace fisherlab
