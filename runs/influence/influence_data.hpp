#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "estimators/influence/analysis/analysis.hpp"
#include "runs/data/reading.hpp"

namespace fisherlab::runs {

/// Where the rows of an influence run come from. Without `test` and `holdout` there are no test rows.
struct InfluenceSource {
  std::string file;                         ///< CSV with a header line
  std::optional<std::string> label = {};    ///< the column to predict (LabelledOptions)
  bool classification = true;               ///< the label names a class; else it is a number
  std::optional<std::string> test = {};     ///< a file of test rows
  std::optional<double> holdout = {};       ///< the share of the rows held out as test rows, of each class the same
  std::optional<std::string> group = {};    ///< a column whose values name rows that are removed together
  bool standardised = false;                ///< z-scores of the inputs, by the training rows
  std::uint64_t seed = 1;                   ///< of the rows held out
  Reading reading = {};                     ///< how the files are written
  std::optional<std::string> formula = {};  ///< makes inputs and label of the columns, in place of `label`
  bool counts = false;                      ///< with a formula: the label is a count
  std::optional<std::string> weights = {};  ///< with a formula: a column of weights of the rows
};

/// The rows of an influence run.
struct InfluenceData {
  std::string name;                                  ///< of the file, without folder and ending
  std::string formula;                               ///< that the inputs are made by, or empty
  std::string label;                                 ///< name of the label column
  std::string weights;                               ///< name of the column of weights, or empty
  estimators::influence::Data train;                 ///< rows that train
  estimators::influence::Data test;                  ///< rows that test; none where those of training stand in
  std::vector<int> train_rows;                       ///< rows of their files, from 1
  std::vector<int> test_rows;                        ///< the same of the test rows
  std::string test_source;                           ///< in words: where the test rows come from
  std::vector<std::string> notes;                    ///< what was recognised and left out of the files, in sentences
  bool tests_itself = false;                         ///< there are no test rows: those of training stand in
  bool standardised = false;                         ///< the inputs are z-scores
  std::string group;                                 ///< name of the column of groups, or empty
  std::vector<estimators::influence::Group> groups;  ///< of training rows, sorted by name

  /// The rows whose losses are looked at.
  estimators::influence::Data const& tested() const { return tests_itself ? train : test; }
  /// Whether the label names a class.
  bool classifies() const { return !train.classes.empty(); }
};

/// @throws InputError in one sentence, for whatever is wrong with the files (read_labelled_table), a share that leaves
///   no row to train or to test, or test rows asked for twice.
InfluenceData read_influence_data(InfluenceSource const& source);

/// The largest over the smallest standard deviation among the inputs that vary.
double scale_ratio(estimators::influence::Data const& data);

}  // namespace fisherlab::runs
