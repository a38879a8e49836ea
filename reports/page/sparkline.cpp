#include "reports/page/sparkline.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>

#include "reports/page/html_text.hpp"

namespace fisherlab::reports {
namespace {

constexpr double width = 160, height = 24, edge = 3;

/// Where the values of a series stand in the picture.
class Scale {
 public:
  explicit Scale(Sparkline const& line) : count_(line.values.size()) {
    for (double const value : line.values) include(value);
    if (line.level) include(*line.level);
    if (line.from_zero) include(0);
  }

  bool is_empty() const { return !(least_ <= largest_); }
  double x(double index) const {
    return count_ < 2 ? width / 2 : edge + (width - 2 * edge) * index / static_cast<double>(count_ - 1);
  }
  double y(double value) const {
    double const share = largest_ > least_ ? (value - least_) / (largest_ - least_) : 0.5;
    return height - edge - (height - 2 * edge) * share;
  }

 private:
  void include(double value) {
    if (!std::isfinite(value)) return;
    least_ = std::min(least_, value);
    largest_ = std::max(largest_, value);
  }

  std::size_t count_;
  double least_ = std::numeric_limits<double>::infinity();
  double largest_ = -std::numeric_limits<double>::infinity();
};

/// The path through the values, in pieces where one is missing.
std::string path_of(std::vector<double> const& values, Scale const& scale) {
  std::string path;
  bool is_drawing = false;
  for (std::size_t k = 0; k < values.size(); ++k) {
    if (!std::isfinite(values[k])) {
      is_drawing = false;
      continue;
    }
    path += fmt::format("{}{:.1f} {:.1f}", is_drawing ? "L" : "M", scale.x(static_cast<double>(k)), scale.y(values[k]));
    is_drawing = true;
  }
  return path;
}

}  // namespace

std::string sparkline_svg(Sparkline const& line, std::string const& words) {
  Scale const scale(line);
  bool const has_value = std::ranges::any_of(line.values, [](double value) { return std::isfinite(value); });
  if (scale.is_empty() || !has_value) return {};
  std::string inside;
  if (line.level) inside += fmt::format("<path class=\"level\" d=\"M0 {0:.1f}H{1:g}\"/>", scale.y(*line.level), width);
  if (line.step_before)
    inside += fmt::format("<path class=\"step\" d=\"M{0:.1f} 0V{1:g}\"/>",
                          scale.x(static_cast<double>(*line.step_before) - 0.5), height);
  inside += fmt::format("<path class=\"line\" d=\"{}\"/>", path_of(line.values, scale));
  if (std::isfinite(line.values.back()))
    inside += fmt::format("<circle cx=\"{:.1f}\" cy=\"{:.1f}\" r=\"2.2\"/>",
                          scale.x(static_cast<double>(line.values.size() - 1)), scale.y(line.values.back()));
  return fmt::format("<svg class=\"spark\" viewBox=\"0 0 {:g} {:g}\" role=\"img\" aria-label=\"{}\">{}</svg>", width,
                     height, html_attribute(words), inside);
}

}  // namespace fisherlab::reports
