#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "base/api.hpp"
#include "sim/expressions/graph.hpp"
#include "sim/lanes.hpp"

namespace fisherlab::sim {

/// Where a value is found while a program runs.
struct Register {
  int place = 0;
  bool is_observed = false;  ///< it differs by observation: `Program::block` values side by side
};

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

  struct Instruction {
    Operation operation = Operation::number;
    int place = 0;
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

  int once_count_ = 0;
  int each_count_ = 0;
  std::vector<Constant> constants_;
  std::vector<Input> once_inputs_;
  std::vector<Input> each_inputs_;
  std::vector<Instruction> once_;
  std::vector<Instruction> each_;
  std::vector<Register> roots_;
};

/// One execution of a program, at given values of the variables that do not differ by observation.
class FISHERLAB_API ProgramRun {
 public:
  /// `fixed`: the values of variables 0, 1, ...; those that differ by observation are not looked at.
  ProgramRun(Program const& program, std::span<Lanes const> fixed);

  /// Computes `count` observations, at most Program::block; `columns[v]`: their values of variable v, side by side,
  /// where v differs by observation.
  void observe(std::span<Lanes const* const> columns, int count);

  /// Root k at observation i of the last block.
  Lanes const& root(std::size_t k, int i = 0) const {
    auto const& where = program_.roots_[k];
    return where.is_observed ? each_.get()[where.place * Program::block + i] : once_.get()[where.place];
  }

 private:
  void execute(std::vector<Program::Instruction> const& instructions, int count);
  Lanes const* address(Register const& part) const {
    return part.is_observed ? each_.get() + part.place * Program::block : once_.get() + part.place;
  }

  Program const& program_;
  std::unique_ptr<Lanes[]> once_;
  std::unique_ptr<Lanes[]> each_;
};

}  // namespace fisherlab::sim
