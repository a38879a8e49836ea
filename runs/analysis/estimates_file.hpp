#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

#include "runs/data/reading.hpp"

namespace fisherlab::runs {

/// Where estimates that were made elsewhere stand in a CSV file. Long form: one column of estimates, and the methods in
/// a column `method`; wide form: a column of estimates for each method, the lists below as long as `estimates`, or
/// empty.
struct EstimateColumns {
  std::string truth;                          ///< a number, or the column that holds it
  std::vector<std::string> estimates;         ///< the estimates
  std::vector<std::string> std_errors = {};   ///< the standard errors that the fits report
  std::vector<std::string> lower = {};        ///< lower ends of their intervals
  std::vector<std::string> upper = {};        ///< upper ends
  std::vector<std::string> degrees = {};      ///< Student's degrees of freedom, numbers or columns; else normal
  std::vector<std::string> by = {};           ///< columns whose values make groups
  std::optional<std::string> method = {};     ///< the column that names the method; else `estimator` or `method` of by
  std::optional<std::string> replicate = {};  ///< what pairs the methods; else the column `replicate`, if there is one
};

/// What one replicate gave; NaN for what the file does not hold.
struct ReplicateEstimate {
  std::int64_t replicate = 0;  ///< the same number for what was estimated from the same sample
  double estimate = 0;
  double std_error = std::numeric_limits<double>::quiet_NaN();
  double lower = std::numeric_limits<double>::quiet_NaN();
  double upper = std::numeric_limits<double>::quiet_NaN();
};

/// The estimates of one method of one group.
struct EstimateGroup {
  std::string model;       ///< the column `model` of `by`; else the file's name, short
  std::string parameters;  ///< the column `parameters` of `by`, and "name=value" of others; else "truth=0.5"
  std::int64_t n = 0;      ///< the column `n` of `by`, if it holds whole numbers
  std::string estimator;   ///< the method: its value, or the name of the column of estimates
  std::string component;   ///< the column `component` of `by`; else "estimand"
  double truth = 0;
  std::vector<ReplicateEstimate> replicates;  ///< with a result, in the order of the file
  std::int64_t failed = 0;  ///< replicates that miss the estimate, or another number that is asked for
};

/// Estimates as read.
struct Estimates {
  std::string name;                   ///< of the file, without folder and extension
  std::vector<EstimateGroup> groups;  ///< in order of first appearance, the methods of a group one after the other
  std::vector<std::string> notes;     ///< what was recognised and left out, in sentences
  bool are_paired = false;            ///< whether replicates of different methods are known to be of the same sample
  bool have_std_errors = false;
  bool have_intervals = false;  ///< reported ones, or of standard errors
  std::string digest;           ///< SHA-256 of all that was read
};

/// Reads them. `level`: of the intervals estimate -+ c std_error, where no ends are given. A cell that is missing or
/// not finite in a column of estimates, standard errors, ends or degrees is a failed fit; other columns follow the rule
/// of the reading for missing values.
/// @throws InputError naming file, line and remedy: what CsvTable refuses, a column that is not there, lists of unequal
///   length, text where a number should be, a negative standard error, ends in the wrong order, a truth that differs
///   within a group, a replicate that is twice in a group.
Estimates read_estimates(std::string const& path, EstimateColumns const& columns, Reading const& reading, double level);

}  // namespace fisherlab::runs
