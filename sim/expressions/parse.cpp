#include "sim/expressions/parse.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "sim/expressions/tokens.hpp"
#include "sim/models/parts/constants.hpp"

namespace fisherlab::sim {
namespace {

struct Function {
  std::string_view name;
  Operation operation;
  int arguments = 1;
};
constexpr std::array<Function, 19> functions = {{{"log", Operation::log},
                                                 {"log1p", Operation::log1p},
                                                 {"exp", Operation::exp},
                                                 {"expm1", Operation::expm1},
                                                 {"sqrt", Operation::sqrt},
                                                 {"abs", Operation::abs},
                                                 {"floor", Operation::floor},
                                                 {"sin", Operation::sin},
                                                 {"cos", Operation::cos},
                                                 {"tanh", Operation::tanh},
                                                 {"atan", Operation::atan},
                                                 {"lgamma", Operation::lgamma},
                                                 {"digamma", Operation::digamma},
                                                 {"erf", Operation::erf},
                                                 {"erfc", Operation::erfc},
                                                 {"normal_cdf", Operation::normal_cdf},
                                                 {"min", Operation::min, 2},
                                                 {"max", Operation::max, 2},
                                                 {"if", Operation::choose, 3}}};
constexpr int most_depth = 200;

Function const* find_function(std::string const& name) {
  auto const* const place = std::ranges::find(functions, std::string_view(name), &Function::name);
  return place == functions.end() ? nullptr : place;
}

std::string shown(std::string const& word) { return clipped(printable(word), 40); }

class Parser {
 public:
  Parser(ExpressionGraph& graph, ExpressionText const& text, ExpressionNames const& names)
      : graph_(graph), text_(text), names_(names), tokens_(tokens_of(text)) {}

  NodeId whole() {
    NodeId const result = number(either());
    if (!now().is_end())
      text_.refuse(now().place, "has '" + shown(now().text) + "' where an operator or its end belongs, correct it");
    return result;
  }

 private:
  /// A part, and where it began; a condition is no number.
  struct Part {
    NodeId node = no_node;
    std::size_t place = 0;
    bool is_condition = false;
  };

  ExpressionToken const& now() const { return tokens_[at_]; }
  bool take(std::string_view word) {
    if (!now().is(word)) return false;
    ++at_;
    return true;
  }

  NodeId number(Part const& part) const {
    if (part.is_condition)
      text_.refuse(part.place, "has a condition where a number belongs, choose by if(condition, a, b)");
    return part.node;
  }
  NodeId condition(Part const& part) const {
    if (!part.is_condition)
      text_.refuse(part.place, "has a number where a condition belongs, compare it, as in if(x < 1, a, b)");
    return part.node;
  }

  Part either() {
    Part left = both();
    while (take("or")) {
      NodeId const a = condition(left), b = condition(both());
      left.node = graph_.apply(Operation::max, a, b);
    }
    return left;
  }

  Part both() {
    Part left = comparison();
    while (take("and")) {
      NodeId const a = condition(left), b = condition(comparison());
      left.node = graph_.apply(Operation::min, a, b);
    }
    return left;
  }

  Part comparison() {
    Part const left = sum();
    auto const word = now().text;
    if (!now().is_mark() ||
        !(word == "<" || word == "<=" || word == ">" || word == ">=" || word == "==" || word == "!="))
      return left;
    ++at_;
    NodeId const a = number(left), b = number(sum());
    auto const compared = [&](Operation operation, NodeId first, NodeId second) {
      return Part{graph_.apply(operation, first, second), left.place, true};
    };
    if (word == "<") return compared(Operation::less, a, b);
    if (word == "<=") return compared(Operation::less_equal, a, b);
    if (word == ">") return compared(Operation::less, b, a);
    if (word == ">=") return compared(Operation::less_equal, b, a);
    auto result = compared(Operation::equal, a, b);
    if (word == "!=") result.node = graph_.subtract(graph_.number(1), result.node);
    return result;
  }

  Part sum() {
    Part left = product();
    while (now().is("+") || now().is("-")) {
      bool const is_plus = take("+") || !take("-");
      NodeId const a = number(left), b = number(product());
      left.node = is_plus ? graph_.add(a, b) : graph_.subtract(a, b);
    }
    return left;
  }

  Part product() {
    Part left = sign();
    while (now().is("*") || now().is("/")) {
      bool const is_times = take("*") || !take("/");
      NodeId const a = number(left), b = number(sign());
      left.node = is_times ? graph_.multiply(a, b) : graph_.divide(a, b);
    }
    return left;
  }

  /// -x^2 is -(x^2), and x^-2 is allowed.
  Part sign() {
    Deeper const deeper(*this);
    auto const place = now().place;
    if (take("-")) return {graph_.negate(number(sign())), place};
    if (take("+")) return {number(sign()), place};
    Part const base = primary();
    if (!take("^")) return base;
    NodeId const a = number(base);
    return {graph_.power(a, number(sign())), place};
  }

  Part primary() {
    auto const token = now();
    if (token.is_number()) {
      ++at_;
      return {graph_.number(token.number), token.place};
    }
    if (token.is_name()) {
      ++at_;
      return now().is("(") ? call(token) : named(token);
    }
    if (take("(")) {
      Part inner = either();
      close(token.place);
      inner.place = token.place;
      return inner;
    }
    if (token.is_end()) text_.refuse(token.place, "ends where a number, a name or a bracket belongs, complete it");
    text_.refuse(token.place,
                 "has '" + shown(token.text) + "' where a number, a name or a bracket belongs, correct it");
  }

  void close(std::size_t opened) {
    if (take(")")) return;
    if (now().is_end()) text_.refuse(opened, "has a bracket that does not close, close it");
    text_.refuse(now().place, "has '" + shown(now().text) + "' where an operator or ')' belongs, correct it");
  }

  Part named(ExpressionToken const& token) {
    if (auto const known = names_.find(token.text); known != names_.end()) return {known->second, token.place};
    if (token.text == "pi") return {graph_.number(pi), token.place};
    if (find_function(token.text) != nullptr)
      text_.refuse(token.place,
                   "has the function '" + shown(token.text) + "' without its brackets, write " + token.text + "(...)");
    std::vector<std::string> candidates{"pi"};
    for (auto const& [name, node] : names_) candidates.push_back(name);
    text_.refuse(token.place,
                 "has the unknown name '" + shown(token.text) + "', " + suggestion(token.text, candidates));
  }

  Part call(ExpressionToken const& token) {
    auto const* const function = find_function(token.text);
    if (function == nullptr) {
      if (names_.contains(token.text))
        text_.refuse(now().place,
                     "has a bracket behind '" + shown(token.text) + "', which is no function, write * for a product");
      text_.refuse(token.place, "has the unknown function '" + shown(token.text) + "', " +
                                    suggestion(token.text, expression_functions()));
    }
    auto const opened = now().place;
    ++at_;
    std::vector<Part> arguments;
    if (!now().is(")")) {
      do arguments.push_back(either());
      while (take(","));
    }
    close(opened);
    auto const wanted = static_cast<std::size_t>(function->arguments);
    if (arguments.size() != wanted)
      text_.refuse(token.place, "has " + token.text + " with " + std::to_string(arguments.size()) +
                                    " arguments, give it " + std::to_string(wanted));
    bool const chooses = function->operation == Operation::choose;
    std::array<NodeId, 3> parts{no_node, no_node, no_node};
    for (std::size_t k = 0; k < wanted; ++k)
      parts[k] = chooses && k == 0 ? condition(arguments[k]) : number(arguments[k]);
    return {graph_.apply(function->operation, parts[0], parts[1], parts[2]), token.place};
  }

  /// Refuses what would overflow the stack.
  class Deeper {
   public:
    explicit Deeper(Parser& parser) : parser_(parser) {
      if (++parser_.depth_ > most_depth)
        parser_.text_.refuse(parser_.now().place, "is nested more than 200 deep, simplify it");
    }
    Deeper(Deeper const&) = delete;
    Deeper& operator=(Deeper const&) = delete;
    ~Deeper() { --parser_.depth_; }

   private:
    Parser& parser_;
  };

  ExpressionGraph& graph_;
  ExpressionText const& text_;
  ExpressionNames const& names_;
  std::vector<ExpressionToken> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

}  // namespace

NodeId parse_expression(ExpressionGraph& graph, std::string const& text, std::string const& what,
                        ExpressionNames const& names) {
  return Parser(graph, {text, what}, names).whole();
}

double known_number(std::string const& text, std::string const& what, std::map<std::string, double> const& known) {
  ExpressionGraph graph;
  ExpressionNames names;
  for (auto const& [name, value] : known) names[name] = graph.number(value);
  double const value = graph[parse_expression(graph, text, what, names)].number;
  if (!std::isfinite(value)) throw ExpressionError(what, "is not finite, correct it");
  return value;
}

std::vector<std::string> expression_functions() {
  std::vector<std::string> names;
  for (auto const& function : functions) names.emplace_back(function.name);
  return names;
}

bool is_free_name(std::string const& name) {
  auto const is_letter = [](unsigned char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  auto const is_allowed = [&](unsigned char c) { return is_letter(c) || (c >= '0' && c <= '9') || c == '_'; };
  if (name.empty() || name.size() > 40 || !is_letter(static_cast<unsigned char>(name[0]))) return false;
  if (!std::ranges::all_of(name, is_allowed) || find_function(name) != nullptr) return false;
  bool const is_draw = (name[0] == 'u' || name[0] == 'z') && name.size() > 1 &&
                       std::ranges::all_of(name.substr(1), [](char c) { return c >= '0' && c <= '9'; });
  return !is_draw && name != "x" && name != "pi" && name != "and" && name != "or";
}

}  // namespace fisherlab::sim
