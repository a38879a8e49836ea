#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>
#include <string>

#include "base/expects.hpp"
#include "base/files/atomic_write.hpp"
#include "runs/folder/folder_lock.hpp"
#include "runs/folder/our_files.hpp"
#include "runs/folder/run_files.hpp"
#include "runs/folder/run_reader.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/refusal_of.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

void put(fs::path const& path, std::string const& bytes) { std::ofstream(path, std::ios::binary) << bytes; }

Manifest manifest_of(RunKind kind, std::string const& study) {
  Manifest manifest;
  manifest.kind = kind;
  manifest.study_name = study;
  return manifest;
}

/// A run of `verify` with the sample findings.
void write_run(fs::path const& place, std::string const& study = "short.toml") {
  RunFolder folder(place);
  folder.lock();
  folder.begin(manifest_of(RunKind::verify, study));
  RunTables tables;
  tables.findings = test::sample_findings();
  folder.write_tables(tables, RunKind::verify);
  folder.write("summary.md", "sum\n");
  folder.write_manifest(manifest_of(RunKind::verify, study));
}

std::string refusal_of(fs::path const& place, Manifest const& next, bool force = false) {
  return test::refusal_of([&] { RunFolder(place).expect_replaceable(next, force); });
}

std::set<std::string> names_in(fs::path const& folder) {
  std::set<std::string> names;
  for (auto const& entry : fs::directory_iterator(folder)) names.insert(entry.path().filename().string());
  return names;
}

TEST(FolderLock, KeepsASecondWriterOutUntilTheFirstEnds) {
  auto const folder = test::fresh_folder();
  {
    FolderLock const first(folder);
    EXPECT_TRUE(is_locked(folder));
    auto const said = test::refusal_of([&] { FolderLock const second(folder); });
    EXPECT_NE(said.find("is being written by process " + std::to_string(::getpid())), std::string::npos) << said;
  }
  EXPECT_FALSE(is_locked(folder));
  EXPECT_TRUE(fs::is_empty(folder)) << "no file is left";
  FolderLock const next(folder);
}

TEST(FolderLock, IsTakenOverFromAProcessThatIsGone) {
  auto const folder = test::fresh_folder();
  put(folder / ".fisherlab.lock", "process 1 on nowhere");
  EXPECT_FALSE(is_locked(folder));
  FolderLock const lock(folder);
  EXPECT_TRUE(is_locked(folder));
}

TEST(RunFolder, LeavesNothingWhereNothingWasWritten) {
  auto const folder = test::fresh_folder();
  { RunFolder(folder / "a" / "b").lock(); }
  EXPECT_TRUE(fs::is_empty(folder));
}

/// A disk that fills ends a run before its first table; what was saved stays beside the manifest that lets it go on.
TEST(RunFolder, KeepsTheManifestOfARunThatLeftAState) {
  for (bool const has_state : {true, false}) {
    auto const place = test::fresh_folder() / "run";
    try {
      RunFolder folder(place);
      folder.lock();
      folder.begin(manifest_of(RunKind::verify, "short.toml"));
      if (has_state) put(place / checkpoint_file, "a state");
      throw WriteError("the disk is full");
    } catch (WriteError const&) {
    }
    EXPECT_EQ(fs::exists(place / "manifest.json"), has_state);
  }
}

TEST(RunFolder, TakesThePlaceOfAnEarlierRunOfItsKindAndStudyAlone) {
  auto const place = test::fresh_folder() / "run";
  write_run(place);
  EXPECT_EQ(refusal_of(place, manifest_of(RunKind::verify, "short.toml")), "no error");
  auto const other_kind = refusal_of(place, manifest_of(RunKind::simulate, ""));
  EXPECT_NE(other_kind.find("holds a run of `fisherlab verify` (this is one of `fisherlab simulate`)"),
            std::string::npos)
      << other_kind;
  auto const other_study = refusal_of(place, manifest_of(RunKind::verify, "notes"));
  EXPECT_NE(other_study.find("holds a run of the study 'short.toml' (this is one of 'notes')"), std::string::npos)
      << other_study;
  EXPECT_NE(other_study.find("--force"), std::string::npos);
  EXPECT_EQ(refusal_of(place, manifest_of(RunKind::verify, "notes"), true), "no error");
}

TEST(RunFolder, RefusesOurNamesOnFilesThatAreNotOurs) {
  auto const folder = test::fresh_folder();
  auto const next = manifest_of(RunKind::verify, "notes");
  put(folder / "notes.txt", "mine");
  EXPECT_EQ(refusal_of(folder, next), "no error") << "which is no name of ours";
  for (std::string const name : {"findings.csv", "summary.md", "report.html", "junit.xml", "manifest.json"}) {
    put(folder / name, "mine");
    auto const said = refusal_of(folder, next);
    EXPECT_TRUE(said.starts_with("'" + (folder / name).string() + "' is ")) << said;
    EXPECT_EQ(refusal_of(folder, next, true), "no error");
    fs::remove(folder / name);
  }
  write_run(folder);
  put(folder / "influence.csv", "mine");
  auto const said = refusal_of(folder, manifest_of(RunKind::verify, "short.toml"));
  EXPECT_NE(said.find("influence.csv' is of no run"), std::string::npos) << said;
}

TEST(RunFolder, RemovesWhatAnEarlierRunLeftAndNothingElse) {
  auto const folder = test::fresh_folder();
  write_run(folder);
  for (auto const* name : {"junit.xml", "notes.txt", ".findings.csv.17.3.tmp", ".manifest.json.9999.0.tmp",
                           ".vimrc.1.tmp", ".findings.csv.backup.tmp", "compare.txt"})
    put(folder / name, "x");
  RunFolder next(folder);
  next.lock();
  next.begin(manifest_of(RunKind::verify, "short.toml"));
  EXPECT_EQ(names_in(folder), (std::set<std::string>{".fisherlab.lock", ".findings.csv.backup.tmp", ".vimrc.1.tmp",
                                                     "compare.txt", "manifest.json", "notes.txt"}));
  EXPECT_NE(test::refusal_of([&] { read_run(folder); }).find("not done yet"), std::string::npos);
}

TEST(RunFolder, SaysOfARunThatWasKilledThatItIsNone) {
  auto const folder = test::fresh_folder();
  {
    RunFolder next(folder);
    next.lock();
    next.begin(manifest_of(RunKind::verify, "short.toml"));
  }
  EXPECT_NE(test::refusal_of([&] { read_run(folder); }).find("was killed before its end"), std::string::npos);
  EXPECT_EQ(refusal_of(folder, manifest_of(RunKind::verify, "short.toml")), "no error");
}

TEST(RunFolder, IsReadOnlyWithTheFilesThatTheRunWrote) {
  auto const folder = test::fresh_folder();
  write_run(folder);
  EXPECT_EQ(read_run(folder).findings.size(), 5u);
  auto const said = [&folder] { return test::refusal_of([&] { read_run(folder); }); };
  int tried = 0;
  for (std::string const name : {"findings.csv", "performance.csv", "summary.md"}) {
    auto const bytes = test::bytes_of(folder / name);
    auto changed = bytes;
    changed[changed.size() / 2] ^= 1;
    put(folder / name, changed);
    EXPECT_NE(said().find(name + "' was changed or cut short"), std::string::npos) << said();
    fs::remove(folder / name);
    EXPECT_NE(said().find(name + "' does not exist (the run wrote it)"), std::string::npos) << said();
    ASSERT_EQ(::mkfifo((folder / name).c_str(), 0600), 0);
    EXPECT_NE(said().find(name + "' is no file"), std::string::npos) << "and nobody waits for it: " << said();
    fs::remove(folder / name);
    put(folder / name, bytes);
    ++tried;
  }
  EXPECT_EQ(tried, 3);
  for (std::string const name : {"influence.csv", "junit.xml"}) {
    put(folder / name, "of another run");
    EXPECT_NE(said().find(name + "' is not of this run"), std::string::npos) << said();
    EXPECT_EQ(test::refusal_of([&] { read_run(folder, {name}); }), "no error") << "for who writes it anew";
    fs::remove(folder / name);
  }
  EXPECT_EQ(said(), "no error");
}

TEST(RunFolder, NamesInItsManifestWhatIsAddedLater) {
  auto const folder = test::fresh_folder();
  write_run(folder);
  auto const run = read_run(folder);
  RunFolder more(folder);
  more.lock();
  more.write("junit.xml", "<x/>");
  more.add_to_manifest(run.manifest);
  auto const manifest = read_run(folder).manifest;
  EXPECT_EQ(manifest.bytes.at("junit.xml"), 4);
  EXPECT_EQ(manifest.bytes.count("findings.csv"), 1u);
}

}  // namespace
}  // namespace fisherlab::runs
