#pragma once

#include <vector>

#include "estimators/influence/problems/features.hpp"
#include "estimators/influence/removals/removal.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::estimators::influence {

/// A classifier on frozen features: the last layer of a network trained anew, or logistic regression on the inputs.
/// Two classes have a logistic head, more a softmax head, with penalty l2.
class FeatureHead {
 public:
  /// Trains the head on the training rows; `train` must outlive it.
  /// @throws InputError, with numbers, when that does not end in a minimum.
  FeatureHead(FrozenFeatures features, Data const& train, double l2);

  /// What the head sees of an input.
  FrozenFeatures const& features() const { return features_; }
  /// The training rows as they were given.
  Data const& train() const { return *train_; }
  /// The same rows with their features for inputs.
  Data const& embedded() const { return embedded_; }
  /// Logistic for two classes, softmax for more.
  AnyProblem const& problem() const { return problem_; }
  /// The penalty.
  double l2() const { return l2_; }
  /// The parameters of the head at its minimum.
  Vector const& theta() const { return theta_; }

  /// The class of largest probability for an embedded row under `theta`.
  int predicted(Data const& embedded, int row, Vector const& theta) const;

 private:
  FrozenFeatures features_;
  Data const* train_;
  Data embedded_;
  AnyProblem problem_;
  double l2_;
  Vector theta_;
};

/// Derivative of the loss of `test` (one embedded row) with respect to the input x of each of `rows`, the head
/// refitted:
///   -(1/n) (d phi/dx)' grad_phi [s' grad_theta L(phi, y, theta)],   s = H^{-1} grad L_test.
/// One row of the result (rows x d) each. `embedded` holds the features of all training rows, `inputs` their inputs.
Matrix input_influence(FeatureHead const& head, Data const& embedded, Matrix const& inputs, Vector const& theta,
                       Data const& test, std::vector<int> const& rows);

/// Along the influence, or at random for comparison.
enum class AttackDirection { influence, random };

/// How far an attack goes.
struct AttackSettings {
  int images = 1;                                          ///< training rows that are moved
  double box = 0;                                          ///< largest change of one input
  double low = 0;                                          ///< no input is moved below
  double high = 1;                                         ///< or above
  int steps = 20;                                          ///< along the influence; a random direction has one
  double grey = 0;                                         ///< of a group: images end on whole ones; 0: anywhere
  AttackDirection direction = AttackDirection::influence;  ///< which way inputs are moved
};

/// What an attack on the prediction of one test row did.
struct Attacked {
  bool flipped = false;    ///< the class predicted is another one than before
  int steps = 0;           ///< taken until it flipped, or all
  std::vector<int> rows;   ///< training rows that were moved
  Matrix inputs;           ///< their inputs after it, rows x d
  double loss_before = 0;  ///< of the test row
  double loss_after = 0;   ///< of the same row, the head refitted
};

/// Moves the `images` training inputs with the largest sum of |input_influence|, which is the first-order gain in a box
/// of size 1, so that the loss of `test` (one row, as the training rows are given) grows: steps of box/5 along the sign
/// of input_influence, kept within the box around where they were and within [low, high], the head refitted after each.
/// `random`: the same rows, moved once to a corner of the box that is drawn with the stream at `key`.
/// @throws InputError when a refit fails, for more images than rows or a negative box.
/// Source: Koh and Liang (2017), ICML, section 5.2.
Attacked attack(FeatureHead const& head, Data const& test, AttackSettings const& settings, sim::StreamKey const& key);

/// What an attack on the mean loss of a group of test rows did.
struct GroupAttacked {
  std::vector<int> rows;   ///< training rows that were moved, the strongest first
  Matrix inputs;           ///< where they ended, rows x d
  int wrong_before = 0;    ///< test rows of the group that the head has wrong
  int wrong_after = 0;     ///< the same, the head refitted
  double loss_before = 0;  ///< mean over the group
  double loss_after = 0;   ///< the same, the head refitted
  double predicted = 0;    ///< its growth by the first order, summed over the steps up to the best
  Vector theta;            ///< of the head after it
};

/// Moves the `settings.images` training inputs of largest first-order gain for the mean loss of `group`, in
/// `settings.steps` steps of 4 box/steps along the sign of input_influence, within the box and [low, high], the head
/// refitted after each; of all iterates the one with the largest mean loss counts, rounded towards where they were to
/// whole `settings.grey` and the head refitted. `random`: the same rows at as many random corners of the box, of which
/// the one counts that has most of the group wrong.
/// @throws InputError when a refit fails, for more images than rows, or for a negative box.
/// Source: Koh and Liang (2017), ICML, section 5.2, for the mean loss of a group.
GroupAttacked attack_group(FeatureHead const& head, Data const& group, AttackSettings const& settings,
                           sim::StreamKey const& key);

}  // namespace fisherlab::estimators::influence
