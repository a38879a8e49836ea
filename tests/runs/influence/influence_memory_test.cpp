#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "runs/influence/collinear.hpp"
#include "runs/influence/influence_data.hpp"
#include "tests/support/program.hpp"
#include "tests/support/sanitized.hpp"

namespace fisherlab::runs {
namespace {

/// MB that the process has, "VmRSS", or had at most, "VmHWM".
double megabytes(std::string const& what) {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (word == what + ":") {
      double kilobytes = 0;
      status >> kilobytes;
      return kilobytes / 1024;
    }
  return 0;
}

constexpr int rows = 40'000, columns = 100;
constexpr double numbers = 8e-6 * rows * columns;  ///< MB

/// As the file of a regression: 4 million numbers in 30 MB.
std::string large_file() {
  std::string bytes;
  for (int j = 0; j < columns; ++j) bytes += "x" + std::to_string(j) + ',';
  bytes += "y\n";
  unsigned state = 1;
  for (int i = 0; i < rows; ++i) {
    for (int j = 0; j < columns; ++j) bytes += std::to_string((state = state * 1664525u + 1013904223u) >> 8) + ',';
    bytes += i % 3 == 0 ? "no\n" : "yes\n";
  }
  return test::csv_file(bytes);
}

/// How far the process grew above what it had while it read, in units of the numbers.
double growth(InfluenceSource const& source) {
  double const before = megabytes("VmRSS");
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak begins anew
  auto const data = read_influence_data(source);
  check_independent_columns(data);
  EXPECT_EQ(data.train.rows() + data.test.rows(), rows);
  EXPECT_EQ(data.train.dimension(), columns);
  return (megabytes("VmHWM") - before) / numbers;
}

TEST(InfluenceMemory, IsLittleMoreThanThatOfTheNumbers) {
  if (is_sanitized) GTEST_SKIP() << "a sanitizer keeps memory of its own";
  InfluenceSource source{.file = large_file()};
  EXPECT_LT(growth(source), 1.4);
  source.holdout = 0.2;
  EXPECT_LT(growth(source), 1.6);
  source.holdout.reset();
  source.formula = "y ~ .";
  EXPECT_LT(growth(source), 1.6);
}

}  // namespace
}  // namespace fisherlab::runs
