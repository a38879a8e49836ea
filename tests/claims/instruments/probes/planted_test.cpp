#include "claims/instruments/probes/planted.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <memory>
#include <span>
#include <vector>

#include "sim/models/interface/forwarding.hpp"
#include "tests/support/cases.hpp"

namespace fisherlab::claims {
namespace {

Setting gamma_setting() {
  auto const law = test::law("gamma", {2.5, 1.3});
  return {law, law, {}};
}

std::vector<sim::Lanes> lanes_of(std::vector<double> const& x) { return {x.begin(), x.end()}; }

struct Products {
  std::vector<sim::Lanes> score, outer, hessian;
};

Products products(sim::BatchModel const& model, sim::Sample const& sample, std::vector<double> const& theta) {
  auto const p = theta.size();
  Products result{std::vector<sim::Lanes>(p), std::vector<sim::Lanes>(sim::packed_size(p)),
                  std::vector<sim::Lanes>(sim::packed_size(p))};
  auto const t = lanes_of(theta);
  model.score_products(sample, t.data(), result.score.data(), result.outer.data(), result.hessian.data());
  return result;
}

/// Counts how often its information is asked for, which may be an integral.
class Counting final : public sim::Forwarding {
 public:
  using sim::Forwarding::Forwarding;
  void information(std::span<double const> theta, double* packed) const override {
    ++asked;
    inner_->information(theta, packed);
  }
  void information(sim::Lanes const* theta, sim::Lanes* packed) const override {
    ++asked;
    inner_->information(theta, packed);
  }
  mutable int asked = 0;
};

TEST(Planted, ScoreAsksForTheInformationOnceWhereItIsPlanted) {
  auto setting = gamma_setting();
  auto const counting = std::make_shared<Counting>(setting.model.model);
  setting.model.model = counting;
  auto const planted = plant(setting, {.score_offset = 0.05});
  sim::Sample sample(6, 1);
  setting.data.model->draw(setting.data.theta, {1, 2, 3}, sample);
  std::vector<double> const elsewhere{3, 1.3};
  for (auto const& theta : {setting.model.theta, setting.model.theta, elsewhere}) {
    auto const sound = products(*setting.model.model, sample, theta);
    auto const off = products(*planted.model.model, sample, theta);
    std::vector<double> information(3);
    gamma_setting().model.model->information(theta, information.data());
    for (std::size_t a = 0; a < 2; ++a)
      EXPECT_NEAR((off.score[a] - sound.score[a])[5], 6 * 0.05 * std::sqrt(information[sim::packed_index(a, a)]),
                  1e-12);
  }
  EXPECT_EQ(counting->asked, 2);  // where it is planted, and elsewhere
}

TEST(Planted, InformationIsOffByItsFactorAndNothingElseIs) {
  auto const sound = gamma_setting();
  auto const planted = plant(sound, {.information_factor = 1.02});
  EXPECT_EQ(planted.note, "information x 1.02");
  auto const truth = test::information_of(sound.model);
  auto const stated = test::information_of(planted.model);
  auto const theta = lanes_of(sound.model.theta);
  std::vector<sim::Lanes> lanes(3);
  planted.model.model->information(theta.data(), lanes.data());
  for (std::size_t k = 0; k < 3; ++k) {
    EXPECT_EQ(stated[k], 1.02 * truth[k]);
    EXPECT_EQ(lanes[k][4], stated[k]);
  }
  sim::Sample sample(6, 1);
  planted.data.model->draw(planted.data.theta, {1, 2, 3}, sample);
  sim::Sample same(6, 1);
  sound.data.model->draw(sound.data.theta, {1, 2, 3}, same);
  auto const a = products(*sound.model.model, sample, sound.model.theta);
  auto const b = products(*planted.model.model, sample, sound.model.theta);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    for (int i = 0; i < 6; ++i) EXPECT_EQ(sample(i)[lane], same(i)[lane]);
    EXPECT_EQ(a.score[0][lane], b.score[0][lane]);
    EXPECT_EQ(a.outer[1][lane], b.outer[1][lane]);
    EXPECT_EQ(a.hessian[2][lane], b.hessian[2][lane]);
  }
}

TEST(Planted, InformationOfPartsIsOffToo) {
  auto const law = test::law("exponential_gamma_pair", {0.4, 2.5});
  auto const planted = plant({law, law, {}}, {.information_factor = 0.5});
  auto const parts = planted.model.model->offers().marginal_information(law.theta);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_NEAR(parts[0], 0.5 / 0.16, 1e-14);
  EXPECT_NEAR(parts[1], 0.5 * 2.5 / 0.16, 1e-13);
}

// The sums of a sample are recomputed from one observation at a time.
TEST(Planted, ScoreOfEachObservationIsOffByTheOffset) {
  auto const sound = gamma_setting();
  double const offset = 0.05;
  auto const planted = plant(sound, {.score_offset = offset});
  EXPECT_EQ(planted.note, "score + 0.05");
  auto const information = test::information_of(sound.model);
  double const shift[] = {offset * std::sqrt(information[0]), offset * std::sqrt(information[2])};
  sim::Sample sample(9, 1);
  sound.data.model->draw(sound.data.theta, {5, 6, 8}, sample);
  Products expected{lanes_of({0, 0}), lanes_of({0, 0, 0}), lanes_of({0, 0, 0})};
  for (std::int64_t i = 0; i < sample.n(); ++i) {
    sim::Sample one(1, 1);
    one(0) = sample(i);
    auto const single = products(*sound.model.model, one, sound.model.theta);
    sim::Lanes const s[] = {single.score[0] + shift[0], single.score[1] + shift[1]};
    for (std::size_t a = 0; a < 2; ++a) {
      expected.score[a] += s[a];
      for (std::size_t b = 0; b <= a; ++b) expected.outer[sim::packed_index(a, b)] += s[a] * s[b];
    }
    for (std::size_t k = 0; k < 3; ++k) expected.hessian[k] += single.hessian[k];
  }
  auto const found = products(*planted.model.model, sample, sound.model.theta);
  for (int lane = 0; lane < sim::lane_count; ++lane) {
    for (std::size_t a = 0; a < 2; ++a) EXPECT_NEAR(found.score[a][lane], expected.score[a][lane], 1e-12);
    for (std::size_t k = 0; k < 3; ++k) {
      EXPECT_NEAR(found.outer[k][lane], expected.outer[k][lane], 1e-11);
      EXPECT_NEAR(found.hessian[k][lane], expected.hessian[k][lane], 1e-11);
    }
  }
}

TEST(Planted, ScaleForRateDrawsFromTheReciprocal) {
  auto const planted = plant(gamma_setting(), {.scale_for_rate = true});
  EXPECT_EQ(planted.note, "scale for rate");
  EXPECT_EQ(planted.model.theta, (std::vector<double>{2.5, 1.3}));
  EXPECT_EQ(planted.data.theta, (std::vector<double>{2.5, 1 / 1.3}));
  auto const poisson = test::law("poisson", {3});
  EXPECT_THROW(plant({poisson, poisson, {}}, {.scale_for_rate = true}), InputError);
}

TEST(Planted, ShiftMovesTheDataByStandardDeviationsOfOneObservation) {
  auto const planted = plant(gamma_setting(), {.shift = 0.05});
  EXPECT_EQ(planted.note, "shift 0.05");
  EXPECT_EQ(planted.model.theta, (std::vector<double>{2.5, 1.3}));
  double const information = test::information_of(planted.model)[0];  // of the shape: psi'(2.5)
  EXPECT_DOUBLE_EQ(planted.data.theta[0], 2.5 + 0.05 / std::sqrt(information));
  EXPECT_EQ(planted.data.theta[1], 1.3);
  auto const normal_mean = test::law("normal_mean", {-4, 0.5});
  EXPECT_DOUBLE_EQ(plant({normal_mean, normal_mean, {}}, {.shift = -2}).data.theta[0], -5);
  auto const bernoulli = test::law("bernoulli", {0.9});  // a standard deviation is 0.3
  EXPECT_THROW(plant({bernoulli, bernoulli, {}}, {.shift = 0.5}), InputError);
}

TEST(Planted, SharedStreamsGiveTwoReplicatesOneSample) {
  auto const planted = plant(gamma_setting(), {.streams = Streams::shared});
  EXPECT_EQ(planted.note, "shared streams");
  sim::Sample sample(5, 1);
  planted.data.model->draw(planted.data.theta, {1, 2, 8}, sample);
  for (std::int64_t i = 0; i < 5; ++i)
    for (int lane = 0; lane < sim::lane_count; lane += 2) {
      EXPECT_EQ(sample(i)[lane], sample(i)[lane + 1]);
      EXPECT_NE(sample(i)[lane], sample(i)[(lane + 2) % sim::lane_count]);
    }
}

TEST(Planted, OverlappingStreamsAreShiftedByOneObservation) {
  auto const planted = plant(gamma_setting(), {.streams = Streams::overlapping});
  EXPECT_EQ(planted.note, "overlapping streams");
  sim::Sample sample(5, 1);
  planted.data.model->draw(planted.data.theta, {1, 2, 8}, sample);
  for (std::int64_t i = 0; i < 4; ++i) EXPECT_EQ(sample(i)[3], sample(i + 1)[2]);
  EXPECT_NE(sample(0)[3], sample(0)[2]);
}

TEST(Planted, CorrelatedStreamsShareTheirFirstObservation) {
  auto const planted = plant(gamma_setting(), {.streams = Streams::correlated});
  sim::Sample sample(5, 1);
  planted.data.model->draw(planted.data.theta, {1, 2, 8}, sample);
  EXPECT_EQ(sample(0)[7], sample(0)[6]);
  EXPECT_NE(sample(1)[7], sample(1)[6]);
}

TEST(Planted, DefectsAddUp) {
  EXPECT_FALSE(Defect().any());
  Defect const both{
      .information_factor = 0.98, .score_offset = -0.1, .scale_for_rate = true, .streams = Streams::shared};
  EXPECT_TRUE(both.any());
  EXPECT_TRUE(Defect{.shift = 0.1}.any());
  EXPECT_EQ(plant(gamma_setting(), both).note, "information x 0.98, score + -0.1, scale for rate, shared streams");
  EXPECT_EQ(plant(gamma_setting(), Defect()).note, "");
}

TEST(Planted, NumbersAreFinite) {
  double const nan = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(plant(gamma_setting(), {.information_factor = 0}), InputError);
  EXPECT_THROW(plant(gamma_setting(), {.information_factor = nan}), InputError);
  EXPECT_THROW(plant(gamma_setting(), {.score_offset = nan}), InputError);
  EXPECT_THROW(plant(gamma_setting(), {.shift = nan}), InputError);
}

}  // namespace
}  // namespace fisherlab::claims
