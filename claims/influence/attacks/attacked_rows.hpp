#pragma once

#include <cstdint>
#include <vector>

#include "base/statistics/proportion.hpp"
#include "claims/experiment.hpp"
#include "estimators/influence/attack.hpp"
#include "estimators/influence/problems/split.hpp"

namespace fisherlab::claims {

/// What a case of the attack asks for.
struct AttackPlan {
  std::vector<double> boxes;
  std::vector<double> images;
  int points = 0;
  double target = 0;
  double decay = 0;      ///< weight decay of the network whose features are frozen
  bool flipped = false;  ///< measures flips, else growth of the loss
  bool random = false;
};

/// The plan that the options of a case make. @throws InputError for one that is none.
AttackPlan attack_plan(DataCase const& the_case);

/// One kind of attack on every test row.
struct Attempt {
  int images = 0;
  double box = 0;
  estimators::influence::AttackDirection direction = estimators::influence::AttackDirection::influence;
  Counts flips;
};

std::vector<Attempt> attempts_of(AttackPlan const& plan);

/// The attack that the finding is about: most images, largest box.
bool is_last(AttackPlan const& plan, Attempt const& attempt);

/// What one test row came to.
struct Outcome {
  int p = 0;            ///< parameters of the head
  bool strong = false;  ///< the last attack in the plan's direction against a random corner
  std::vector<bool> flipped;
};

/// As numbers: p, strong, flipped by each attempt.
std::vector<double> numbers_of(Outcome const& outcome);
/// What came to these numbers.
Outcome outcome_in(std::vector<double> const& numbers);
/// Whether a row could have come to these; to none where fewer test rows are right than are to be attacked.
bool is_outcome(std::vector<double> const& numbers, std::size_t attempts);

/// A trained network, its head, and the test rows that are attacked: those that the head has right, drawn at random.
class AttackedRows {
 public:
  /// @throws InputError where no test row is right, or the head has no minimum.
  AttackedRows(DataCase const& the_case, AttackPlan const& plan, std::uint64_t seed);
  AttackedRows(AttackedRows const&) = delete;  // the head knows where its rows are
  AttackedRows& operator=(AttackedRows const&) = delete;

  /// All attempts on one of the rows, as numbers; none where there are fewer rows.
  std::vector<double> attack(int number) const;

 private:
  AttackPlan plan_;
  std::vector<Attempt> attempts_;
  std::uint64_t seed_;
  estimators::influence::Split split_;
  estimators::influence::FeatureHead head_;
  std::vector<int> rows_;
};

}  // namespace fisherlab::claims
