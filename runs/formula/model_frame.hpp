#pragma once

#include <optional>
#include <string>
#include <vector>

#include "estimators/regression/design.hpp"
#include "runs/data/reading.hpp"
#include "runs/formula/coding.hpp"

namespace fisherlab::runs {

/// What a response may be.
enum class ResponseKind {
  number,  ///< any
  share,   ///< 0 or 1, one of two words, or with weights a share of so many trials
  count,   ///< a whole number from 0 on
};

/// What to read of a CSV file, and how.
struct FrameSource {
  std::string file = {};
  std::string formula = {};
  ResponseKind response = ResponseKind::number;
  std::optional<std::string> weights = {};  ///< a column of weights
  std::optional<std::string> count = {};    ///< a column that says how often each row was observed
  std::optional<std::string> group = {};    ///< a column of any words that is no input
  Reading reading = {};
};

/// The rows of a table under a formula.
struct ModelFrame {
  std::string name;  ///< of the file
  Formula formula;
  std::string response;                          ///< "breaks", "log(time)"
  std::vector<std::string> outcomes;             ///< the two words of a response, the second counted as 1
  std::vector<CodedVariable> variables;          ///< as many as the formula has
  std::vector<std::string> columns;              ///< names of the coefficients
  std::vector<std::vector<std::size_t>> behind;  ///< of each, the variables it is made of
  estimators::RegressionData data;
  std::vector<std::string> groups;  ///< of each row; empty without `group`
  std::vector<int> rows;            ///< number of each row among all of the file, from 1
  std::vector<std::string> notes;   ///< what was recognised and left out, in sentences
  bool is_weighted = false;         ///< by weights
  bool is_counted = false;          ///< counts made several of one row
};

/// Reads it. Rows of weight or count 0 are left out, with a note. `like`: rows of another file whose levels these must
/// have.
/// @throws InputError naming file, line or place in the formula: what CsvTable and parse_formula() refuse, a column of
///   numbers and words, a factor of one level, a number that is not finite, a response or weights of the wrong kind,
///   missing values in the columns that are used unless they are skipped.
ModelFrame read_model_frame(FrameSource const& source, ModelFrame const* like = nullptr);

}  // namespace fisherlab::runs
