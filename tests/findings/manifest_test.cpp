#include "findings/manifest.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <string>

#include "base/expects.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab {
namespace {

using test::counted_manifest;

TEST(Manifest, HasTheApprovedBytes) { test::expect_golden("manifest.json", manifest_json(counted_manifest())); }

TEST(Manifest, ReadsBackExactly) {
  auto const json = nlohmann::json::parse(manifest_json(counted_manifest()));
  EXPECT_EQ(json.at("seed").get<std::uint64_t>(), std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(json.at("family_error").get<double>(), 1e-6);
  EXPECT_EQ(json.at("study").get<std::string>(), counted_manifest().study);
  EXPECT_EQ(json.at("fingerprint").get<std::string>(), "0123456789abcdef");
  EXPECT_EQ(json.at("instruction_level").get<std::string>(), "x86-64-v4");
}

TEST(Manifest, StaysJsonWithOddValues) {
  Manifest manifest = counted_manifest();
  manifest.host = "\xFF\"\n";
  manifest.replicates_per_second = std::numeric_limits<double>::infinity();
  auto const json = nlohmann::json::parse(manifest_json(manifest));
  EXPECT_TRUE(json.at("replicates_per_second").is_null());
  EXPECT_EQ(json.at("host").get<std::string>(), "\xEF\xBF\xBD\"\n");
}

TEST(ManifestFromJson, GivesBackEveryMember) {
  auto const bytes = manifest_json(counted_manifest());
  Manifest const read = manifest_from_json(bytes, "m");
  EXPECT_EQ(manifest_json(read), bytes);
  EXPECT_EQ(read.seed, counted_manifest().seed);
  EXPECT_EQ(read.libraries, counted_manifest().libraries);
  EXPECT_TRUE(read.deadline_reached);
}

TEST(ManifestFromJson, ReadsNullAsNotANumber) {
  Manifest manifest = counted_manifest();
  manifest.wall_seconds = std::numeric_limits<double>::infinity();
  EXPECT_TRUE(std::isnan(manifest_from_json(manifest_json(manifest), "m").wall_seconds));
}

/// The message of the InputError for the sample with one piece replaced by another.
std::string complaint_about(std::string const& piece, std::string const& other) {
  auto bytes = manifest_json(counted_manifest());
  auto const at = bytes.find(piece);
  EXPECT_NE(at, std::string::npos) << piece;
  bytes.replace(at, piece.size(), other);
  try {
    manifest_from_json(bytes, "m.json");
  } catch (InputError const& error) {
    return error.what();
  }
  return "no error";
}

TEST(ManifestFromJson, NamesTheKeyThatIsMissingOrOfAnotherType) {
  EXPECT_EQ(complaint_about("\"looks\"", "\"peeks\""),
            "'m.json' has no 'looks' (it is not the manifest of a run), name another folder");
  auto const wrong = [](std::string const& key, std::string const& type) {
    return "'m.json': '" + key + "' is not " + type + " (the file is damaged), repeat the run";
  };
  EXPECT_EQ(complaint_about("\"looks\": 3", "\"looks\": 3000000000"), wrong("looks", "a whole number in range"));
  EXPECT_EQ(complaint_about("18446744073709551615", "-1"), wrong("seed", "a whole number in range"));
  EXPECT_EQ(complaint_about("\"night\"", "7"), wrong("host", "a text"));
  EXPECT_EQ(complaint_about("12.5", "\"x\""), wrong("wall_seconds", "a number"));
  EXPECT_EQ(complaint_about("\"deadline_reached\": true", "\"deadline_reached\": 1"),
            wrong("deadline_reached", "true or false"));
  EXPECT_EQ(complaint_about("\"2021.8\"", "2021"), wrong("libraries", "an object of texts"));
  EXPECT_EQ(complaint_about("\"findings.csv\": 5", "\"findings.csv\": true"),
            wrong("rows", "an object of whole numbers"));
}

TEST(ManifestFromJson, NamesTheLineWhereTheFileWasCut) {
  auto const bytes = manifest_json(counted_manifest());
  auto const cut = bytes.substr(0, bytes.find("\"threads\""));
  try {
    manifest_from_json(cut, "m.json");
    FAIL() << "no error";
  } catch (InputError const& error) {
    EXPECT_EQ(std::string(error.what()),
              "'m.json', line 7: is no JSON (the file is cut short or damaged), repeat the run");
  }
  EXPECT_THROW(manifest_from_json("[1]", "m"), InputError);
  EXPECT_THROW(manifest_from_json("", "m"), InputError);
}

}  // namespace
}  // namespace fisherlab
