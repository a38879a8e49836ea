#pragma once

#include <vector>

#include "estimators/influence/problems/data.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::estimators::influence {

/// How far poses of a picture lie from it at most; each part is drawn uniformly.
struct PoseRange {
  double half_turn = 0.063;  ///< tan(a/2) of the rotation by a, either way: 7.2 degrees
  double scale = 0.06;       ///< share by which it is larger or smaller
  double shift = 0.032;      ///< along either axis, in sides: 0.9 of 28 pixels
};

/// Poses of one picture, one a row: rotated, scaled and shifted about its centre, as a camera would see one object
/// again. A picture is the d = side^2 pixels of a square, line by line. A pose is
///   y(u) = x(R(-a) (u - t)/(1 + s)),
/// x between pixels by bilinear interpolation and `background` outside.
/// @throws InputError unless the picture is a square of two pixels or more a side.
Matrix poses(Vector const& picture, int count, PoseRange const& range, double background, sim::StreamKey const& key);

}  // namespace fisherlab::estimators::influence
