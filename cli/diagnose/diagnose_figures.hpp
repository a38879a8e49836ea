#pragma once

#include <string>
#include <utility>
#include <vector>

#include "reports/page/diagnosis_plots.hpp"
#include "reports/page/figures.hpp"
#include "runs/diagnosis/advice.hpp"
#include "runs/diagnosis/pictures/data_pictures.hpp"

namespace fisherlab::cli {

reports::PlotBar plot_bar(runs::Bar const& bar);

/// The interval that is recommended for parameter a; empty where none is, or nothing was found out.
std::string advised_for(runs::Findings const* findings, std::size_t a);

/// A profile likelihood with all intervals under it; no script where it has too few points.
reports::Figure profile_figure(estimators::FittedParameter const& parameter,
                               std::vector<std::pair<double, double>> points, std::string const& advised, double level);

/// The simulated law of an estimate against the normal law.
reports::Figure sampling_figure(runs::ParameterDiagnosis const& p);

/// Coverage of Wald, score and likelihood ratio against n.
reports::Figure coverage_figure(std::vector<runs::CoverageAt> const& along, std::size_t a, double level);

}  // namespace fisherlab::cli
