#include "runs/influence/influence_run.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "findings/csv/table_csv.hpp"
#include "runs/influence/influence_rows.hpp"
#include "runs/influence/refit_state.hpp"
#include "tests/support/program.hpp"

namespace fisherlab::runs {
namespace {

/// Five points on a line nearly, and one far off (row 6).
InfluenceData line_data() {
  auto const file = test::file_with(test::fresh_folder(), "line.csv", "x,y\n1,1.5\n2,2\n3,4\n4,3.5\n5,6\n6,20\n");
  return read_influence_data({.file = file, .classification = false});
}

InfluenceData iris() {
  return read_influence_data({.file = FISHERLAB_SHIPPED_DATA_DIR "/iris.csv", .holdout = 0.2, .seed = 3});
}

InfluenceSettings linear() { return {.model = "linear", .refit = {RefitChoice::Kind::all, 0}}; }

std::string refusal_of(InfluenceSettings const& settings, InfluenceData const& data) {
  try {
    predict_removals(settings, data);
  } catch (InputError const& error) {
    return error.what();
  }
  return "";
}

// Without row 6 the line through the others is y = 0.25 + 1.05 x; with all the slope is 52/17.5.
TEST(InfluenceRun, RefitsToTheExactLine) {
  auto const run = run_influence(linear(), line_data());
  EXPECT_FALSE(run.interrupted);
  EXPECT_EQ(run.analysis.refits.size(), 6u);
  auto const rows = leave_one_out_rows(run, {5});
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[1].parameter, "x");
  EXPECT_EQ(rows[1].train_index, 6);
  EXPECT_NEAR(rows[1].refit.value(), 1.05 - 52 / 17.5, 1e-9);
  EXPECT_NEAR(rows[1].exact.value(), 1.05 - 52 / 17.5, 1e-9);
  auto const named = named_rows(run);
  ASSERT_FALSE(named.suspects.empty());
  EXPECT_EQ(named.suspects.front(), 5);
}

TEST(InfluenceRun, LooksAtTheMeanAndTheWorstTestRow) {
  auto const run = predict_removals({.model = "softmax", .l2 = 0.01, .threads = 1}, iris());
  ASSERT_EQ(run.analysis.effects.size(), 2u);
  EXPECT_EQ(run.analysis.effects[0].target.name, "mean");
  auto const rows = influence_rows(run);
  EXPECT_EQ(rows.size(), 2u * 120);
  for (auto const& row : rows) EXPECT_FALSE(row.actual) << "nothing was refitted";
  EXPECT_EQ(rows_left_out(run).size(), 120u);
  EXPECT_NE(run.study().find("model = \"softmax\"\nl2 = 0.01\nconvention = \"A\""), std::string::npos) << run.study();
}

TEST(InfluenceRun, RefitsTheRowsOfTheLargestEffect) {
  InfluenceSettings const settings{.model = "softmax", .l2 = 0.01, .refit = {RefitChoice::Kind::top, 4}, .threads = 2};
  std::vector<RefitProgress> told;
  std::string note;
  InfluenceHooks const hooks{{}, [&](auto const& p) { told.push_back(p); }, [&](auto const& text) { note = text; }};
  auto const run = run_influence(settings, iris(), hooks);
  auto const& effect = run.analysis.effects.front();
  auto const order = estimators::influence::most_influential(run.analysis);
  for (std::size_t k = 0; k < order.size(); ++k) EXPECT_EQ(std::isfinite(effect.actual[order[k]]), k < 4) << k;
  ASSERT_FALSE(told.empty());
  EXPECT_EQ(told.back().done, 4);
  EXPECT_EQ(told.back().planned, 4);
  EXPECT_TRUE(note.starts_with("All 120 refits would take about ")) << note;
}

/// Large data keep leverage and Cook's distance of every row, without the DFBETAS of each parameter.
TEST(InfluenceRun, WritesALineARowWithoutDfbetas) {
  auto const all = table_csv(case_rows(predict_removals(linear(), line_data())));
  EXPECT_EQ(all.rows, 12);
  auto run = predict_removals(linear(), line_data());
  run.analysis.leverage->dfbetas.resize(0, 0);
  auto const cases = case_rows(run);
  auto const text = table_csv(cases);
  EXPECT_EQ(text.rows, 6);
  auto const read = table_from_csv<CaseRow>(text.bytes, "rows.csv");
  ASSERT_EQ(read.size(), 6u);
  EXPECT_EQ(read[5].leverage, cases[0].leverage[5]);
  EXPECT_EQ(read[5].parameter, "");
  EXPECT_FALSE(read[5].dfbetas.has_value());
}

/// What is written of a run needs none of the inputs.
TEST(InfluenceRun, WritesTheSameWithoutItsInputs) {
  auto run = run_influence({.model = "softmax", .l2 = 0.01, .refit = {RefitChoice::Kind::top, 2}}, iris());
  auto const tables = [&run] {
    return table_csv(influence_rows(run)).bytes + table_csv(leave_one_out_rows(run, rows_left_out(run))).bytes +
           table_csv(case_rows(run)).bytes + run.study();
  };
  auto const before = tables();
  forget_inputs(run);
  EXPECT_EQ(run.data->train.inputs.size() + run.data->test.inputs.size(), 0);
  EXPECT_EQ(run.data->train.rows(), 120);
  EXPECT_EQ(tables(), before);
}

TEST(InfluenceRun, StopsBetweenRefitsWhenTold) {
  InfluenceHooks const hooks{[] { return true; }, {}, {}};
  auto const run = run_influence(linear(), line_data(), hooks);
  EXPECT_TRUE(run.interrupted);
  EXPECT_TRUE(run.analysis.refits.empty());
  EXPECT_EQ(influence_rows(run).size(), 6u) << "what was predicted is there";
}

/// What the rows say, to the last digit.
std::string bytes_of(InfluenceRun const& run) {
  return table_csv(influence_rows(run)).bytes + table_csv(leave_one_out_rows(run, rows_left_out(run))).bytes;
}

TEST(InfluenceRun, GoesOnFromEveryStateToTheSameNumbers) {
  auto data = iris();
  data.group = "parity";
  data.groups = {{"even", {}}, {"odd", {}}};
  for (int row = 0; row < data.train.rows(); ++row) data.groups[static_cast<std::size_t>(row % 2)].rows.push_back(row);
  InfluenceSettings const settings{.model = "softmax", .l2 = 0.01, .refit = {RefitChoice::Kind::all, 0}, .threads = 2};
  std::string saved;
  InfluenceHooks saving;
  saving.save = [&saved](std::string state) { saved = std::move(state); };
  auto const whole = run_influence(settings, data, saving);
  RefitState state;
  state.unpack(saved, whole);
  ASSERT_EQ(state.of_rows.size(), 120u);
  ASSERT_EQ(state.of_groups.size(), 2u);
  for (std::size_t const left : {0u, 1u, 57u, 119u, 121u, 122u}) {
    auto part = state;
    part.of_rows.resize(120 - std::min<std::size_t>(left, 120));
    part.of_groups.resize(122 - std::max<std::size_t>(left, 120));
    InfluenceHooks resumed;
    resumed.resumed = part.packed();
    std::int64_t made = 0;
    resumed.stop = [&made] { return ++made < 0; };
    auto const run = run_influence(settings, data, resumed);
    EXPECT_EQ(bytes_of(run), bytes_of(whole)) << left;
    EXPECT_EQ(run.analysis.groups[1].actual, whole.analysis.groups[1].actual);
    EXPECT_EQ(made, static_cast<std::int64_t>(left)) << "only what is missing is refitted";
  }
  for (std::size_t size = 1; size < saved.size(); size += saved.size() / 30)
    EXPECT_THROW(RefitState().unpack(saved.substr(0, size), whole), InputError);
  auto other = data;
  other.train.inputs(3, 0) += 1e-9;
  EXPECT_NE(digest_of(other), digest_of(data));
}

TEST(InfluenceRun, RefusesWithNumbersWhereInfluenceIsNotDefined) {
  EXPECT_NE(refusal_of({.model = "softmax", .l2 = 0}, iris()).find("smallest eigenvalue"), std::string::npos);
  auto data = line_data();
  data.group = "all";
  data.groups = {{"one", {0, 1, 2, 3, 4, 5}}};
  EXPECT_NE(refusal_of({.model = "linear"}, data).find("one group only"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::runs
