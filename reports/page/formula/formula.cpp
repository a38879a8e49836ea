#include "reports/page/formula/formula.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "base/text/display_text.hpp"
#include "reports/page/formula/symbols.hpp"
#include "reports/page/formula/tokens.hpp"
#include "reports/page/html_text.hpp"

namespace fisherlab::reports {
namespace {

std::string escaped(std::string_view text) { return html_attribute(std::string(text)); }

std::string row(std::string const& content) { return "<mrow>" + content + "</mrow>"; }

/// Reads tokens from left to right. Brackets within brackets are followed to a depth that no card has.
class Reader {
 public:
  explicit Reader(std::string_view formula) : formula_(formula), tokens_(formula_tokens(formula)) {}

  std::string html() {
    while (at_ < tokens_.size())
      if (is_prose())
        say();
      else
        calculate();
    return html_;
  }

 private:
  bool has(std::size_t k) const { return k < tokens_.size(); }
  bool is_mark(std::size_t k, std::string_view text) const { return has(k) && tokens_[k].text == text; }
  bool joins(std::size_t k) const { return has(k) && !tokens_[k].after_space; }

  /// A word that is no name; the article before such a word; the hyphen between two.
  bool is_prose_word(std::size_t k) const {
    if (!has(k) || tokens_[k].kind != TokenKind::word) return false;
    auto const& word = tokens_[k].text;
    if (word == "a" && tokens_[k].after_space && tokens_[k].before_space) return is_prose_word(k + 1);
    if (k > 0 && joins(k) && tokens_[k - 1].kind == TokenKind::mark && tokens_[k - 1].text == "'") return false;
    bool const is_factor = (joins(k + 1) && (is_mark(k + 1, "^") || is_mark(k + 1, "_") || is_mark(k + 1, "/"))) ||
                           (k > 0 && joins(k) && is_mark(k - 1, "/"));
    return word != "sqrt" && !is_factor && !symbol_mathml(word);
  }

  /// Whether what stands at the place belongs to the words between formulas.
  bool is_prose() const {
    auto const& token = tokens_[at_];
    if (is_prose_word(at_)) return true;
    bool const is_letters = token.kind == TokenKind::word || token.text == "'";
    if (last_was_prose_ && joins(at_) && is_letters) return true;  // "Wald's"
    if (token.kind == TokenKind::open) return token.after_space && is_prose_word(at_ + 1);
    bool const follows = last_was_prose_;
    if (token.kind == TokenKind::close) return depth_ > 0;
    if (token.text == "-") return follows && joins(at_) && joins(at_ + 1) && is_prose_word(at_ + 1);
    if (token.text == "," || token.text == ":" || token.text == ";")
      return follows || is_prose_word(at_ + 1) || token.text == ";";
    return false;
  }

  void say() {
    auto const& token = tokens_[at_++];
    if (token.kind == TokenKind::open) ++depth_;
    if (token.kind == TokenKind::close) --depth_;
    html_ += (token.after_space && !html_.empty() ? " " : "") + escaped(token.text);
    last_was_prose_ = true;
  }

  void calculate() {
    auto const first = at_;
    std::string content;
    while (at_ < tokens_.size() && !is_prose()) {
      last_was_prose_ = false;
      content += spaced_item(first);
    }
    auto const end = has(at_) ? tokens_[at_].from : formula_.size();
    auto written = formula_.substr(tokens_[first].from, end - tokens_[first].from);
    while (written.ends_with(' ')) written.remove_suffix(1);
    html_ += fmt::format("{}<math alttext=\"{}\">{}</math>", tokens_[first].after_space && !html_.empty() ? " " : "",
                         escaped(written), row(content));
    last_was_prose_ = false;
  }

  bool is_operator(std::size_t k) const {
    return tokens_[k].kind == TokenKind::mark && tokens_[k].text != "'" && tokens_[k].text != "...";
  }

  /// The item at the place, with room before it where two factors stand side by side.
  std::string spaced_item(std::size_t first) {
    bool const room = at_ > first && tokens_[at_].after_space && !is_operator(at_) && !is_operator(at_ - 1);
    return (room ? "<mspace width=\"0.25em\"/>" : "") + item();
  }

  std::string item() {
    auto const start = at_;
    auto base = bare();
    if (is_operator(start) && start + 1 == at_) return base;
    return with_scripts(std::move(base));
  }

  std::string bare() {
    auto const token = tokens_[at_++];
    switch (token.kind) {
      case TokenKind::count:
        return "<mn>" + token.text + "</mn>";
      case TokenKind::open:
        return bracketed(token);
      case TokenKind::bar:
        return modulus(token);
      case TokenKind::word:
        return word(token);
      case TokenKind::close:
      case TokenKind::mark:
        break;
    }
    bool const prefix = at_ < 2 || is_operator(at_ - 2) || tokens_[at_ - 2].kind == TokenKind::open;
    return fmt::format("<mo{}>{}</mo>", token.text == "-" && prefix ? " form=\"prefix\"" : "",
                       escaped_operator(token.text));
  }

  static std::string escaped_operator(std::string const& mark) { return mark == "'" ? "′" : operator_text(mark); }

  std::string word(Token const& token) {
    if (token.text == "sqrt" && joins(at_) && tokens_[at_].kind == TokenKind::open) {
      ++at_;
      return "<msqrt>" + until_close() + "</msqrt>";
    }
    if (token.text == "sqrt" && has(at_) && tokens_[at_].kind != TokenKind::mark)
      return "<msqrt>" + radicand() + "</msqrt>";
    if (auto symbol = symbol_mathml(token.text)) return *symbol;
    bool const after_prime = at_ >= 2 && tokens_[at_ - 2].text == "'" && !token.after_space;
    if (after_prime) return letters_mathml(token.text);
    return fmt::format("<mtext>{}{}{}</mtext>", token.after_space ? "\u00a0" : "", escaped(token.text),
                       token.before_space ? "\u00a0" : "");
  }

  /// Of a root without brackets: the next item, with what a determinant is of.
  std::string radicand() {
    auto const first = at_;
    auto content = item();
    if (tokens_[first].text == "det" && has(at_)) content += spaced_item(first);
    return content;
  }

  /// A star that is no product: that of a bootstrap, as in "Var*(mean*)".
  bool is_star() const {
    if (!is_mark(at_, "*")) return false;
    return tokens_[at_].before_space || !has(at_ + 1) || tokens_[at_ + 1].kind == TokenKind::open ||
           tokens_[at_ + 1].kind == TokenKind::close;
  }

  /// What stands before the bracket that closes, which is passed.
  std::string until_close(std::string* closing = nullptr) {
    std::string content;
    auto const first = at_;
    while (has(at_) && tokens_[at_].kind != TokenKind::close) content += spaced_item(first);
    if (has(at_)) {
      if (closing != nullptr) *closing = tokens_[at_].text;
      ++at_;
    }
    return content;
  }

  std::string bracketed(Token const& opening) {
    std::string closing;
    auto content = until_close(&closing);
    if (opening.text == "{") return row(content);
    auto const end = closing.empty() ? std::string() : "<mo>" + closing + "</mo>";
    return row("<mo>" + opening.text + "</mo>" + content + end);
  }

  /// |x|, where a bar closes; a bar between spaces is "given".
  std::string modulus(Token const& bar) {
    std::string const sign = "<mo>|</mo>";
    if (bar.after_space && bar.before_space) return sign;
    auto closing = at_;
    while (has(closing) && tokens_[closing].kind != TokenKind::bar) ++closing;
    if (!has(closing)) return sign;
    std::string content;
    auto const first = at_;
    while (at_ < closing) content += spaced_item(first);
    if (at_ == closing) ++at_;
    return row(sign + content + sign);
  }

  std::string with_scripts(std::string base) {
    std::string below, above;
    while (joins(at_)) {
      if (is_mark(at_, "'")) {
        ++at_;
        above += "<mo>′</mo>";
      } else if (is_star()) {
        ++at_;
        above += "<mo>∗</mo>";
      } else if (is_mark(at_, "_") && is_mark(at_ + 1, "hat")) {
        at_ += 2;
        base = fmt::format("<mover accent=\"true\">{}<mo>^</mo></mover>", base);
      } else if ((is_mark(at_, "_") || is_mark(at_, "^")) && joins(at_ + 1)) {
        auto& place = tokens_[at_++].text == "_" ? below : above;
        place += script();
      } else {
        break;
      }
    }
    if (below.empty() && above.empty()) return base;
    if (above.empty()) return fmt::format("<msub>{}{}</msub>", row(base), row(below));
    if (below.empty()) return fmt::format("<msup>{}{}</msup>", row(base), row(above));
    return fmt::format("<msubsup>{}{}{}</msubsup>", row(base), row(below), row(above));
  }

  std::string script() {
    std::string sign;
    if (is_mark(at_, "-") && joins(at_ + 1)) {
      sign = "<mo form=\"prefix\">−</mo>";
      ++at_;
    }
    auto const token = tokens_[at_];
    if (token.kind == TokenKind::word) {
      ++at_;
      return sign + index_mathml(token.text);
    }
    if (token.kind != TokenKind::count) return sign + bare();
    ++at_;
    auto text = sign + "<mn>" + token.text + "</mn>";
    bool const fraction =
        joins(at_) && is_mark(at_, "/") && joins(at_ + 1) && tokens_[at_ + 1].kind == TokenKind::count;
    if (!fraction) return text;
    text += "<mo>/</mo><mn>" + tokens_[at_ + 1].text + "</mn>";
    at_ += 2;
    return text;
  }

  std::string_view formula_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  int depth_ = 0;  ///< of brackets that belong to prose
  bool last_was_prose_ = false;
  std::string html_;
};

}  // namespace

std::string formula_html(std::string_view formula) {
  auto const text = printable(formula);
  return Reader(text).html();
}

}  // namespace fisherlab::reports
