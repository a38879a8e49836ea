#include "cli/commands.hpp"

namespace fisherlab::cli {

// One a file of cli/commands/.
Command verify_command();
Command calibrate_command();
Command diagnose_command();
Command simulate_command();
Command influence_command();
Command analyze_command();
Command report_command();
Command compare_command();
Command history_command();
Command replay_command();
Command merge_command();
Command list_command();
Command show_command();
Command completion_command();
Command man_command();

std::vector<Command> commands() {
  return {
      verify_command(),  merge_command(),     calibrate_command(), diagnose_command(),   simulate_command(),
      analyze_command(), influence_command(), report_command(),    compare_command(),    history_command(),
      replay_command(),  list_command(),      show_command(),      completion_command(), man_command(),
  };
}

}  // namespace fisherlab::cli
