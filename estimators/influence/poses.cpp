#include "estimators/influence/poses.hpp"

#include <cmath>
#include <string>

#include "base/expects.hpp"
#include "sim/random/stream.hpp"

namespace fisherlab::estimators::influence {
namespace {

/// Pixels of a square, line by line.
class Picture {
 public:
  Picture(Vector const& pixels, int side, double background) : pixels_(pixels), side_(side), background_(background) {}

  int side() const { return side_; }
  double centre() const { return 0.5 * (side_ - 1); }

  /// Between four pixels, at (x, y) of the line y from above.
  double at(double x, double y) const {
    double const left = std::floor(x), above = std::floor(y), p = x - left, q = y - above;
    auto const pixel = [&](double column, double line) {
      if (column < 0 || line < 0 || column >= side_ || line >= side_) return background_;
      return pixels_[static_cast<Eigen::Index>(line) * side_ + static_cast<Eigen::Index>(column)];
    };
    return (1 - q) * ((1 - p) * pixel(left, above) + p * pixel(left + 1, above)) +
           q * ((1 - p) * pixel(left, above + 1) + p * pixel(left + 1, above + 1));
  }

 private:
  Vector const& pixels_;
  int side_;
  double background_;
};

double within(sim::Stream<double>& stream, double most) { return most * (2 * stream.open_uniform() - 1); }

Vector pose_of(Picture const& picture, PoseRange const& range, sim::Stream<double>& stream) {
  double const t = within(stream, range.half_turn), scale = 1 + within(stream, range.scale);
  double const to_right = picture.side() * within(stream, range.shift);
  double const down = picture.side() * within(stream, range.shift);
  double const cosine = (1 - t * t) / (1 + t * t), sine = 2 * t / (1 + t * t);
  Vector result(picture.side() * picture.side());
  for (int line = 0; line < picture.side(); ++line)
    for (int column = 0; column < picture.side(); ++column) {
      double const u = (column - picture.centre() - to_right) / scale, v = (line - picture.centre() - down) / scale;
      result[line * picture.side() + column] =
          picture.at(picture.centre() + cosine * u + sine * v, picture.centre() - sine * u + cosine * v);
    }
  return result;
}

}  // namespace

Matrix poses(Vector const& picture, int count, PoseRange const& range, double background, sim::StreamKey const& key) {
  auto const side = static_cast<int>(std::lround(std::sqrt(static_cast<double>(picture.size()))));
  expects(side >= 2 && Eigen::Index{side} * side == picture.size(), "poses are of square pictures, and " +
                                                                        std::to_string(picture.size()) +
                                                                        " inputs are none, use the group margins");
  sim::Stream<double> stream(key);
  Picture const drawn(picture, side, background);
  Matrix result(count, picture.size());
  for (int k = 0; k < count; ++k) result.row(k) = pose_of(drawn, range, stream).transpose();
  return result;
}

}  // namespace fisherlab::estimators::influence
