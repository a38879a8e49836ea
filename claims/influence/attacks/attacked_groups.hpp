#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "claims/experiment.hpp"
#include "claims/options.hpp"
#include "estimators/influence/attack.hpp"
#include "estimators/influence/problems/split.hpp"

namespace fisherlab::claims {

/// Test rows that are attacked together.
inline constexpr int group_size = 30;

/// What a case of an attack on groups asks for.
struct GroupPlan {
  double box = 0;
  std::vector<double> boxes;  ///< of state = smallest-box
  int images = 1, steps = 0, splits = 0, network_rows = 0;
  double decay = 0;         ///< weight decay of the network
  double whiten = 0;        ///< added to the variances of the inputs before they are evened out; 0: they are not
  bool has_network = true;  ///< else the head sees the inputs themselves
  bool has_poses = true;    ///< the group is of one object; else of 30 rows with small margins
  bool random = false;      ///< corners in the place of the influence
  std::string state;
  double target = 0, family_error = 0;
};

/// The options of the claim, and the plan that a case's make. @throws InputError for one that is none.
std::vector<ClaimOption> group_options();
GroupPlan group_plan(DataCase const& the_case);

/// What one repetition came to.
struct Repetition {
  double flipped = 0;                           ///< share of the group
  double largest = 0;                           ///< change of one input
  double growth = 0;                            ///< of the group's mean loss
  double predicted = 0;                         ///< the same by the first order, step by step
  double lost = 0;                              ///< share of right predictions of the held-out rows, before less after
  int label = 0;                                ///< class of the image that was moved
  estimators::influence::Vector before, after;  ///< that image, the strongest of several
};

/// A repetition as numbers, the image where it `shows` it.
std::vector<double> numbers_of(Repetition const& repetition, bool shows);
/// The repetition that came to these numbers.
Repetition repetition_in(std::vector<double> const& numbers);
/// Whether one whose image has so many inputs, 0 where it is not shown, could have come to these numbers.
bool is_repetition(std::vector<double> const& numbers, int inputs);

/// Attacks on groups of held-out rows below one network, which rows train that serve for nothing else.
class AttackedGroups {
 public:
  AttackedGroups(DataCase const& the_case, GroupPlan const& plan, std::uint64_t seed);

  /// Draws the head's rows and the group, and attacks it within `box`. A function of the seed and the number alone.
  /// @throws InputError where there is no such group, or a refit fails.
  Repetition repetition(int number, double box) const;

 private:
  DataCase the_case_;
  GroupPlan plan_;
  std::uint64_t seed_;
  estimators::influence::Data pool_;
  estimators::influence::FrozenFeatures features_;
};

}  // namespace fisherlab::claims
