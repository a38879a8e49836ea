#include "reports/nights/history.hpp"

#include <SQLiteCpp/Database.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cmath>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <limits>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "findings/csv/table_csv.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

namespace fs = std::filesystem;

/// A file of its own for the running test, not there yet.
fs::path fresh_file() { return test::fresh_folder() / "nights.db"; }

Manifest sample_manifest(std::uint64_t seed) {
  Manifest m;
  m.version = "0.1.0";
  m.status = RunStatus::deadline;
  m.command = "fisherlab verify \"smoke\" --history ';DROP TABLE run;--";
  m.seed = seed;
  m.family_error = 1e-6;
  m.threads = 2;
  m.instruction_level = "x86-64-v3";
  m.fingerprint = "0123456789abcdef";
  m.looks = 3;
  m.replicates = 5'000'000'000;
  m.wall_seconds = 12.25;
  m.replicates_per_second = std::numeric_limits<double>::infinity();
  m.deadline_reached = true;
  m.exit_code = 4;
  m.started_utc = "2024-03-01T02:00:00Z";
  m.host = "größe";
  return m;
}

std::string const smoke = "smoke";

void add(fs::path const& path, std::uint64_t seed, std::vector<Finding> const& findings) {
  add_to_history(path, {smoke, sample_manifest(seed), findings});
}

int version_of(fs::path const& path) {
  SQLite::Database database(path.string(), SQLite::OPEN_READONLY);
  return database.execAndGet("PRAGMA user_version").getInt();
}

void run_sql(fs::path const& path, std::string const& sql) {
  SQLite::Database database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
  database.exec(sql);
}

TEST(History, GivesBackEveryFieldOfARun) {
  auto const path = fresh_file();
  auto findings = test::sample_findings();
  findings[0].measurement.estimate = std::numeric_limits<double>::quiet_NaN();
  findings[0].measurement.lower = -std::numeric_limits<double>::infinity();
  findings[0].measurement.upper = std::numeric_limits<double>::infinity();
  findings[1].measurement.estimate = 0.1 + 0.2;
  findings[1].measurement.std_error = 5e-324;
  auto const seed = std::numeric_limits<std::uint64_t>::max();
  add(path, seed, findings);
  auto const runs = read_history(path);
  ASSERT_EQ(runs.size(), 1u);
  EXPECT_EQ(table_csv(runs[0].findings).bytes, table_csv(findings).bytes) << "byte by byte";
  EXPECT_EQ(runs[0].study, "smoke");
  auto const given = sample_manifest(seed);
  EXPECT_EQ(manifest_json(runs[0].manifest), manifest_json(given));
  EXPECT_EQ(runs[0].manifest.replicates_per_second, given.replicates_per_second) << "JSON has no infinity";
}

TEST(History, KeepsRunsInTheOrderInWhichTheyCame) {
  auto const path = fresh_file();
  for (std::uint64_t const seed : {5u, 3u, 9u}) add(path, seed, {});
  auto const runs = read_history(path);
  ASSERT_EQ(runs.size(), 3u);
  EXPECT_EQ(runs[0].manifest.seed, 5u);
  EXPECT_EQ(runs[1].manifest.seed, 3u);
  EXPECT_EQ(runs[2].manifest.seed, 9u);
}

TEST(History, LosesNothingWhenFourWritersComeAtOnce) {
  auto const path = fresh_file();
  constexpr int writers = 4, each = 10;
  {
    std::vector<std::jthread> threads;
    for (int w = 0; w < writers; ++w)
      threads.emplace_back([&path, w] {
        for (int k = 0; k < each; ++k) add(path, static_cast<std::uint64_t>(w * each + k), test::sample_findings());
      });
  }
  auto const runs = read_history(path);
  std::set<std::uint64_t> seeds;
  for (auto const& run : runs) {
    seeds.insert(run.manifest.seed);
    EXPECT_EQ(run.findings.size(), test::sample_findings().size());
  }
  EXPECT_EQ(runs.size(), static_cast<std::size_t>(writers * each));
  EXPECT_EQ(seeds.size(), static_cast<std::size_t>(writers * each)) << "the file is made by whoever comes first";
}

TEST(History, ReadsAFileOfVersionOneAsItIsAndBringsItUpToDateWithTheNextRun) {
  auto const path = fresh_file();
  run_sql(path, test::bytes_of(fs::path(FISHERLAB_TEST_DATA_DIR) / "history_v1.sql"));
  ASSERT_EQ(version_of(path), 1);
  auto const before = read_history(path);
  ASSERT_EQ(before.size(), 2u);
  EXPECT_EQ(before[1].manifest.seed, 18446744073709551615u);
  ASSERT_EQ(before[1].findings.size(), 1u);
  EXPECT_EQ(before[1].findings[0].measurement.estimate, 0.25);
  EXPECT_TRUE(std::isnan(before[0].findings[0].measurement.estimate));
  EXPECT_EQ(version_of(path), 1) << "a reader changes nothing";

  add(path, 3, test::sample_findings());
  EXPECT_EQ(version_of(path), history_schema_version);
  auto const after = read_history(path);
  ASSERT_EQ(after.size(), 3u);
  for (std::size_t k = 0; k < 2; ++k) {
    EXPECT_EQ(table_csv(after[k].findings).bytes, table_csv(before[k].findings).bytes);
    EXPECT_EQ(manifest_json(after[k].manifest), manifest_json(before[k].manifest));
  }
  SQLite::Database database(path.string(), SQLite::OPEN_READONLY);
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM trend").getInt(), 7) << "the view of version 2";
  EXPECT_EQ(database.execAndGet("SELECT count(*) FROM run WHERE kind IS NULL AND status IS NULL").getInt(), 2);
  EXPECT_EQ(database.execAndGet("SELECT status FROM run WHERE kind = 'verify'").getString(), "deadline");
  EXPECT_EQ(after[0].manifest.status, RunStatus::complete);
}

TEST(History, MakesTheSameTablesFromNothingAsFromVersionOne) {
  auto const fresh = fresh_file();
  auto const old = fresh.parent_path() / "old.db";
  run_sql(old, test::bytes_of(fs::path(FISHERLAB_TEST_DATA_DIR) / "history_v1.sql"));
  std::vector<std::string> schemas;
  for (auto const& path : {fresh, old}) {
    add(path, 1, {});
    SQLite::Database database(path.string(), SQLite::OPEN_READONLY);
    schemas.push_back(
        database.execAndGet("SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master ORDER BY name)")
            .getString());
  }
  EXPECT_EQ(schemas[0], schemas[1]);
  EXPECT_GT(schemas[0].size(), 500u);
}

/// The file is refused for reading and for writing, and stays as it was.
void expect_refused(fs::path const& path, std::string const& said) {
  auto const bytes = test::bytes_of(path);
  auto const refused = [&](auto const& use) {
    try {
      use();
      ADD_FAILURE() << path << " was taken";
    } catch (InputError const& error) {
      EXPECT_NE(std::string(error.what()).find(said), std::string::npos) << error.what();
      EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos) << error.what();
    }
  };
  refused([&] { read_history(path); });
  refused([&] { check_history(path); });
  refused([&] { add(path, 1, {}); });
  EXPECT_EQ(test::bytes_of(path), bytes);
}

TEST(History, RefusesAFileThatIsNone) {
  auto const path = fresh_file();
  std::ofstream(path) << "claim,statement\nscore-mean,6.3\n" << std::string(200, 'x');
  expect_refused(path, "cannot be read as a history");
  EXPECT_THROW(read_history(path.parent_path()), InputError);
  EXPECT_THROW(check_history(path.parent_path()), InputError);
}

TEST(History, RefusesADatabaseOfAnotherProgram) {
  auto const path = fresh_file();
  run_sql(path, "CREATE TABLE run (id INTEGER); PRAGMA user_version = 1;");
  expect_refused(path, "database of another program");
}

TEST(History, RefusesAFileOfANewerVersion) {
  auto const path = fresh_file();
  add(path, 1, {});
  run_sql(path, "PRAGMA user_version = 99;");
  expect_refused(path, "is of version 99");
}

TEST(History, RefusesAFileThatIsCutShort) {
  auto const path = fresh_file();
  for (std::uint64_t seed = 0; seed < 40; ++seed) add(path, seed, test::sample_findings());
  fs::resize_file(path, fs::file_size(path) / 2);
  EXPECT_THROW(read_history(path), InputError);
  EXPECT_ANY_THROW(add(path, 41, test::sample_findings()));
}

/// A child that is killed in the middle of its commit: pages of the file are changed, the journal is not gone.
void die_in_a_commit(fs::path const& path) {
  pid_t const child = ::fork();
  if (child == 0) {
    SQLite::Database database(path.string(), SQLite::OPEN_READWRITE);
    database.exec("PRAGMA cache_size = 1; BEGIN IMMEDIATE");
    for (int k = 0; k < 500; ++k) database.exec("UPDATE finding SET parameters = parameters || hex(randomblob(40))");
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
}

TEST(History, IsPutRightAfterANightThatWasKilledInItsCommit) {
  auto const path = fresh_file();
  auto const journal = path.string() + "-journal";
  for (std::uint64_t seed = 0; seed < 20; ++seed) add(path, seed, test::sample_findings());
  auto const whole = read_history(path);
  for (int const use : {0, 1, 2}) {
    die_in_a_commit(path);
    ASSERT_TRUE(fs::exists(journal) && fs::file_size(journal) > 512) << "no hot journal was left";
    if (use == 0) {
      EXPECT_NO_THROW(check_history(path));
    }
    if (use == 1) {
      EXPECT_EQ(read_history(path).size(), 20u);
    }
    if (use == 2) add(path, 20, test::sample_findings());
    EXPECT_FALSE(fs::exists(journal));
    auto const read = read_history(path);
    ASSERT_EQ(read.size(), use == 2 ? 21u : 20u);
    for (std::size_t k = 0; k < whole.size(); ++k)
      EXPECT_EQ(table_csv(read[k].findings).bytes, table_csv(whole[k].findings).bytes);
  }
}

TEST(History, IsNoPipe) {
  auto const path = fresh_file();
  ASSERT_EQ(::mkfifo(path.c_str(), 0600), 0);
  for (auto const& use : std::vector<std::function<void()>>{[&] { check_history(path); }, [&] { read_history(path); },
                                                            [&] { add(path, 1, {}); }}) {
    try {
      use();
      ADD_FAILURE() << "was taken";
    } catch (InputError const& error) {
      EXPECT_NE(std::string(error.what()).find("is no file"), std::string::npos) << error.what();
    }
  }
}

TEST(History, ThatIsLockedIsFoundBeforeTheNight) {
  auto const path = fresh_file();
  add(path, 1, test::sample_findings());
  SQLite::Database holder(path.string(), SQLite::OPEN_READWRITE);
  holder.exec("BEGIN EXCLUSIVE");
  auto const start = std::chrono::steady_clock::now();
  try {
    check_history(path);
    ADD_FAILURE() << "no error";
  } catch (InputError const& error) {
    EXPECT_EQ(std::string(error.what()),
              "the history '" + path.string() + "' is locked by another program, wait until that is done");
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(20));
}

TEST(History, RefusesAWordThatItDoesNotKnow) {
  auto const path = fresh_file();
  add(path, 1, test::sample_findings());
  run_sql(path, "UPDATE finding SET verdict = 'maybe' WHERE place = 2");
  EXPECT_THROW(read_history(path), InputError);
}

TEST(History, MayBeNewOrEmptyButNeedsItsFolder) {
  auto const path = fresh_file();
  EXPECT_THROW(read_history(path), InputError);
  EXPECT_NO_THROW(check_history(path));
  EXPECT_FALSE(fs::exists(path)) << "a check writes nothing";
  EXPECT_THROW(check_history(path.parent_path() / "missing" / "nights.db"), InputError);
  EXPECT_THROW(check_history(""), InputError);
  std::ofstream(path).close();
  EXPECT_TRUE(read_history(path).empty());
  add(path, 1, {});
  EXPECT_EQ(read_history(path).size(), 1u);
}

}  // namespace
}  // namespace fisherlab::reports
