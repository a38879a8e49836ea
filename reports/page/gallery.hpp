#pragma once

#include <functional>
#include <kainjow/mustache.hpp>
#include <string>
#include <vector>

#include "reports/page/figures.hpp"

namespace fisherlab::reports {

/// Draws all figures of the page at the end, with one process: pieces of the page keep the number of their picture.
class Gallery {
 public:
  /// `beside_data`: whether the page stands where the run's files are, so that links to them lead somewhere.
  explicit Gallery(bool beside_data = false) : beside_data_(beside_data) {}

  /// The figures as a list for the template.
  kainjow::mustache::data add(std::vector<Figure> figures);

  /// False when there is something to draw and nothing to draw it with.
  bool draw(std::string const& gnuplot, std::function<bool()> const& stop);

  /// Puts the pictures in their places; whether they could be drawn was asked before the page was rendered.
  std::string hang(std::string const& page) const;

 private:
  bool beside_data_;
  std::vector<std::string> scripts_;
  std::vector<std::string> pictures_;
};

}  // namespace fisherlab::reports
