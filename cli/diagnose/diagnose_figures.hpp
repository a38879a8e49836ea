#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/page/diagnosis_plots.hpp"
#include "reports/page/figures.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/diagnosis.hpp"
#include "runs/diagnosis/pictures/data_pictures.hpp"

namespace fisherlab::cli {

reports::PlotBar plot_bar(runs::Bar const& bar);

/// Gives pictures that stand side by side one vertical scale.
void share_height(std::vector<reports::BarPlot>& plots);

/// "Lognormal" of "Lognormal (mean and standard deviation of the logarithm)", for which a key has no room.
std::string short_title(std::string const& title);

/// The interval that is recommended for parameter a; empty where none is, or nothing was found out.
std::string advised_for(runs::Findings const* findings, std::size_t a);

/// A profile likelihood with all intervals under it; no script where it has too few points.
reports::Figure profile_figure(estimators::FittedParameter const& parameter,
                               std::vector<std::pair<double, double>> points, std::string const& advised, double level);

/// What the intervals are worth: for each parameter the simulated law of its estimate against the normal law, then for
/// each the coverage of Wald, score and likelihood ratio against n, on one scale for all parameters.
std::vector<reports::Figure> worth_figures(runs::Diagnosis const& diagnosis, std::vector<runs::CoverageAt> const& along,
                                           double level);

}  // namespace fisherlab::cli
