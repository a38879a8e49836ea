#pragma once

#include <string>

namespace fisherlab {

/// A pixel of a training image, before and after an attack moved it.
struct AttackedPixel {
  std::string claim;
  std::string data;
  std::string model;
  double l2 = 0;
  double box = 0;
  std::string direction;
  std::string label;
  int flipped = 0;
  int trials = 0;
  int line = 0;
  int column = 0;
  double before = 0;
  double after = 0;

  template <class Visit>
  static void fields(Visit const& field) {
    field("claim", "id of the claim", &AttackedPixel::claim);
    field("data", "the data set", &AttackedPixel::data);
    field("model", "the model fitted to it", &AttackedPixel::model);
    field("l2", "weight of the penalty", &AttackedPixel::l2);
    field("box", "largest change of one coordinate of an input, in its unit", &AttackedPixel::box);
    field("direction", "`sign`: along the influence; `random`: the best of random corners", &AttackedPixel::direction);
    field("label", "class of the image", &AttackedPixel::label);
    field("flipped", "predictions of its group that turned wrong", &AttackedPixel::flipped);
    field("trials", "size of the group", &AttackedPixel::trials);
    field("line", "of the pixel, from above, from 1", &AttackedPixel::line);
    field("column", "of the pixel, from the left, from 1", &AttackedPixel::column);
    field("before", "its value", &AttackedPixel::before);
    field("after", "its value after the attack", &AttackedPixel::after);
  }
};

}  // namespace fisherlab
