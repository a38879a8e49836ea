#pragma once

#include <cstdint>
#include <string>

namespace fisherlab {

/// Test predictions that flip when a few training inputs are moved within a box.
struct AttackRow {
  std::string data;
  std::string model;
  int n = 0;
  int p = 0;
  double l2 = 0;
  int images = 0;
  double box = 0;
  std::string direction;
  std::int64_t flipped = 0;
  std::int64_t trials = 0;
  double lower = 0;
  double upper = 0;

  template <class Visit>
  static void fields(Visit const& field) {
    field("data", "the data set", &AttackRow::data);
    field("model", "the model fitted to it", &AttackRow::model);
    field("n", "training rows", &AttackRow::n);
    field("p", "parameters", &AttackRow::p);
    field("l2", "weight of the penalty", &AttackRow::l2);
    field("images", "training inputs that are moved", &AttackRow::images);
    field("box", "largest change of one coordinate of an input, in its unit", &AttackRow::box);
    field("direction", "`sign`: along the influence; `random`: signs drawn at random, the control",
          &AttackRow::direction);
    field("flipped", "test predictions that were right and turned wrong", &AttackRow::flipped);
    field("trials", "test predictions that were right before", &AttackRow::trials);
    field("lower", "lower end of the interval of the share that flipped: Wilson's, of a group Hoeffding's",
          &AttackRow::lower);
    field("upper", "upper end of it", &AttackRow::upper);
  }
};

}  // namespace fisherlab
