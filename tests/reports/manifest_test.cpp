#include "reports/manifest.hpp"

#include <gtest/gtest.h>

#include <limits>
#include <nlohmann/json.hpp>

#include "tests/support/golden.hpp"

namespace fisherlab::reports {
namespace {

Manifest sample_manifest() {
  return {.version = "0.1.0",
          .command = "fisherlab verify smoke --seed 7",
          .study = "name = \"smoke\"\n[[claim]]\nid = \"score-mean\"\n",
          .seed = std::numeric_limits<std::uint64_t>::max(),
          .family_error = 1e-6,
          .threads = 2,
          .compiler = "g++ 12.2.0",
          .libraries = {{"oneTBB", "2021.8"}, {"Boost", "1.74"}},
          .instruction_level = "x86-64-v4",
          .fingerprint = "0123456789abcdef",
          .looks = 3,
          .replicates = 12'345'678'901,
          .wall_seconds = 12.5,
          .replicates_per_second = 987654312.08,
          .deadline_reached = true,
          .exit_code = 4,
          .started_utc = "2024-03-01T02:00:00Z",
          .host = "night"};
}

TEST(Manifest, HasTheApprovedBytes) { test::expect_golden("manifest.json", manifest_json(sample_manifest())); }

TEST(Manifest, ReadsBackExactly) {
  auto const json = nlohmann::json::parse(manifest_json(sample_manifest()));
  EXPECT_EQ(json.at("seed").get<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(json.at("family_error").get<double>(), 1e-6);
  EXPECT_EQ(json.at("study").get<std::string>(), sample_manifest().study);
  EXPECT_EQ(json.at("fingerprint").get<std::string>(), "0123456789abcdef");
  EXPECT_EQ(json.at("instruction_level").get<std::string>(), "x86-64-v4");
}

TEST(Manifest, StaysJsonWithOddValues) {
  Manifest manifest = sample_manifest();
  manifest.host = "\xFF\"\n";
  manifest.replicates_per_second = std::numeric_limits<double>::infinity();
  auto const json = nlohmann::json::parse(manifest_json(manifest));
  EXPECT_TRUE(json.at("replicates_per_second").is_null());
  EXPECT_EQ(json.at("host").get<std::string>(), "\xEF\xBF\xBD\"\n");
}

}  // namespace
}  // namespace fisherlab::reports
