#include "findings/manifest.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

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
  EXPECT_EQ(complaint_about("\"verify\"", "\"verity\""), wrong("kind", "a known word"));
  EXPECT_EQ(complaint_about("\"deadline\"", "7"), wrong("status", "a known word"));
  EXPECT_EQ(complaint_about("\"night\"", "7"), wrong("host", "a text"));
  EXPECT_EQ(complaint_about("12.5", "\"x\""), wrong("wall_seconds", "a number"));
  EXPECT_EQ(complaint_about("\"deadline_reached\": true", "\"deadline_reached\": 1"),
            wrong("deadline_reached", "true or false"));
  EXPECT_EQ(complaint_about("\"2021.8\"", "2021"), wrong("libraries", "an object of texts"));
  EXPECT_EQ(complaint_about("\"findings.csv\": 5", "\"findings.csv\": true"),
            wrong("rows", "an object of whole numbers"));
}

/// The sample as a version wrote it that knew no kinds, with the rows of these files.
std::string without_kind(std::map<std::string, std::int64_t> rows) {
  auto manifest = counted_manifest();
  manifest.rows = std::move(rows);
  auto json = nlohmann::ordered_json::parse(manifest_json(manifest));
  json.erase("kind");
  json.erase("status");
  return json.dump();
}

TEST(ManifestFromJson, TellsTheKindOfAnOlderRunByTheFilesItCounts) {
  auto const kind = [](std::map<std::string, std::int64_t> rows) {
    return manifest_from_json(without_kind(std::move(rows)), "m").kind;
  };
  EXPECT_EQ(kind({{"findings.csv", 5}, {"performance.csv", 2}, {"influence.csv", 9}}), RunKind::verify);
  EXPECT_EQ(kind({{"performance.csv", 2}}), RunKind::simulate);
  EXPECT_EQ(kind({{"fit.csv", 2}, {"performance.csv", 2}}), RunKind::diagnose);
  EXPECT_EQ(kind({{"calibration.csv", 3}}), RunKind::calibrate);
  EXPECT_EQ(kind({{"influence.csv", 4}, {"leave_one_out.csv", 4}}), RunKind::influence);
}

TEST(ManifestFromJson, RefusesAnOlderRunThatCountsNoFile) {
  auto json = nlohmann::json::parse(without_kind({}));
  for (int k = 0; k < 2; ++k, json.erase("rows")) try {
      manifest_from_json(json.dump(), "m.json");
      ADD_FAILURE() << "no error";
    } catch (InputError const& error) {
      EXPECT_EQ(std::string(error.what()),
                "'m.json' does not say what kind of run it is of (an older version wrote it), repeat the run");
    }
}

TEST(ManifestFromJson, TellsTheEndOfAnOlderRunByItsDeadlineAndExitCode) {
  auto json = nlohmann::json::parse(without_kind({{"findings.csv", 5}}));
  auto const status = [&json] { return manifest_from_json(json.dump(), "m").status; };
  EXPECT_EQ(status(), RunStatus::deadline);
  json["deadline_reached"] = false;
  EXPECT_EQ(status(), RunStatus::complete);
  json["exit_code"] = 3;
  EXPECT_EQ(status(), RunStatus::interrupted);
}

TEST(ManifestFromJson, RefusesDeepNestingWithoutBuildingIt) {
  std::string const deep(100'000, '['), closed(100'000, ']');
  for (auto const& bytes : {deep, deep + closed, "{\"rows\": {\"a\": " + deep + closed + "}}"})
    EXPECT_THROW(manifest_from_json(bytes, "m"), InputError);
}

TEST(ManifestFromJson, NamesTheLineWhereTheFileWasCut) {
  auto const bytes = manifest_json(counted_manifest());
  auto const cut = bytes.substr(0, bytes.find("\"threads\""));
  try {
    manifest_from_json(cut, "m.json");
    FAIL() << "no error";
  } catch (InputError const& error) {
    EXPECT_EQ(std::string(error.what()),
              "'m.json', line 10: is no JSON (the file is cut short or damaged), repeat the run");
  }
  EXPECT_THROW(manifest_from_json("[1]", "m"), InputError);
  EXPECT_THROW(manifest_from_json("", "m"), InputError);
}

}  // namespace
}  // namespace fisherlab
