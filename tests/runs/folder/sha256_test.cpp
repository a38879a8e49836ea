#include "runs/folder/sha256.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "base/expects.hpp"
#include "tests/support/fresh_folder.hpp"

namespace fisherlab::runs {
namespace {

/// Source of the values: NIST, FIPS 180-4 examples (SHA256.pdf), messages of one block, of two, and a million "a".
TEST(Sha256, IsThatOfTheStandard) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, OfAFileIsThatOfItsBytes) {
  auto const folder = test::fresh_folder();
  for (std::size_t const size : {0u, 1u, 65'535u, 65'536u, 65'537u, 1'000'000u}) {
    std::string const bytes(size, 'a');
    std::ofstream(folder / "file", std::ios::binary) << bytes;
    EXPECT_EQ(sha256_of(folder / "file"), sha256(bytes)) << size;
  }
  EXPECT_THROW(sha256_of(folder / "none"), InputError);
}

}  // namespace
}  // namespace fisherlab::runs
