#include "cli/command_line/arguments.hpp"

#include <utility>

namespace fisherlab::cli {
namespace {

ArgumentText& add(std::vector<Argument>& to, ArgumentText text, Target target) {
  to.push_back({std::move(text), target});
  return to.back().text;
}

ArgumentText of_place(Value value, std::string meaning) {
  auto const name = value.word;
  return {.name = name, .value = std::move(value), .meaning = std::move(meaning)};
}

}  // namespace

ArgumentText& Arguments::place(Value value, std::string& target, std::string meaning) {
  return add(places_, of_place(std::move(value), std::move(meaning)), &target);
}

ArgumentText& Arguments::place(Value value, std::optional<std::string>& target, std::string meaning) {
  return add(places_, of_place(std::move(value), std::move(meaning)), &target);
}

ArgumentText& Arguments::places(Value value, std::vector<std::string>& target, std::string meaning) {
  auto& text = add(places_, of_place(std::move(value), std::move(meaning)), &target);
  text.is_many = true;
  return text;
}

ArgumentText& Arguments::option(std::string name, Value value, std::string& target, std::string meaning) {
  ArgumentText text{
      .name = std::move(name), .value = std::move(value), .unless_set = target, .meaning = std::move(meaning)};
  return add(options_, std::move(text), &target);
}

ArgumentText& Arguments::option(std::string name, Value value, std::optional<std::string>& target,
                                std::string meaning) {
  ArgumentText text{.name = std::move(name), .value = std::move(value), .meaning = std::move(meaning)};
  return add(options_, std::move(text), &target);
}

ArgumentText& Arguments::flag(std::string name, bool& target, std::string meaning) {
  return add(options_, {.name = std::move(name), .meaning = std::move(meaning)}, &target);
}

}  // namespace fisherlab::cli
