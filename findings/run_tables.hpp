#pragma once

#include <string_view>
#include <vector>

#include "findings/attack_row.hpp"
#include "findings/attacked_pixel.hpp"
#include "findings/calibration.hpp"
#include "findings/diagnosis_rows.hpp"
#include "findings/far_row.hpp"
#include "findings/fields.hpp"
#include "findings/finding.hpp"
#include "findings/fit_row.hpp"
#include "findings/influence_row.hpp"
#include "findings/kept_estimates.hpp"
#include "findings/manifest.hpp"
#include "findings/performance.hpp"
#include "findings/picture_point.hpp"
#include "findings/pictures.hpp"
#include "findings/replicate_row.hpp"

namespace fisherlab {

/// What is known of a table of a run beside its rows.
struct TableCard {
  std::string_view file;        ///< in the run's folder
  std::string_view rows;        ///< what its rows are
  std::vector<RunKind> always;  ///< runs that write it with or without rows; others write it where it has rows
  bool is_for_reports = true;   ///< else it is written for other programs, and not read back
};

/// The tables of a run. One that the run does not have is empty.
struct RunTables {
  std::vector<Finding> findings;  ///< in the order of the questions; after an interruption those decided so far
  std::vector<FitRow> fit;
  std::vector<AdviceRow> advice;
  std::vector<GoodnessRow> goodness;
  std::vector<FunctionRow> functions;
  std::vector<ModelRow> models;
  std::vector<PerformanceRow> performance;
  std::vector<ConvergenceRow> convergence;
  PictureRows pictures;              ///< rows of `curves.csv`, `distributions.csv` and `intervals.csv`
  std::vector<PicturePoint> points;  ///< of pictures that show what no other table holds
  std::vector<ReplicateRow> noted;
  std::vector<InfluenceRow> influence;
  std::vector<LeaveOneOutRow> leave_one_out;
  std::vector<Cases> cases;
  std::vector<AttackRow> attack;
  std::vector<AttackedPixel> pixels;
  std::vector<KeptEstimates> estimates;
  std::vector<CalibrationRow> calibration;
  std::vector<FarRow> far;

  /// The list of all tables, from which writing, reading back and counting follow: calls `table` with the card and the
  /// way to the rows (fields.hpp).
  template <class Visit>
  static void list(Visit const& table) {
    using enum RunKind;
    constexpr auto pictures = &RunTables::pictures;
    table(TableCard{"findings.csv", "a finding", {verify}}, &RunTables::findings);
    table(TableCard{"fit.csv", "an interval of a parameter fitted to data", {diagnose}, false}, &RunTables::fit);
    table(TableCard{"advice.csv", "a parameter fitted to data", {}, false}, &RunTables::advice);
    table(TableCard{"goodness.csv", "a test or criterion of a fit", {}, false}, &RunTables::goodness);
    table(TableCard{"functions.csv", "an interval of a function of theta", {}, false}, &RunTables::functions);
    table(TableCard{"models.csv", "a family fitted to data", {}, false}, &RunTables::models);
    table(TableCard{"performance.csv", "a component of an estimator at a scenario", {verify, simulate, analyze}},
          &RunTables::performance);
    table(TableCard{"convergence.csv", "one n of a finding about a limit", {verify}}, &RunTables::convergence);
    table(TableCard{"curves.csv", "a point of a curve over n", {verify}}, pictures, &PictureRows::curves);
    table(TableCard{"distributions.csv", "a cell of the law of an estimate", {verify}}, pictures,
          &PictureRows::distributions);
    table(TableCard{"intervals.csv", "an interval of one replicate", {verify}}, pictures, &PictureRows::intervals);
    table(TableCard{"points.csv", "a point, bar or interval of a picture", {}, false}, &RunTables::points);
    table(TableCard{"replicates.csv", "a replicate that is worth a look", {}}, &RunTables::noted);
    table(TableCard{"influence.csv", "a removed training row and a test point", {influence}}, &RunTables::influence);
    table(TableCard{"leave_one_out.csv", "a removed training row and a parameter", {influence}, false},
          &RunTables::leave_one_out);
    table(TableCard{"rows.csv", "a training row and a parameter of a regression", {}, false}, &RunTables::cases);
    table(TableCard{"attack.csv", "a number of images, size of the box and direction", {}}, &RunTables::attack);
    table(TableCard{"attacked_image.csv", "a pixel of a training image that was moved", {}}, &RunTables::pixels);
    table(TableCard{"estimates.csv", "a replicate and component", {}, false}, &RunTables::estimates);
    table(TableCard{"calibration.csv", "a planted truth or defect", {calibrate}}, &RunTables::calibration);
    table(TableCard{"far.csv", "a finding examined at the level in use", {}, false}, &RunTables::far);
  }
};

/// Calls `visit(card, rows)` for each table of a run, in order.
template <class Tables, class Visit>
void for_each_table(Tables&& tables, Visit const& visit) {
  RunTables::list([&](TableCard const& card, auto... way) { visit(card, value_at(tables, way...)); });
}

/// A run as it stands in its folder.
struct RecordedRun : RunTables {
  Manifest manifest;  ///< what the run was
};

}  // namespace fisherlab
