#include "reports/manifest.hpp"

#include <nlohmann/json.hpp>

namespace fisherlab::reports {

std::string manifest_json(Manifest const& m) {
  using nlohmann::ordered_json;
  ordered_json const json{{"version", m.version},
                          {"command", m.command},
                          {"study", m.study},
                          {"seed", m.seed},
                          {"family_error", m.family_error},
                          {"threads", m.threads},
                          {"compiler", m.compiler},
                          {"libraries", m.libraries},
                          {"instruction_level", m.instruction_level},
                          {"fingerprint", m.fingerprint},
                          {"looks", m.looks},
                          {"replicates", m.replicates},
                          {"wall_seconds", m.wall_seconds},
                          {"replicates_per_second", m.replicates_per_second},
                          {"deadline_reached", m.deadline_reached},
                          {"exit_code", m.exit_code},
                          {"started_utc", m.started_utc},
                          {"host", m.host}};
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

}  // namespace fisherlab::reports
