#include "reports/page/formula/symbols.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

namespace fisherlab::reports {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

constexpr auto greek = std::to_array<Pair>(
    {{"alpha", "α"}, {"beta", "β"},  {"gamma", "γ"},  {"delta", "δ"},  {"epsilon", "ε"}, {"eps", "ε"}, {"eta", "η"},
     {"theta", "θ"}, {"kappa", "κ"}, {"lambda", "λ"}, {"mu", "μ"},     {"nu", "ν"},      {"xi", "ξ"},  {"pi", "π"},
     {"rho", "ρ"},   {"sigma", "σ"}, {"tau", "τ"},    {"phi", "φ"},    {"chi", "χ"},     {"psi", "ψ"}, {"omega", "ω"},
     {"Gamma", "Γ"}, {"Delta", "Δ"}, {"Theta", "Θ"},  {"Lambda", "Λ"}, {"Sigma", "Σ"},   {"Phi", "Φ"}, {"Psi", "Ψ"},
     {"Omega", "Ω"}, {"inf", "∞"},   {"l", "ℓ"}});

constexpr auto large = std::to_array<Pair>({{"grad", "∇"}, {"sum", "∑"}, {"prod", "∏"}, {"int", "∫"}});

constexpr auto functions = std::to_array<std::string_view>(
    {"Var", "Cov",  "Corr",  "log",  "exp",  "tr",  "det", "argmin", "argmax", "max",  "min",
     "sup", "sign", "atanh", "diag", "Bias", "MSE", "KL",  "LR",     "div",    "plim", "lim"});

constexpr auto upright_indices =
    std::to_array<std::string_view>({"up", "test", "train", "obs", "exp", "loss", "MLE", "mle", "max", "min", "new"});

constexpr auto operators = std::to_array<Pair>({{"->", "→"},
                                                {"<-", "←"},
                                                {">=", "≥"},
                                                {"<=", "≤"},
                                                {"!=", "≠"},
                                                {"...", "…"},
                                                {"-", "−"},
                                                {"*", "·"},
                                                {"~", "∼"},
                                                {"<", "&lt;"},
                                                {">", "&gt;"},
                                                {"&", "&amp;"},
                                                {"\"", "&quot;"}});

template <class List>
std::optional<std::string_view> found_in(List const& list, std::string_view word) {
  auto const place = std::find_if(list.begin(), list.end(), [&](Pair const& pair) { return pair.first == word; });
  return place == list.end() ? std::nullopt : std::optional(place->second);
}

std::string identifier(std::string_view text) { return fmt::format("<mi>{}</mi>", text); }

}  // namespace

std::optional<std::string> symbol_mathml(std::string_view word) {
  if (auto const letter = found_in(greek, word)) return identifier(*letter);
  if (auto const sign = found_in(large, word)) return fmt::format("<mo>{}</mo>", *sign);
  if (word == "E" || word == "P") return fmt::format("<mi mathvariant=\"normal\">{}</mi>", word);
  if (word.size() == 1 || std::ranges::find(functions, word) != functions.end()) return identifier(word);
  bool const is_variable = word.size() == 2 && std::string_view("lxyzt").find(word[1]) != std::string_view::npos;
  if (word[0] == 'd' && (is_variable || found_in(greek, word.substr(1))))
    return "<mi>d</mi>" + *symbol_mathml(word.substr(1));
  return std::nullopt;
}

std::string letters_mathml(std::string_view word) {
  std::string text;
  for (char const c : word) text += identifier(std::string_view(&c, 1));
  return text;
}

std::string index_mathml(std::string_view word) {
  if (std::ranges::find(upright_indices, word) != upright_indices.end()) return fmt::format("<mtext>{}</mtext>", word);
  if (auto const letter = found_in(greek, word)) return identifier(*letter);
  return word.size() <= 3 ? letters_mathml(word) : fmt::format("<mtext>{}</mtext>", word);
}

std::string operator_text(std::string_view mark) { return std::string(found_in(operators, mark).value_or(mark)); }

}  // namespace fisherlab::reports
