#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "base/expects.hpp"
#include "base/text/display_text.hpp"
#include "base/text/nearest.hpp"
#include "base/text/parse.hpp"
#include "claims/catalogue.hpp"
#include "cli/command_line/command.hpp"
#include "cli/exit_codes.hpp"
#include "reports/machines/junit_xml.hpp"
#include "reports/nights/run_before.hpp"
#include "reports/page/html.hpp"
#include "reports/tables/calibration_md.hpp"
#include "reports/tables/run_table.hpp"
#include "reports/tables/run_tables_md.hpp"
#include "reports/tables/run_tables_tex.hpp"
#include "reports/theory/theory_md.hpp"
#include "runs/folder/run_files.hpp"
#include "runs/folder/run_reader.hpp"
#include "runs/studies/study_head.hpp"

namespace fisherlab::cli {
namespace {

struct Options {
  std::optional<std::string> folder;   ///< of a run
  std::optional<std::string> formats;  ///< separated by commas; all that apply when left out
  std::optional<std::string> table;
  std::optional<std::string> columns;
  std::optional<std::string> where;
  std::optional<std::string> out;  ///< the run's folder when left out
  std::optional<std::string> history;
  bool full = false;
};

using reports::RunTable;
using reports::TableKind;

/// What the page is to show beside the run.
struct PageChoice {
  RecordedRun const* before = nullptr;
  bool full = false;
  bool beside_data = true;
};

/// A file that a run can be written as. One of tables shows those that were asked for, the others the whole run.
struct Format {
  std::string_view name;
  std::string_view file;
  bool is_of_tables;
  bool (*has_content)(RecordedRun const& run);
  std::string (*bytes)(RecordedRun const& run, std::vector<RunTable> const& tables, PageChoice const& page);
};

bool has_findings(RecordedRun const& run) { return !run.findings.empty(); }
bool has_rows(RecordedRun const& run) {
  return has_findings(run) || !run.performance.empty() || !run.convergence.empty() || !run.influence.empty();
}

bool is_of_calibrate(RecordedRun const& run) { return run.manifest.kind == RunKind::calibrate; }
/// A run of `calibrate` has neither findings nor rows, but a power curve.
bool has_any(RecordedRun const& run) { return has_rows(run) || is_of_calibrate(run); }

/// Whether the run is of the study that has every statement of the notes.
bool is_of_notes(RecordedRun const& run) { return has_findings(run) && run.manifest.study_name == "notes"; }

std::string html_page(RecordedRun const& run, std::vector<RunTable> const&, PageChoice const& page) {
  auto const cards = claims::shipped_claims().cards();
  auto head = runs::study_head(run.manifest.study);
  return reports::html_report(run, {.cards = cards,
                                    .title = std::move(head.title),
                                    .about = std::move(head.about),
                                    .before = page.before,
                                    .full = page.full,
                                    .beside_data = page.beside_data});
}

constexpr auto formats = std::to_array<Format>({
    {"markdown", "report.md", true, has_rows,
     [](RecordedRun const& run, std::vector<RunTable> const& tables, PageChoice const&) {
       return tables_markdown(run.manifest, tables);
     }},
    {"latex", "report.tex", true, has_rows,
     [](RecordedRun const& run, std::vector<RunTable> const& tables, PageChoice const&) {
       return tables_latex(run.manifest, tables);
     }},
    {"junit", "junit.xml", false, has_findings,
     [](RecordedRun const& run, std::vector<RunTable> const&, PageChoice const&) { return reports::junit_xml(run); }},
    {"html", "report.html", false, has_any, html_page},
    {"theory", "theory.md", false, is_of_notes,
     [](RecordedRun const& run, std::vector<RunTable> const&, PageChoice const&) {
       return reports::theory_markdown(run);
     }},
    {"power", "power.md", false, is_of_calibrate,
     [](RecordedRun const& run, std::vector<RunTable> const&, PageChoice const&) {
       auto const cards = claims::shipped_claims().cards();
       return reports::calibration_markdown(run, cards);
     }},
});

template <class Items, class Name>
std::vector<std::string> names_of(Items const& items, Name const& name) {
  std::vector<std::string> names;
  for (auto const& item : items) names.emplace_back(name(item));
  return names;
}

/// Place of `word` among the names of what there is. @throws InputError with the nearest name.
std::size_t place_of(std::string const& word, std::vector<std::string> const& names, std::string_view what) {
  auto const found = std::find(names.begin(), names.end(), word);
  expects(found != names.end(),
          fmt::format("there is no {} '{}', {}", what, clipped(printable(word), 40), suggestion(word, names)));
  return static_cast<std::size_t>(found - names.begin());
}

std::vector<std::string> format_names() {
  return names_of(formats, [](Format const& format) { return format.name; });
}

std::vector<std::string> table_names() {
  return names_of(reports::table_kinds, [](TableKind kind) { return to_string(kind); });
}

/// Those of all tables, sorted.
std::vector<std::string> column_names() {
  std::set<std::string> names;
  for (auto const kind : reports::table_kinds)
    for (auto const& name : reports::column_names(kind)) names.emplace(name);
  return {names.begin(), names.end()};
}

void add(Arguments& arguments, Options& options) {
  auto const formats_value = values::list_of(values::one_of("FORMAT", format_names()));
  arguments.place(values::folder("DIR"), options.folder, "The folder of a run").is_needed = true;
  arguments.option("--format", formats_value, options.formats,
                   "markdown, latex, junit, html, theory, power; all that apply unless given");
  arguments.option("--table", values::one_of("TABLE", table_names()), options.table,
                   "Only this table: findings, performance, convergence or influence");
  arguments.option("--columns", values::list_of({"COLUMN", column_names}), options.columns,
                   "The columns of --table, in this order");
  arguments.option("--where", values::list_of({"COLUMN=TEXT", column_names}), options.where,
                   "Only the rows of --table with this in a column, as component=shape,n=20");
  arguments.option("--history", values::file("DB"), options.history,
                   "The page also says what changed since the run before, from this file");
  arguments.flag("--full", options.full, "All pictures on the page, not a choice of them");
  arguments.option("--out", values::folder("DIR"), options.out, "Folder of the files; that of the run unless given");
}

std::optional<TableKind> read_table(Options const& options) {
  if (!options.table) return std::nullopt;
  return reports::table_kinds[place_of(*options.table, table_names(), "table")];
}

std::vector<std::string> read_columns(Options const& options, std::optional<TableKind> table) {
  if (!options.columns) return {};
  expects(table.has_value(), "--columns is given without --table (each table has its own columns), add --table");
  auto columns = split_list(*options.columns, "--columns");
  auto const names = reports::column_names(*table);
  for (auto const& column : columns) place_of(column, names, fmt::format("column of {}", to_string(*table)));
  return columns;
}

std::vector<reports::RowChoice> read_rows(Options const& options, std::optional<TableKind> table) {
  std::vector<reports::RowChoice> choices;
  if (!options.where) return choices;
  expects(table.has_value(), "--where is given without --table (each table has its own columns), add --table");
  auto const names = reports::column_names(*table);
  for (auto const& word : split_list(*options.where, "--where")) {
    auto const equals = std::min(word.find('='), word.size());
    expects(equals < word.size(),
            fmt::format("--where has '{}', write COLUMN=TEXT as in component=shape", clipped(printable(word), 40)));
    place_of(word.substr(0, equals), names, fmt::format("column of {}", to_string(*table)));
    choices.push_back({word.substr(0, equals), word.substr(equals + 1)});
  }
  return choices;
}

/// Whether the folder holds a page of its command, with pictures that cannot be drawn from its tables.
bool has_page_of_its_own(RecordedRun const& run) {
  auto const kind = run.manifest.kind;
  return (kind == RunKind::diagnose || kind == RunKind::influence) && run.manifest.bytes.contains("report.html");
}

/// Those asked for, or all that the run has something for. `is_own`: they are written into the run's folder, where they
/// take the place of no richer page.
std::vector<Format> read_formats(Options const& options, RecordedRun const& run, bool is_own) {
  std::vector<Format> chosen;
  auto const would_take = [&](Format const& format) {
    return is_own && format.file == std::string_view("report.html") && has_page_of_its_own(run);
  };
  if (!options.formats) {
    std::copy_if(formats.begin(), formats.end(), std::back_inserter(chosen), [&](Format const& format) {
      return format.has_content(run) && (format.is_of_tables || !options.table) && !would_take(format);
    });
    expects(!chosen.empty(),
            fmt::format("'{}' holds no findings and no performance, name the folder of another run", *options.folder));
    return chosen;
  }
  auto const names = format_names();
  for (auto const& word : split_list(*options.formats, "--format")) {
    Format const format = formats[place_of(word, names, "format")];
    expects(format.is_of_tables || !options.table,
            fmt::format("--table is given for {} (it has no tables), leave one of them out", format.name));
    expects(format.has_content(run), fmt::format("'{}' holds nothing to write as {}, name the folder of another run",
                                                 *options.folder, format.name));
    expects(
        !would_take(format),
        fmt::format("'{}' holds a page whose pictures {} alone can draw (a new one would not have them), give --out "
                    "for a page of the tables",
                    *options.folder, run.manifest.kind == RunKind::diagnose ? "diagnose" : "influence"));
    chosen.push_back(format);
  }
  return chosen;
}

std::size_t row_count(RunTables const& run, TableKind kind) {
  if (kind == TableKind::findings) return run.findings.size();
  if (kind == TableKind::influence) return run.influence.size();
  return kind == TableKind::performance ? run.performance.size() : run.convergence.size();
}

/// The table asked for, which must have rows, or all that have some.
std::vector<RunTable> tables_of(RecordedRun const& run, Options const& options) {
  auto const only = read_table(options);
  auto const columns = read_columns(options, only);
  auto const rows = read_rows(options, only);
  std::vector<RunTable> tables;
  for (TableKind const kind : reports::table_kinds) {
    if (only && kind != *only) continue;
    bool const has_rows = row_count(run, kind) > 0;
    expects(has_rows || !only,
            fmt::format("the run in '{}' has no {}, choose another --table", *options.folder, to_string(kind)));
    if (has_rows) tables.push_back(run_table(run, kind, columns, rows));
  }
  return tables;
}

/// The files that formats are written to, which need not be whole before.
std::vector<std::string> remade_files(Options const& options) {
  std::vector<std::string> files;
  auto const words = options.formats ? split_list(*options.formats, "--format") : format_names();
  for (Format const& format : formats)
    if (std::find(words.begin(), words.end(), format.name) != words.end()) files.emplace_back(format.file);
  return files;
}

/// Where the files go: into the run's own folder, which then names them in its manifest, or one that holds no run.
runs::RunFolder folder_of(Options const& options, bool is_own) {
  runs::RunFolder folder(options.out.value_or(*options.folder));
  expects(is_own || !std::filesystem::exists(folder.path() / "manifest.json"),
          fmt::format("'{}' holds another run (its files would be mixed), choose another --out",
                      printable(folder.path().string())));
  if (is_own) folder.lock();
  return folder;
}

int run(Options const& options) {
  expects(options.folder.has_value(), "the folder of a run is missing, name it as in `fisherlab report reports-out`");
  std::error_code error;
  bool const is_own = !options.out || std::filesystem::equivalent(*options.out, *options.folder, error);
  RecordedRun const run = runs::read_run(*options.folder, is_own ? remade_files(options) : std::vector<std::string>());
  auto const tables = tables_of(run, options);
  auto const chosen = read_formats(options, run, is_own);
  std::optional<RecordedRun> before;
  if (options.history) before = reports::run_before(*options.history, run.manifest);
  PageChoice const page{before ? &*before : nullptr, options.full, is_own};
  auto folder = folder_of(options, is_own);
  for (Format const& format : chosen) folder.write(std::string(format.file), format.bytes(run, tables, page));
  if (is_own && !run.manifest.bytes.empty()) folder.add_to_manifest(run.manifest);
  std::fputs((folder.sentence() + '\n').c_str(), stdout);
  return exit_success;
}

}  // namespace

Command report_command() {
  return make_command<Options>(
      {.name = "report",
       .meaning = "Write a run's page, and its tables as Markdown, LaTeX or JUnit XML",
       .footer = "  fisherlab report reports-out\n  fisherlab report reports-out --format junit\n"
                 "  fisherlab report reports-out --format latex --table performance "
                 "--columns n,estimator,bias,coverage --where component=shape"},
      add, run);
}

}  // namespace fisherlab::cli
