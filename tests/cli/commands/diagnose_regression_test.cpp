#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "base/files/csv_reader.hpp"
#include "tests/support/golden.hpp"
#include "tests/support/program.hpp"
#include "tests/support/regression_reference.hpp"

namespace fisherlab::test {
namespace {

std::size_t place(CsvRecord const& head, char const* name) {
  return static_cast<std::size_t>(std::ranges::find(head.cells, name) - head.cells.begin());
}

/// The loom data by words, whose reference rows name the levels L, M and H; the baseline of both is the first level.
TEST(DiagnoseRegression, WritesTheFitOfRAndRefutesPoissonOnTheLooms) {
  auto const folder = fresh_folder();
  auto const looms = std::string(FISHERLAB_SHIPPED_DATA_DIR) + "/looms.csv";
  auto const outcome = run_program({"diagnose", "poisson_regression", looms, "--formula", "breaks ~ wool * tension",
                                    "--replicates", "1024", "--quiet", "--out", (folder / "run").string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(outcome.out.starts_with("THE DATA REFUTE poisson_regression: dispersion 3.76")) << outcome.out;
  EXPECT_NE(outcome.out.find("tension: high (baseline), low, medium"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("Try negative_binomial_regression"), std::string::npos) << outcome.out;
  auto const rows = parse_csv(bytes_of(folder / "run" / "fit.csv"), "fit.csv");
  ASSERT_EQ(rows.size(), 1u + 6 * 6) << "six intervals of six coefficients";
  auto const& head = rows[0];
  auto const estimate = place(head, "estimate"), error = place(head, "std_error"), p = place(head, "p_value");
  auto wanted = reference_case("warps");
  std::vector<std::string> const in_reference = {"(Intercept)", "woolB",          "tensionL",
                                                 "tensionM",    "woolB:tensionL", "woolB:tensionM"};
  for (std::size_t a = 0; a < 6; ++a) {
    auto const& wald = rows[1 + 6 * a].cells;
    auto const& name = in_reference[a];
    EXPECT_NEAR(std::stod(wald[estimate]), wanted["coefficient"][name], 1e-7) << name;
    EXPECT_NEAR(std::stod(wald[error]), wanted["std_error"][name], 1e-7) << name;
    EXPECT_NEAR(std::stod(wald[p]), wanted["p"][name], 1e-6) << name;
    EXPECT_EQ(wald[place(head, "interval")], "Wald");
    EXPECT_NEAR(std::stod(rows[6 + 6 * a].cells[error]), wanted["HC3"][name], 1e-7) << name;
    EXPECT_EQ(rows[6 + 6 * a].cells[place(head, "interval")], "HC3");
    for (std::size_t k = 1; k <= 6; ++k)
      EXPECT_EQ(rows[6 * a + k].cells[place(head, "recommended")], "no") << "the model is refuted";
  }
}

TEST(DiagnoseRegression, TakesCountsForRepeatedRows) {
  auto const folder = fresh_folder();
  auto const counted = file_with(folder, "counted.csv", "y,x,k\n1,1,2\n2,2,1\n4,3,3\n4,5,1\n");
  auto const written = file_with(folder, "written.csv", "y,x\n1,1\n1,1\n2,2\n4,3\n4,3\n4,3\n4,5\n");
  auto const fit = [&](std::string const& name, std::vector<std::string> words) {
    words.insert(words.end(), {"--formula", "y ~ x", "--replicates", "1000", "--quiet", "--out"});
    words.push_back((folder / name).string());
    auto const outcome = run_program(words);
    EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
    return bytes_of(folder / name / "fit.csv");
  };
  EXPECT_EQ(fit("a", {"diagnose", "linear_regression", counted, "--count", "k"}),
            fit("b", {"diagnose", "linear_regression", written}));
}

TEST(DiagnoseRegression, NamesWhatIsCollinearAndLeavesItOut) {
  auto const folder = fresh_folder();
  auto const data = file_with(folder, "d.csv", "y,x\n1,1\n2,2\n4,3\n4,5\n");
  auto const outcome = run_program({"diagnose", "linear_regression", data, "--formula", "y ~ x + I(2 * x)",
                                    "--replicates", "1000", "--quiet", "--out", (folder / "run").string()});
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_NE(outcome.out.find("I(2 * x) is left out: it is 2 x (collinear)."), std::string::npos) << outcome.out;
}

}  // namespace
}  // namespace fisherlab::test
