#include "sim/expressions/program.hpp"

#include <algorithm>
#include <cstddef>
#include <map>

namespace fisherlab::sim {
namespace {

/// The nodes that the roots need, in their order: parts first.
std::vector<NodeId> needed_by(ExpressionGraph const& graph, std::vector<NodeId> const& roots) {
  std::vector<bool> needed(graph.size());
  for (auto const root : roots) needed[static_cast<std::size_t>(root)] = true;
  for (auto id = graph.size(); id-- > 0;)
    if (needed[id])
      for (auto const part : graph[static_cast<NodeId>(id)].parts)
        if (part != no_node) needed[static_cast<std::size_t>(part)] = true;
  std::vector<NodeId> result;
  for (std::size_t id = 0; id < needed.size(); ++id)
    if (needed[id]) result.push_back(static_cast<NodeId>(id));
  return result;
}

}  // namespace

Program::Program(ExpressionGraph const& graph, std::vector<NodeId> const& roots, VariableSet observed) {
  std::map<NodeId, Register> places;
  for (auto const id : needed_by(graph, roots)) {
    auto const& node = graph[id];
    bool const is_observed = (node.variables & observed) != 0;
    int const place = size_;
    size_ += is_observed ? block : 1;
    places[id] = {place, is_observed ? 1 : 0};
    if (node.operation == Operation::number) {
      constants_.push_back({place, node.number});
    } else if (node.operation == Operation::variable) {
      (is_observed ? each_inputs_ : once_inputs_).push_back({node.variable, place});
    } else {
      Instruction instruction{node.operation, place, {}};
      for (std::size_t k = 0; k < 3; ++k)  // parts that an operation does not have are read, but not looked at
        instruction.parts[k] = node.parts[k] == no_node ? places[node.parts[0]] : places[node.parts[k]];
      (is_observed ? each_ : once_).push_back(instruction);
    }
  }
  for (auto const root : roots) roots_.push_back(places[root]);
}

ProgramRun::ProgramRun(Program const& program)
    : program_(program), values_(new Lanes[static_cast<std::size_t>(program.size_)]) {
  for (auto const& [place, value] : program.constants_) values_[static_cast<std::size_t>(place)] = value;
}

void ProgramRun::fix(std::span<Lanes const> fixed) {
  Lanes* const values = values_.get();
  for (auto const& [variable, place] : program_.once_inputs_) values[place] = fixed[static_cast<std::size_t>(variable)];
  for (auto const& [operation, place, parts] : program_.once_) {
    Lanes& to = values[place];
    Lanes const &a = values[parts[0].place], &b = values[parts[1].place], &c = values[parts[2].place];
    with_operation(operation, [&](auto const& f) { to = f(a, b, c); });
  }
}

void ProgramRun::observe(std::span<Lanes const* const> columns, int count) {
  Lanes* const values = values_.get();
  for (auto const& [variable, place] : program_.each_inputs_)
    std::copy_n(columns[static_cast<std::size_t>(variable)], count, values + place);
  for (auto const& instruction : program_.each_) {
    auto const& [a, b, c] = instruction.parts;
    Lanes* const to = values + instruction.place;
    Lanes const *from_a = values + a.place, *from_b = values + b.place, *from_c = values + c.place;
    std::ptrdiff_t const step_a = a.step, step_b = b.step, step_c = c.step;
    with_operation(instruction.operation, [&](auto const& f) {
      for (int i = 0; i < count; ++i) to[i] = f(from_a[i * step_a], from_b[i * step_b], from_c[i * step_c]);
    });
  }
}

}  // namespace fisherlab::sim
