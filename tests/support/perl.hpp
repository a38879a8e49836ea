#pragma once

#include <cstdlib>
#include <string>

namespace fisherlab::test {

/// The command of a program that fits the exponential law, right or wrong in some way (tests/data/external/fits.pl).
inline std::string perl_fits(std::string const& way) {
  return "exec perl " FISHERLAB_TEST_DATA_DIR "/external/fits.pl " + way;
}

inline bool has_perl() { return std::system("command -v perl > /dev/null") == 0; }

}  // namespace fisherlab::test

#define SKIP_WITHOUT_PERL() \
  if (!fisherlab::test::has_perl()) GTEST_SKIP() << "perl is not installed"
