#include <gtest/gtest.h>

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "runs/folder/run_reader.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::runs {
namespace {

namespace fs = std::filesystem;

/// A folder as `calibrate` leaves it.
class CalibrationReader : public testing::Test {
 protected:
  void write_rows(std::string const& rows, std::int64_t counted) {
    Manifest manifest;
    manifest.kind = RunKind::calibrate;
    manifest.rows = {{"calibration.csv", counted}};
    test::file_with(folder_, "manifest.json", manifest_json(manifest));
    test::file_with(folder_, "calibration.csv",
                    "claim,model,defect,size,runs,verified,refuted,inconclusive,lower,upper\n" + rows);
  }
  std::vector<CalibrationRow> rows() { return runs::read_run(folder_).calibration; }

  fs::path folder_ = test::fresh_folder();
};

TEST_F(CalibrationReader, ReadsTruthsDefectsAndTheFarLevel) {
  write_rows(
      "c,m,none,0,10,10,0,0,0,0.3\nc,m,score,0.1,10,1,9,0,0.5,1\nc,m control,none,0,9,0,9,0,0,1\nc,m: "
      "s,none,0.01,9,9,0,0,0,1\n",
      4);
  ASSERT_EQ(rows().size(), 4u);
  EXPECT_EQ(rows()[1].defect, DefectKind::score);
  EXPECT_EQ(rows()[1].refuted, 9);
  EXPECT_EQ(rows()[2].expected, Expectation::refuted);
  EXPECT_EQ(rows()[3].size, 0.01);
}

TEST_F(CalibrationReader, NamesTheLineOfADamagedRow) {
  for (auto const* row : {"c,m,none,0,10", "c,m,odd,0,10,10,0,0,0,1", "c,m,none,x,10,10,0,0,0,1",
                          "c,m,none,0,5,9,0,0,0,1", "c,m,none,0,5,5,0,0,low,1"}) {
    write_rows(row + std::string("\n"), 1);
    try {
      rows();
      ADD_FAILURE() << row;
    } catch (InputError const& error) {
      EXPECT_NE(std::string(error.what()).find("calibration.csv', line 2"), std::string::npos) << error.what();
    }
  }
}

TEST_F(CalibrationReader, NoticesACut) {
  std::string const two = "c,m,none,0,10,10,0,0,0,0.3\nc,m,score,0.1,10,1,9,0,0.5,1\n";
  write_rows(two, 2);
  EXPECT_EQ(rows().size(), 2u);
  write_rows(two, 3);
  EXPECT_THROW(rows(), InputError);
  write_rows(two.substr(0, two.size() - 1), 2);
  EXPECT_THROW(rows(), InputError);
  fs::remove(folder_ / "calibration.csv");
  EXPECT_THROW(rows(), InputError);
}

}  // namespace
}  // namespace fisherlab::runs
