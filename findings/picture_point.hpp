#pragma once

#include <optional>
#include <string>

namespace fisherlab {

/// A point, a bar or an interval of a picture that shows what no other table of the run holds.
struct PicturePoint {
  std::string picture;           ///< its title
  std::string series;            ///< which curve, band or row of points
  std::string label = {};        ///< what stands beside it
  std::optional<double> x = {};  ///< none of a bar, which has ends alone
  std::optional<double> x_from = {};
  std::optional<double> x_to = {};
  std::optional<double> y = {};  ///< none of a row of a plot of intervals
  std::optional<double> y_from = {};
  std::optional<double> y_to = {};

  template <class Visit>
  static void fields(Visit const& field) {
    using P = PicturePoint;
    field("picture", "title of the picture on the page", &P::picture);
    field("series", "which curve, band or set of points of it", &P::series);
    field("label", "the name beside the point; empty where it has none", &P::label);
    field("x", "where it stands on the horizontal axis; empty for a bar", &P::x);
    field("x_from", "where a bar or a horizontal interval begins", &P::x_from);
    field("x_to", "where it ends", &P::x_to);
    field("y", "where it stands on the vertical axis; empty where the picture has none", &P::y);
    field("y_from", "where a vertical interval or a band begins", &P::y_from);
    field("y_to", "where it ends", &P::y_to);
  }
};

}  // namespace fisherlab
