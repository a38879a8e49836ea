#pragma once

#include <span>
#include <vector>

#include "findings/attacked_pixel.hpp"
#include "reports/page/figures.hpp"

namespace fisherlab::reports {

/// A training image before an attack, after it, and the difference, side by side; a picture for each image. Black is
/// the least value of the two images and white the most; in the difference grey is none and white and black are the
/// box.
std::vector<Figure> attacked_image_figures(std::span<AttackedPixel const* const> pixels);

}  // namespace fisherlab::reports
