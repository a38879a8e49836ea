#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/expressions/graph.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// Expressions made ready to be computed over lanes: each node once, those that do not depend on an observation once a
/// run, the others for eight observations at a time.
class FISHERLAB_API Program {
 public:
  /// Observations that are computed side by side.
  static constexpr int block = 8;

  /// `roots`: what is wanted; `observed`: the variables that differ by observation.
  Program(ExpressionGraph const& graph, std::vector<NodeId> const& roots, VariableSet observed);

 private:
  friend class ProgramRun;

  /// Where a value is found while a program runs: a value, or `block` of them side by side where it differs by
  /// observation.
  struct Register {
    std::int32_t place = 0;
    std::int32_t step = 0;  ///< 1 where it differs by observation, else 0
  };
  struct Instruction {
    Operation operation = Operation::number;
    std::int32_t place = 0;
    std::array<Register, 3> parts;
  };
  struct Constant {
    int place;
    double value;
  };
  struct Input {
    int variable;
    int place;
  };

  std::int32_t size_ = 0;  ///< values of all registers
  std::vector<Constant> constants_;
  std::vector<Input> once_inputs_;
  std::vector<Input> each_inputs_;
  std::vector<Instruction> once_;
  std::vector<Instruction> each_;
  std::vector<Register> roots_;
};

/// Executions of a program, in one room.
class FISHERLAB_API ProgramRun {
 public:
  explicit ProgramRun(Program const& program);
  ProgramRun(Program const& program, std::span<Lanes const> fixed) : ProgramRun(program) { fix(fixed); }

  /// Begins an execution at given values of the variables that do not differ by observation. `fixed`: those of
  /// variables 0, 1, ...; what differs by observation is not looked at.
  void fix(std::span<Lanes const> fixed);

  /// Computes `count` observations, at most Program::block; `columns[v]`: their values of variable v, side by side,
  /// where v differs by observation.
  void observe(std::span<Lanes const* const> columns, int count);

  /// Root k at observation i of the last block.
  Lanes const& root(std::size_t k, int i = 0) const {
    auto const& where = program_.roots_[k];
    return values_.get()[where.place + std::ptrdiff_t{i} * where.step];
  }

 private:
  Program const& program_;
  std::unique_ptr<Lanes[]> values_;
};

}  // namespace fisherlab::sim
