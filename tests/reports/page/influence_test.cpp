#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "base/expects.hpp"
#include "findings/csv/table_csv.hpp"
#include "reports/page/gnuplot.hpp"
#include "reports/page/html.hpp"
#include "reports/page/pictures/attacked_images.hpp"
#include "reports/page/pictures/influence_figures.hpp"
#include "reports/page/pictures/picture_figures.hpp"
#include "reports/tables/influence_summary.hpp"
#include "runs/folder/run_reader.hpp"
#include "tests/support/influence_rows.hpp"
#include "tests/support/sample_rows.hpp"

namespace fisherlab::reports {
namespace {

TEST(InfluenceCsv, HasTheApprovedBytes) {
  EXPECT_EQ(table_csv(test::sample_influence()).bytes,
            "data,model,n,p,l2,convention,solver,split,test_point,train_index,predicted,second_order,one_step,actual,"
            "reliability,iterations,residual\n"
            "\"a,b.csv\",logistic,4,3,0.01,A,cholesky,0,mean,1,0.5,0.625,0.75,1,0.25,0,1e-16\n"
            "\"a,b.csv\",logistic,4,3,0.01,A,cholesky,0,mean,2,-0.25,,,-0.5,0.1,0,2e-16\n"
            "\"a,b.csv\",logistic,4,3,0.01,A,cholesky,0,mean,3,0.125,,,0.25,,0,1e-16\n"
            "\"a,b.csv\",logistic,4,3,0.01,A,cholesky,0,mean,4,-1,,,-2,,0,1e-16\n"
            "\"a,b.csv\",logistic,4,3,0.01,B,\"cg, damping 0.01\",0,17,1,0.1,,,,,3,1e-11\n");
}

TEST(LeaveOneOutCsv, HasTheApprovedBytes) {
  std::vector<LeaveOneOutRow> const rows = {{1, "A", "intercept", 0.1, 0.125, 0.12, 0.125, 0.125},
                                            {2, "B", "x, squared", -3e-5, {}, {}, {}, {}}};
  EXPECT_EQ(table_csv(rows).bytes,
            "train_index,convention,parameter,first_order,one_step,second_order,exact,refit\n"
            "1,A,intercept,0.1,0.125,0.12,0.125,0.125\n"
            "2,B,\"x, squared\",-3e-05,,,,\n");
}

TEST(AttackCsv, HasTheApprovedBytes) {
  EXPECT_EQ(table_csv(test::sample_attack()).bytes.substr(0, 176),
            "data,model,n,p,l2,images,box,direction,flipped,trials,lower,upper\n"
            "digits,softmax,1500,650,0.01,1,0.5,sign,12,290,0.02,0.07\n"
            "digits,softmax,1500,650,0.01,1,8,sign,200,290,0.63,0.");
}

TEST(InfluenceSummary, MeetsTheAgreementOfItsPairs) {
  auto const summaries = influence_summaries(test::sample_influence());
  ASSERT_EQ(summaries.size(), 2u);
  auto const& first = summaries[0];
  EXPECT_EQ(first.rows, 4);
  EXPECT_EQ(first.pairs, 4);
  ASSERT_TRUE(first.agreement);
  // Every actual change is twice the predicted one.
  EXPECT_NEAR(first.agreement->slope, 2, 1e-12);
  EXPECT_NEAR(first.agreement->intercept, 0, 1e-12);
  EXPECT_NEAR(first.agreement->relative_error, 0.5, 1e-12);
  EXPECT_NEAR(first.agreement->pearson, 1, 1e-12);
  EXPECT_NEAR(first.agreement->spearman, 1, 1e-12);
  EXPECT_EQ(first.harmful, "4 (-1), 2 (-0.25)");
  EXPECT_EQ(first.helpful, "1 (0.5), 3 (0.125)");
  EXPECT_EQ(summaries[1].pairs, 0);
  EXPECT_FALSE(summaries[1].agreement);
  EXPECT_EQ(summaries[1].harmful, "");
  EXPECT_EQ(summaries[1].helpful, "1 (0.1)");
}

TEST(InfluenceSummary, LeavesOutWhatIsNotFinite) {
  auto rows = test::sample_influence();
  rows[1].actual = std::numeric_limits<double>::quiet_NaN();
  rows[3].predicted = std::numeric_limits<double>::quiet_NaN();
  auto const first = influence_summaries(rows)[0];
  EXPECT_EQ(first.rows, 4);
  EXPECT_EQ(first.pairs, 2);
  EXPECT_FALSE(first.agreement);
  EXPECT_EQ(first.harmful, "2 (-0.25)");
}

/// gnuplot draws every script, and the words say the numbers.
void expect_drawn(std::vector<Figure> const& figures, std::size_t expected) {
  ASSERT_EQ(figures.size(), expected);
  std::vector<std::string> scripts;
  for (auto const& figure : figures) {
    scripts.push_back(figure.script);
    EXPECT_FALSE(figure.caption.empty());
    EXPECT_FALSE(figure.alternative.empty());
  }
  auto const pictures = draw_svg(scripts);
  ASSERT_EQ(pictures.size(), expected) << "`make deps` installs gnuplot";
  for (auto const& picture : pictures) EXPECT_NE(picture.find("viewBox"), std::string::npos);
}

TEST(InfluenceFigures, ShowPredictedAgainstActual) {
  auto const figures = influence_figures(test::sample_influence());
  expect_drawn(figures, 1);
  EXPECT_NE(figures[0].caption.find("slope of actual on predicted 2, relative error 0.5"), std::string::npos)
      << figures[0].caption;
  EXPECT_TRUE(influence_figures({}).empty());
}

TEST(InfluenceFigures, KeepTheLargestOfManyPoints) {
  std::vector<InfluenceRow> rows(5000, test::sample_influence()[0]);
  for (int i = 0; i < 5000; ++i) {
    rows[static_cast<std::size_t>(i)].predicted = 0.001 * i;
    rows[static_cast<std::size_t>(i)].actual = 0.0011 * i;
  }
  auto const figures = influence_figures(rows);
  expect_drawn(figures, 1);
  EXPECT_NE(figures[0].script.find("\n4.999 "), std::string::npos);
  EXPECT_NE(figures[0].caption.find("Shown are 200"), std::string::npos) << figures[0].caption;
}

TEST(AttackFigures, DashTheControl) {
  auto const figures = attack_figures(test::sample_attack());
  expect_drawn(figures, 1);
  EXPECT_NE(figures[0].script.find("dashtype 2"), std::string::npos);
  EXPECT_NE(figures[0].alternative.find("1 training input, random signs: box 0.5: 0 [0, 0.01]"), std::string::npos)
      << figures[0].alternative;
}

/// A picture of two lines and three columns whose first pixel grew by 0.25 and whose last fell by as much.
std::vector<AttackedPixel> sample_pixels() {
  std::vector<AttackedPixel> pixels;
  for (int k = 0; k < 6; ++k) {
    double const before = 0.2 * k, moved = k == 0 ? 0.25 : k == 5 ? -0.25 : 0;
    pixels.push_back({"group-attack", "digits", "mlp", 0.01, 0.25, "sign", "8", 12, 30, k / 3 + 1, k % 3 + 1, before,
                      before + moved});
  }
  return pixels;
}

TEST(AttackedImageFigures, ShowBeforeAfterAndTheDifference) {
  auto const pixels = sample_pixels();
  std::vector<AttackedPixel const*> all;
  for (auto const& pixel : pixels) all.push_back(&pixel);
  auto const figures = attacked_image_figures(all);
  expect_drawn(figures, 1);
  EXPECT_EQ(figures[0].rows.size(), 6u);
  EXPECT_NE(figures[0].alternative.find("2 of 6 pixels moved, by 0.0833 on average and 0.25 at most"),
            std::string::npos)
      << figures[0].alternative;
  EXPECT_NE(figures[0].caption.find("12 of the 30"), std::string::npos);
  auto const svg = draw_svg({{figures[0].script}})[0];
  // One path a colour and panel, a pixel a square: four did not move.
  auto const pixels_of = [&](std::string const& grey) {
    auto const at = svg.rfind("<path fill=\"" + grey + "\"");
    if (at == std::string::npos) return std::ptrdiff_t{0};
    auto const path = svg.substr(at, svg.find("/>", at) - at);
    return std::count(path.begin(), path.end(), 'z');
  };
  EXPECT_EQ(pixels_of("rgb(128, 128, 128)"), 4) << svg;
  EXPECT_EQ(pixels_of("rgb(255, 255, 255)"), 1) << svg;
  EXPECT_EQ(svg.find("<polygon"), std::string::npos);
  EXPECT_EQ(std::count(svg.begin(), svg.end(), 'H'), 2 * 18) << "there and back in each pixel";
  EXPECT_TRUE(attacked_image_figures({}).empty());
  EXPECT_TRUE(attacked_image_figures(std::span(all).first(5)).empty()) << "no whole picture";
}

TEST(AttackedImageFigures, StandWithTheirClaim) {
  RunTables run;
  run.pixels = sample_pixels();
  auto const figures = claim_figures(run, "group-attack", false).shown;
  ASSERT_EQ(figures.size(), 1u);
  EXPECT_EQ(figures[0].file, "attacked_image.csv");
  EXPECT_EQ(figures[0].data, "2-7");
  EXPECT_TRUE(claim_figures(run, "training-input-attack", true).shown.empty());
}

TEST(InfluenceCsv, IsReadBack) {
  namespace fs = std::filesystem;
  auto const folder = fs::path(testing::TempDir()) / ("InfluenceCsv." + std::to_string(::getpid()));
  auto const write = [&](std::string const& name, std::string const& bytes) {
    std::ofstream(folder / name, std::ios::binary) << bytes;
  };
  fs::create_directories(folder);
  auto manifest = test::sample_manifest();
  manifest.kind = RunKind::influence;
  auto const influence = table_csv(test::sample_influence()).bytes, attack = table_csv(test::sample_attack()).bytes;
  write("manifest.json", manifest_json(manifest));
  EXPECT_TRUE(runs::read_run(folder).influence.empty());
  manifest.rows = {{"influence.csv", test::sample_influence().size()}, {"attack.csv", test::sample_attack().size()}};
  write("manifest.json", manifest_json(manifest));
  write("influence.csv", influence);
  write("attack.csv", attack);
  auto const run = runs::read_run(folder);
  EXPECT_EQ(table_csv(run.influence).bytes, influence);
  EXPECT_EQ(table_csv(run.attack).bytes, attack);
  write("influence.csv", influence.substr(0, influence.size() - 3));
  EXPECT_THROW(runs::read_run(folder), InputError);
  fs::remove_all(folder);
}

TEST(InfluencePart, StandsOnThePageWhereTheRunHasAny) {
  RecordedRun run;
  auto const page = [&] { return html_report(run, {.cards = {}, .gnuplot = "no-such-program"}); };
  EXPECT_EQ(page().find("Influence of training rows"), std::string::npos);
  run.influence = test::sample_influence();
  auto const with_rows = page();
  EXPECT_NE(with_rows.find("Influence of training rows"), std::string::npos);
  EXPECT_NE(with_rows.find("logistic, l2 = 0.01, convention B, cg, damping 0.01"), std::string::npos);
  EXPECT_NE(with_rows.find("4 (-1), 2 (-0.25)"), std::string::npos);
}

}  // namespace
}  // namespace fisherlab::reports
