#include "runs/folder/run_reader.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "findings/csv/table_csv.hpp"
#include "tests/support/fresh_folder.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

/// The manifest of a run that wrote all the sample rows.
Manifest counted() {
  auto manifest = test::counted_manifest();
  manifest.rows.insert({{"curves.csv", 6}, {"distributions.csv", 4}, {"intervals.csv", 3}});
  return manifest;
}

/// A folder as `verify` leaves it, with the sample rows.
class RunReader : public testing::Test {
 protected:
  void SetUp() override {
    test::file_with(folder_, "manifest.json", manifest_json(counted()));
    test::file_with(folder_, "findings.csv", table_csv(test::sample_findings()).bytes);
    test::file_with(folder_, "performance.csv", table_csv(test::sample_performance()).bytes);
    test::file_with(folder_, "convergence.csv", table_csv(test::sample_convergence()).bytes);
    auto const pictures = test::sample_pictures();
    test::file_with(folder_, "curves.csv", table_csv(pictures.curves).bytes);
    test::file_with(folder_, "distributions.csv", table_csv(pictures.distributions).bytes);
    test::file_with(folder_, "intervals.csv", table_csv(pictures.intervals).bytes);
  }

  /// What reading complains of after `change` was made to the bytes of one file; it begins with the file's name.
  std::string complaint(std::string const& name, std::function<std::string(std::string)> const& change) {
    auto const path = folder_ / name;
    auto const good = test::bytes_of(path);
    test::file_with(folder_, path.filename().string(), change(good));
    std::string const what = complaint();
    test::file_with(folder_, path.filename().string(), good);
    std::string const start = "'" + path.string() + "'";
    EXPECT_EQ(what.substr(0, start.size()), start) << what;
    return what.substr(std::min(start.size(), what.size()));
  }
  std::string complaint() {
    try {
      runs::read_run(folder_);
    } catch (InputError const& error) {
      return error.what();
    }
    return "no error";
  }

  fs::path folder_ = test::fresh_folder();
};

std::function<std::string(std::string)> with(std::string const& piece, std::string const& other) {
  return [=](std::string bytes) {
    auto const at = bytes.find(piece);
    EXPECT_NE(at, std::string::npos) << piece;
    return bytes.replace(at, piece.size(), other);
  };
}

TEST_F(RunReader, GivesBackWhatTheWritersWrote) {
  auto const run = runs::read_run(folder_);
  EXPECT_EQ(manifest_json(run.manifest), manifest_json(counted()));
  EXPECT_EQ(run.findings.size(), 5u);
  EXPECT_EQ(table_csv(run.findings).bytes, table_csv(test::sample_findings()).bytes);
  EXPECT_EQ(run.findings[2].model, "<script>alert(\"x\")</script>");
  EXPECT_EQ(run.findings[2].parameters, "a,b=\"1\" & 100%\nμ=1e-300");
  EXPECT_EQ(run.performance.size(), 2u);
  EXPECT_EQ(table_csv(run.performance).bytes, table_csv(test::sample_performance()).bytes);
  EXPECT_TRUE(run.performance[0].coverage);
  EXPECT_FALSE(run.performance[1].coverage);
  EXPECT_EQ(run.convergence.size(), 3u);
  EXPECT_EQ(table_csv(run.convergence).bytes, table_csv(test::sample_convergence()).bytes);
}

TEST_F(RunReader, GivesBackTheRowsOfPictures) {
  auto const pictures = runs::read_run(folder_).pictures, written = test::sample_pictures();
  EXPECT_EQ(pictures.curves.size(), 6u);
  EXPECT_EQ(table_csv(pictures.curves).bytes, table_csv(written.curves).bytes);
  EXPECT_EQ(pictures.curves[1].component, "a_b <i>&50%\n\"x\"");
  EXPECT_EQ(pictures.distributions.size(), 4u);
  EXPECT_EQ(table_csv(pictures.distributions).bytes, table_csv(written.distributions).bytes);
  EXPECT_FALSE(pictures.distributions[0].reference);
  EXPECT_TRUE(pictures.distributions[1].reference);
  EXPECT_EQ(pictures.intervals.size(), 3u);
  EXPECT_EQ(table_csv(pictures.intervals).bytes, table_csv(written.intervals).bytes);
}

TEST_F(RunReader, HasNoRowsOfPicturesForAnOlderRun) {
  for (auto const* name : {"curves.csv", "distributions.csv", "intervals.csv"}) fs::remove(folder_ / name);
  test::file_with(folder_, "manifest.json", manifest_json(test::counted_manifest()));
  auto const run = runs::read_run(folder_);
  EXPECT_EQ(run.findings.size(), 5u);
  EXPECT_TRUE(run.pictures.curves.empty());
  EXPECT_TRUE(run.pictures.distributions.empty());
  EXPECT_TRUE(run.pictures.intervals.empty());
}

TEST_F(RunReader, GivesBackNumbersAtTheEdges) {
  using Limits = std::numeric_limits<double>;
  auto findings = test::sample_findings();
  findings[0].measurement = {"s",
                             Limits::denorm_min(),
                             Limits::infinity(),
                             -Limits::infinity(),
                             Limits::quiet_NaN(),
                             std::numeric_limits<std::int64_t>::max(),
                             0};
  test::file_with(folder_, "findings.csv", table_csv(findings).bytes);
  EXPECT_EQ(table_csv(runs::read_run(folder_).findings).bytes, table_csv(findings).bytes);
}

TEST_F(RunReader, LeavesEmptyWhatTheRunDoesNotWrite) {
  auto manifest = test::sample_manifest();
  manifest.kind = RunKind::simulate;
  manifest.rows = {{"performance.csv", 2}};
  test::file_with(folder_, "manifest.json", manifest_json(manifest));
  fs::remove(folder_ / "findings.csv");
  fs::remove(folder_ / "convergence.csv");
  auto const run = runs::read_run(folder_);
  EXPECT_TRUE(run.findings.empty());
  EXPECT_TRUE(run.convergence.empty());
  EXPECT_EQ(run.performance.size(), 2u);
}

TEST_F(RunReader, NamesAFileOfTheRunThatIsMissing) {
  int tried = 0;
  for (std::string const name : {"convergence.csv", "performance.csv", "findings.csv", "manifest.json"}) {
    fs::remove(folder_ / name);
    EXPECT_EQ(complaint().rfind("'" + (folder_ / name).string() + "' does not exist", 0), 0u) << complaint();
    ++tried;
  }
  EXPECT_EQ(tried, 4);
  folder_ /= "nowhere";
  EXPECT_EQ(complaint(), "'" + folder_.string() + "' does not exist, name the folder of a run");
}

TEST_F(RunReader, NoticesACutAtTheEndOfALine) {
  int tried = 0;
  for (std::string const name : {"findings.csv", "performance.csv", "convergence.csv"}) {
    auto const what = complaint(name, [](std::string const& bytes) {  // the header and one row are left
      return bytes.substr(0, bytes.find('\n', bytes.find('\n') + 1) + 1);
    });
    EXPECT_NE(what.find("rows where the run wrote"), std::string::npos) << what;
    ++tried;
  }
  EXPECT_EQ(tried, 3);
}

TEST_F(RunReader, DoesNotReadTheCommandLine) {
  auto manifest = test::counted_manifest();
  manifest.kind = RunKind::simulate;
  manifest.command = "fisherlab verify smoke";
  manifest.rows = {{"performance.csv", 2}};
  test::file_with(folder_, "manifest.json", manifest_json(manifest));
  fs::remove(folder_ / "findings.csv");
  EXPECT_EQ(runs::read_run(folder_).manifest.kind, RunKind::simulate);
}

TEST_F(RunReader, LeavesAloneWhatAnotherRunLeftInTheFolder) {
  auto manifest = test::counted_manifest();
  manifest.kind = RunKind::simulate;
  manifest.rows = {{"performance.csv", 2}};
  test::file_with(folder_, "manifest.json", manifest_json(manifest));
  test::file_with(folder_, "curves.csv", "of another version");
  auto const run = runs::read_run(folder_);
  EXPECT_EQ(run.performance.size(), 2u);
  EXPECT_TRUE(run.findings.empty());
  EXPECT_TRUE(run.pictures.curves.empty());
}

TEST_F(RunReader, RefusesAFileInPlaceOfAFolder) {
  auto const kept = folder_;
  folder_ /= "findings.csv";
  EXPECT_EQ(complaint(), "'" + folder_.string() + "' is not a folder, name the folder of a run");
  folder_ = kept;
}

TEST_F(RunReader, NoticesACutInsideALine) {
  int cuts = 0;
  for (std::string const name : {"findings.csv", "performance.csv", "convergence.csv", "manifest.json", "curves.csv",
                                 "distributions.csv", "intervals.csv"}) {
    auto const size = test::bytes_of(folder_ / name).size();
    for (std::size_t keep = 0; keep + 1 < size; keep += 5, ++cuts) {
      auto const good = test::bytes_of(folder_ / name);
      if (name != "manifest.json" && keep > 0 && good[keep - 1] == '\n' && good[keep] != '\xCE') continue;
      auto const what = complaint(name, [keep](std::string const& bytes) { return bytes.substr(0, keep); });
      EXPECT_EQ(what.rfind(", line ", 0), 0u) << name << " cut to " << keep << " bytes: " << what;
    }
  }
  EXPECT_GT(cuts, 500);
}

TEST_F(RunReader, NamesTheLineOfACellThatIsWrong) {
  std::string const damaged = " (the file is damaged), repeat the run";
  EXPECT_EQ(complaint("findings.csv", with("0.9021", "0,9021")), ", line 4: has 23 cells where 22 should be" + damaged);
  // The failing finding spans two lines, so the next one begins on line 6.
  EXPECT_EQ(complaint("findings.csv", with("-0.11", "-0.1l")), ", line 6: lower '-0.1l' is no number" + damaged);
  EXPECT_EQ(complaint("findings.csv", with("4096", "4096.5")), ", line 6: replicates '4096.5' is no number" + damaged);
  EXPECT_EQ(complaint("findings.csv", with("inconclusive", "undecided")),
            ", line 6: verdict 'undecided' is no known word" + damaged);
  EXPECT_EQ(complaint("findings.csv", with("at_most", "")), ", line 7: kind '' is no known word" + damaged);
  EXPECT_EQ(complaint("performance.csv", with("0.956321,", ",")),
            ", line 2: coverage_mcse '0.000204' stands without the cell beside it" + damaged);
  EXPECT_EQ(complaint("convergence.csv", with("0.122506", "1e999")), ", line 2: upper '1e999' is no number" + damaged);
  EXPECT_EQ(complaint("curves.csv", with("covariance", "correlation")),
            ", line 2: quantity 'correlation' is no known word" + damaged);
  EXPECT_EQ(complaint("distributions.csv", with("-3.8", "left")), ", line 2: quantile 'left' is no number" + damaged);
  EXPECT_EQ(complaint("intervals.csv", with("wald,", "wald,,")), ", line 2: has 14 cells where 13 should be" + damaged);
}

TEST_F(RunReader, RefusesForeignFiles) {
  EXPECT_EQ(complaint("findings.csv", with("statement", "theorem")),
            ", line 1: column 2 is 'theorem' where 'statement' should be (another program or version wrote it), repeat "
            "the run");
  EXPECT_EQ(complaint("convergence.csv", with("rate_upper\n", "rate_upper,extra\n")),
            ", line 1: column 13 is 'extra' where '' should be (another program or version wrote it), repeat the run");
  EXPECT_EQ(complaint("intervals.csv", with("replicate", "sample")),
            ", line 1: column 8 is 'sample' where 'replicate' should be (another program or version wrote it), repeat "
            "the run");
  auto const becomes = [](std::string const& bytes) { return [bytes](std::string const&) { return bytes; }; };
  EXPECT_NE(complaint("performance.csv", becomes("\x89PNG\r\n\x1A\n")).find("line 1"), std::string::npos);
  EXPECT_NE(complaint("performance.csv", becomes(std::string("\0\0\n", 3))).find("UTF-8"), std::string::npos);
  EXPECT_NE(complaint("performance.csv", becomes("\n\n")).find("line 1"), std::string::npos);
  EXPECT_NE(complaint("manifest.json", becomes("{}")).find("has no 'version'"), std::string::npos);
  EXPECT_NE(complaint("manifest.json", becomes("<html>")).find("line 1"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::runs
