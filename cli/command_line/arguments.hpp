#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "claims/shipped.hpp"
#include "cli/command_line/values.hpp"

namespace fisherlab::cli {

/// An option or an argument by place, as `--help` shows it.
struct ArgumentText {
  std::string name{};        ///< "--out"; "STUDY" for an argument by place
  Value value{};             ///< its word, as "DIR" or "FORMAT,..."; empty for a flag; the name for one by place
  std::string unless_set{};  ///< its value then; empty where `meaning` tells or there is none
  std::string meaning{};
  bool is_needed = false;
  bool is_many = false;  ///< an argument by place that may be repeated

  /// "--out DIR", "--quiet", "STUDY".
  std::string label() const { return value.word.empty() || value.word == name ? name : name + " " + value.word; }
};

/// Where the text of an argument goes, as the user gave it: numbers stay text, so that the subcommand reads every one
/// with the messages of base/text/parse.hpp. What was left out keeps its value.
using Target = std::variant<std::string*, std::optional<std::string>*, std::vector<std::string>*, bool*>;

struct Argument {
  ArgumentText text;
  Target target;
};

/// Collects what a subcommand takes. The variables must outlive the parse.
///
/// What is marked as needed is shown so in `--help`; the subcommand itself tells of its absence.
class Arguments {
 public:
  /// `catalogue`: what models, claims and estimators there are; it outlives the run.
  explicit Arguments(claims::Catalogue const& catalogue = claims::shipped()) : catalogue_(&catalogue) {}
  claims::Catalogue const& catalogue() const { return *catalogue_; }

  /// An argument by place, called by the word of its value.
  ArgumentText& place(Value value, std::string& target, std::string meaning);
  ArgumentText& place(Value value, std::optional<std::string>& target, std::string meaning);

  /// All arguments from there on.
  ArgumentText& places(Value value, std::vector<std::string>& target, std::string meaning);

  /// An option that takes a value. That of a plain string is shown as what holds unless it is set.
  ArgumentText& option(std::string name, Value value, std::string& target, std::string meaning);
  ArgumentText& option(std::string name, Value value, std::optional<std::string>& target, std::string meaning);

  ArgumentText& flag(std::string name, bool& target, std::string meaning);

  /// Where the whole command line goes, "fisherlab verify smoke --seed 7".
  void command_line(std::string& target) { command_line_ = &target; }

  std::vector<Argument> const& places() const { return places_; }
  std::vector<Argument> const& options() const { return options_; }

  /// Hands the command line to who asked for it.
  void tell(std::string const& command_line) const {
    if (command_line_ != nullptr) *command_line_ = command_line;
  }

 private:
  claims::Catalogue const* catalogue_;
  std::vector<Argument> places_;
  std::vector<Argument> options_;
  std::string* command_line_ = nullptr;
};

}  // namespace fisherlab::cli
