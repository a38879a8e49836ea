#include "findings/manifest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "base/expects.hpp"
#include "findings/fields.hpp"
#include "findings/names.hpp"
#include "findings/words.hpp"

namespace fisherlab {
namespace {

using nlohmann::ordered_json;

// Each `take` fills the member from the value and gives what it should have been when it cannot, else nothing.
using Complaint = char const*;
constexpr Complaint none = nullptr;

Complaint take(ordered_json const& value, std::string& member) {
  if (!value.is_string()) return "a text";
  member = value.get<std::string>();
  return none;
}

Complaint take(ordered_json const& value, bool& member) {
  if (!value.is_boolean()) return "true or false";
  member = value.get<bool>();
  return none;
}

Complaint take(ordered_json const& value, double& member) {
  if (!value.is_number() && !value.is_null()) return "a number";
  member = value.is_null() ? std::numeric_limits<double>::quiet_NaN() : value.get<double>();
  return none;
}

template <Worded Enum>
Complaint take(ordered_json const& value, Enum& member) {
  auto const found = value.is_string() ? value_of_word<Enum>(value.get<std::string>()) : std::nullopt;
  if (!found) return "a known word";
  member = *found;
  return none;
}

template <std::integral Integer>
Complaint take(ordered_json const& value, Integer& member) {
  auto const fits = [&member](auto number) {
    if (!std::in_range<Integer>(number)) return false;
    member = static_cast<Integer>(number);
    return true;
  };
  bool const is_taken = value.is_number_unsigned()  ? fits(value.get<std::uint64_t>())
                        : value.is_number_integer() ? fits(value.get<std::int64_t>())
                                                    : false;
  return is_taken ? none : "a whole number in range";
}

Complaint take(ordered_json const& value, std::map<std::string, std::string>& member) {
  if (!value.is_object()) return "an object of texts";
  for (auto const& [key, text] : value.items())
    if (take(text, member[key])) return "an object of texts";
  return none;
}

Complaint take(ordered_json const& value, std::map<std::string, std::int64_t>& member) {
  if (!value.is_object()) return "an object of whole numbers";
  for (auto const& [key, number] : value.items())
    if (take(number, member[key])) return "an object of whole numbers";
  return none;
}

ordered_json json_of(Worded auto const& member) { return to_string(member); }
template <class Member>
ordered_json json_of(Member const& member) {
  return member;
}

/// The kind of a run of before kinds were written down: which files it wrote tells.
std::optional<RunKind> kind_by_rows(Manifest const& manifest) {
  static constexpr std::pair<char const*, RunKind> signs[] = {{"findings.csv", RunKind::verify},
                                                              {"calibration.csv", RunKind::calibrate},
                                                              {"influence.csv", RunKind::influence},
                                                              {"fit.csv", RunKind::diagnose},
                                                              {"performance.csv", RunKind::simulate}};
  for (auto const& [file, kind] : signs)
    if (manifest.rows.contains(file)) return kind;
  return std::nullopt;
}

/// What manifests of older versions lack.
constexpr std::string_view newer_keys[] = {"kind", "status", "rows", "study_name", "bytes", "sha256", "facts"};

/// Deep nesting is refused before it is built: no manifest has any.
bool is_shallow(int depth, ordered_json::parse_event_t, ordered_json const&) {
  expects(depth <= 4, "nested too deep");
  return true;
}

ordered_json parsed(std::string_view bytes, std::string_view name) {
  try {
    return ordered_json::parse(bytes, is_shallow);
  } catch (ordered_json::parse_error const& error) {
    auto const at = bytes.substr(0, std::min(error.byte, bytes.size()));
    throw InputError(fmt::format("'{}', line {}: is no JSON (the file is cut short or damaged), repeat the run", name,
                                 1 + std::count(at.begin(), at.end(), '\n')));
  } catch (ordered_json::exception const&) {
    throw InputError(fmt::format("'{}' holds a number that is too large (the file is damaged), repeat the run", name));
  } catch (InputError const&) {
    throw InputError(fmt::format("'{}' is not the manifest of a run (nested too deep), name another folder", name));
  }
}

}  // namespace

RunStatus status_by_exit(Manifest const& manifest) {
  constexpr int interrupted = 3;
  if (manifest.exit_code == interrupted) return RunStatus::interrupted;
  return manifest.deadline_reached ? RunStatus::deadline : RunStatus::complete;
}

std::string manifest_json(Manifest const& manifest) {
  ordered_json json;
  for_each_field(manifest, [&json](std::string_view key, std::string_view, auto const& member) {
    json[std::string(key)] = json_of(member);
  });
  return json.dump(2, ' ', false, ordered_json::error_handler_t::replace) + '\n';
}

Manifest manifest_from_json(std::string_view bytes, std::string_view name) {
  ordered_json const json = parsed(bytes, name);
  expects(json.is_object(),
          fmt::format("'{}' is not the manifest of a run (no JSON object), name another folder", name));
  bool const has_kind = json.contains("kind"), has_status = json.contains("status");
  Manifest manifest;
  for_each_field(manifest, [&](std::string_view key, std::string_view, auto& member) {
    auto const found = json.find(std::string(key));
    if (found == json.end() && std::ranges::find(newer_keys, key) != std::end(newer_keys)) return;
    expects(found != json.end(),
            fmt::format("'{}' has no '{}' (it is not the manifest of a run), name another folder", name, key));
    Complaint const complaint = take(*found, member);
    expects(complaint == none, fmt::format("'{}': '{}' is not {} (the file is damaged), repeat the run", name, key,
                                           complaint ? complaint : ""));
  });
  if (!has_kind) {
    auto const kind = kind_by_rows(manifest);
    expects(
        kind.has_value(),
        fmt::format("'{}' does not say what kind of run it is of (an older version wrote it), repeat the run", name));
    manifest.kind = *kind;
  }
  if (!has_status) manifest.status = status_by_exit(manifest);
  return manifest;
}

}  // namespace fisherlab
