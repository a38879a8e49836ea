#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "reports/page/figures.hpp"

namespace fisherlab::reports {

/// Some figures under a heading.
struct FigurePart {
  std::string heading;
  std::vector<Figure> figures;
};

/// Takes the points of all figures for `points.csv`, and says of each figure which rows are its own.
std::vector<PicturePoint> kept_points(std::vector<FigurePart>& parts);

/// What the page of a diagnosis shows, from top to bottom.
struct DiagnosisPage {
  std::string heading;                                     ///< "weibull fitted to ball_bearings.csv"
  std::string lead;                                        ///< whether the data refute the model
  bool is_refuted = false;                                 ///< the banner is then that of a failure
  std::vector<std::string> advice;                         ///< sentences
  std::vector<std::pair<std::string, std::string>> facts;  ///< name and value: data, n, seed, program
  std::vector<FigurePart> parts;
  std::string text;  ///< all tables, as on the terminal
};

/// The bytes of `report.html` of a diagnosis: one page that needs no other file. Without gnuplot it says so and has no
/// pictures. Every text is escaped.
std::string diagnosis_html(DiagnosisPage page, std::string const& gnuplot = "gnuplot",
                           std::function<bool()> const& stop = {});

}  // namespace fisherlab::reports
