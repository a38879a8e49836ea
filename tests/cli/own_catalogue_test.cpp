#include <gtest/gtest.h>

#include <algorithm>

#include "claims/shipped.hpp"
#include "cli/app.hpp"
#include "cli/shell/description.hpp"
#include "runs/studies/study.hpp"
#include "tests/support/program.hpp"
#include "tests/support/scalar_exponential.hpp"

namespace fisherlab::cli {
namespace {

claims::Catalogue mine() {
  auto claim = *claims::find_claim("score-mean");
  claim.card.id = "my-claim";
  return claims::shipped()
      .with({test::ScalarExponential::card(),
             [](std::span<double const>) { return sim::run_lane_by_lane(test::ScalarExponential{}); }})
      .with(claim);
}

constexpr char const* study_text = R"(
[[case]]
claim = "my-claim"
model = "my_exponential"
theta = {rate = 0.7}
n = 20
)";

int run(std::vector<char const*> words, claims::Catalogue const& catalogue) {
  words.insert(words.begin(), "fisherlab");
  return run_app(static_cast<int>(words.size()), words.data(), catalogue);
}

TEST(OwnCatalogue, IsWhatAStudyCanName) {
  EXPECT_THROW(runs::parse_study(study_text, "study"), InputError);
  auto const study = runs::parse_study(study_text, "study", ".", mine());
  ASSERT_EQ(study.questions.size(), 1u);
  EXPECT_EQ(study.questions[0].claim, "my-claim");
  EXPECT_EQ(claims::model_text(study.questions[0]), "my_exponential");
}

TEST(OwnCatalogue, IsWhatTheProgramKnows) {
  auto const catalogue = mine();
  EXPECT_EQ(run({"show", "my_exponential"}, catalogue), 0);
  EXPECT_EQ(run({"show", "my-claim"}, catalogue), 0);
  EXPECT_EQ(run({"show", "my_exponential"}, claims::shipped()), 2);
  auto const folder = test::fresh_folder();
  auto const out = (folder / "out").string();
  EXPECT_EQ(run({"simulate", "my_exponential", "--theta", "rate=0.7", "--n", "20", "--replicates", "1000", "--quiet",
                 "--out", out.c_str()},
                catalogue),
            0);
}

}  // namespace
}  // namespace fisherlab::cli
