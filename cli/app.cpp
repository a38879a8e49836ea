#include "cli/app.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <new>
#include <string>
#ifdef __GLIBC__
#include <malloc.h>
#endif

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "cli/command_line/parser.hpp"
#include "cli/commands.hpp"
#include "cli/exit_codes.hpp"
#include "cli/terminal/standard_streams.hpp"
#include "sim/engine/engine.hpp"

namespace fisherlab::cli {
namespace {

int parse_and_run(int argc, char const* const* argv, claims::Catalogue const& catalogue) {
  auto const known = commands();
  auto const request = parse_command_line(known, argc, argv, catalogue);
  if (request.run) return request.run();
  std::fputs(request.text.c_str(), stdout);
  return exit_success;
}

/// The two lines below the sentence: an expression, and a caret under the place in it (sim/expressions/parse.hpp).
std::string picture_text(std::string const& picture) {
  auto const end = std::min(picture.find('\n'), picture.size());
  auto const caret = picture.substr(std::min(end + 1, picture.size()));
  return clipped(printable(picture.substr(0, end)), 100) + '\n' + clipped(printable(caret), 100) + '\n';
}

int fail(std::string const& what, int code) {
  constexpr int most = 380;  // a sentence, whatever the names in it
  auto const picture = what.find("\n  ");
  auto const sentence = what.substr(0, picture);
  auto text = "fisherlab: " + shortened(printable(sentence), most) + '\n';
  if (picture != std::string::npos) text += picture_text(what.substr(picture + 1));
  std::fputs(text.c_str(), stderr);
  return code;
}

/// What a library says of its own functions means nothing to who asked.
std::string told(std::string const& what) {
  if (what.find("boost::") == std::string::npos) return what;
  return "a function of the law cannot be computed at values as extreme as these, rescale the data or choose theta "
         "nearer to the middle of its domain";
}

/// The exit code of what was asked for; every error is told.
int guarded(int argc, char const* const* argv, claims::Catalogue const& catalogue) {
  try {
    return parse_and_run(argc, argv, catalogue);
  } catch (InputError const& error) {
    return fail(error.what(), exit_bad_input);
  } catch (sim::Interrupted const& error) {
    return fail(error.what(), exit_broken);
  } catch (std::bad_alloc const&) {
    return fail("the memory does not suffice, give a smaller n or fewer --threads", exit_broken);
  } catch (std::exception const& error) {
    return fail(told(error.what()), exit_broken);
  }
}

/// Freed memory stays with the program: each block of replicates frees its tallies, some hundred kB, and the next takes
/// as much, which glibc would fetch from the system and give back each time; that took a seventh of a run.
void keep_freed_memory() {
#ifdef __GLIBC__
  constexpr int trim_above = 128 << 20, map_above = 32 << 20;
  ::mallopt(M_TRIM_THRESHOLD, trim_above);
  ::mallopt(M_MMAP_THRESHOLD, map_above);
#endif
}

}  // namespace

int run_app(int argc, char const* const* argv, claims::Catalogue const& catalogue) {
  keep_freed_memory();
  guard_standard_streams();
  int const code = guarded(argc, argv, catalogue);
  std::string reason;
  if (has_arrived(reason)) return code;
  if (reason.empty()) return exit_broken;
  return fail("standard output cannot be written to (" + reason + "), files that the command writes are there",
              exit_broken);
}

}  // namespace fisherlab::cli
