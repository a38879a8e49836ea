#include "sim/expressions/program.hpp"

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
    int const place = is_observed ? each_count_++ : once_count_++;
    places[id] = {place, is_observed};
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

ProgramRun::ProgramRun(Program const& program, std::span<Lanes const> fixed)
    : program_(program),
      once_(new Lanes[static_cast<std::size_t>(program.once_count_)]),
      each_(new Lanes[static_cast<std::size_t>(program.each_count_ * Program::block)]) {
  for (auto const& [place, value] : program.constants_) once_[static_cast<std::size_t>(place)] = value;
  for (auto const& [variable, place] : program.once_inputs_)
    once_[static_cast<std::size_t>(place)] = fixed[static_cast<std::size_t>(variable)];
  execute(program.once_, 1);
}

void ProgramRun::observe(std::span<Lanes const* const> columns, int count) {
  for (auto const& [variable, place] : program_.each_inputs_) {
    auto const* const column = columns[static_cast<std::size_t>(variable)];
    for (int i = 0; i < count; ++i) each_[static_cast<std::size_t>(place * Program::block + i)] = column[i];
  }
  execute(program_.each_, count);
}

void ProgramRun::execute(std::vector<Program::Instruction> const& instructions, int count) {
  bool const is_each = &instructions == &program_.each_;
  for (auto const& instruction : instructions) {
    Lanes* const to = is_each ? each_.get() + instruction.place * Program::block : once_.get() + instruction.place;
    auto const& [a, b, c] = instruction.parts;
    Lanes const *from_a = address(a), *from_b = address(b), *from_c = address(c);
    int const step_a = a.is_observed ? 1 : 0, step_b = b.is_observed ? 1 : 0, step_c = c.is_observed ? 1 : 0;
    with_operation(instruction.operation, [&](auto const& f) {
      for (int i = 0; i < count; ++i) to[i] = f(from_a[i * step_a], from_b[i * step_b], from_c[i * step_c]);
    });
  }
}

}  // namespace fisherlab::sim
