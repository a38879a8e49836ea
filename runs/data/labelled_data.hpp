#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "estimators/influence/problems/data.hpp"
#include "runs/data/reading.hpp"

namespace fisherlab::runs {

/// What to read of a CSV file.
struct LabelledOptions {
  std::string file = {};  ///< its path
  /// The column to predict; else the first of `label`, `target`, `class`, `species`, `y` (letter case ignored), else
  /// the last column.
  std::optional<std::string> label = {};
  bool classification = true;             ///< the label names a class; else it is a number
  std::optional<std::string> group = {};  ///< a column of any text that is no input
  Reading reading = {};                   ///< how the file is written
};

/// A data set with what else its file says.
struct LabelledData {
  estimators::influence::Data data;  ///< inputs and targets
  std::string label;                 ///< name of the label column
  std::vector<std::string> groups;   ///< of each row; empty without `group`
  std::vector<int> rows;             ///< number of each row among all of the file, from 1
  std::vector<std::string> notes;    ///< what was recognised and left out of the file, in sentences
};

/// Reads a CSV file with a header line: one label column, every other column an input. Classes are sorted by name, or
/// by value where all are numbers. A constant column is no error.
/// @throws InputError naming file, line and remedy: whatever CsvTable refuses, no header, an unknown, repeated
///   or nameless column, an input that is no number, missing values unless skipped, fewer than three rows, one class
///   only, a class of one row, numbers of many values taken for classes.
LabelledData read_labelled_table(LabelledOptions const& options);
/// The same without groups.
estimators::influence::Data read_labelled(LabelledOptions const& options);

/// Test data for a training set: the same columns in any order, and no class but those of `like`.
/// @throws InputError as read_labelled().
LabelledData read_test_table(LabelledOptions const& options, LabelledData const& like);
/// The same without the rest.
estimators::influence::Data read_test(LabelledOptions const& options, LabelledData const& like);

/// A data set that comes with the program, as "digits.csv": beside the installed program, else in the source tree.
std::filesystem::path shipped_data(std::string const& name);

}  // namespace fisherlab::runs
