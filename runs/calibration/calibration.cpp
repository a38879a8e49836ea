#include "runs/calibration/calibration.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <optional>
#include <utility>

#include "base/expects.hpp"
#include "base/hash.hpp"
#include "base/statistics/proportion.hpp"
#include "base/text/number.hpp"
#include "claims/catalogue.hpp"
#include "claims/evidence/judge.hpp"
#include "sim/engine/engine.hpp"
#include "sim/random/stream_key.hpp"

namespace fisherlab::runs {
namespace {

constexpr std::array defect_kinds = {DefectKind::information, DefectKind::score, DefectKind::shift};
constexpr std::array sizes = {0.005, 0.01, 0.02, 0.05, 0.1, 0.2};

/// What a run says as a whole, given what was expected of it.
Verdict verdict_of_run(std::vector<Finding> const& findings, Expectation expected) {
  bool const truth = expected == Expectation::verified;
  switch (claims::exit_code(findings)) {
    case 0:
      return truth ? Verdict::verified : Verdict::refuted;
    case 1:
      return truth ? Verdict::refuted : Verdict::verified;
    default:
      return Verdict::inconclusive;
  }
}

std::uint64_t seed_of(std::uint64_t seed, CalibrationRow const& row, std::int64_t run) {
  return stable_hash("calibrate|" + std::to_string(seed) + "|" + row.claim + "|" + row.model + "|" +
                     std::string(to_string(row.defect)) + "|" + exact_text(row.size) + "|" + std::to_string(run));
}

CalibrationRow empty_row(Subject const& subject, DefectKind defect, double size) {
  CalibrationRow row;
  row.claim = subject.claim.card.id;
  row.model = case_text(subject.the_case);
  row.defect = defect;
  row.size = size;
  row.expected = subject.the_case.expected;
  return row;
}

/// The subject's question with the defect planted; none where the case refuses it.
std::optional<claims::Question> planted_question(Subject const& subject, DefectKind kind, double size) {
  claims::Case planted = subject.the_case;
  try {
    planted.setting = plant(planted.setting, defect_of(kind, size));
    return ask(subject.claim, planted);
  } catch (InputError const&) {
    return std::nullopt;
  }
}

class Calibrating {
 public:
  Calibrating(std::span<Subject const> subjects, RunSettings const& settings, std::int64_t runs,
              CalibrationHooks const& hooks)
      : settings_(settings), runs_(runs), hooks_(hooks), state_(hooks.state != nullptr ? *hooks.state : own_state_) {
    settings_.performance = false;
    settings_.keep_estimates = false;
    for (auto const& subject : subjects) {
      if (subject.the_case.expected == Expectation::report) continue;
      subjects_.push_back(&subject);
      planned_ += 1;
      if (subject.the_case.expected == Expectation::verified) planned_ += defect_kinds.size() * sizes.size();
    }
    expects(!subjects_.empty(), "no case of the study has an expected verdict (they only report), expect one");
    rows_.resize(subjects_.size());
  }

  Calibration answer() {
    try {
      for (std::size_t k = 0; k < subjects_.size() && !out_.deadline_reached; ++k)
        add(k, empty_row(*subjects_[k], DefectKind::none, 0), ask(subjects_[k]->claim, subjects_[k]->the_case));
      for (std::size_t k = 0; k < subjects_.size(); ++k)
        if (subjects_[k]->the_case.expected == Expectation::verified)
          for (auto const kind : defect_kinds) grade(k, kind);
    } catch (sim::Interrupted const&) {
      out_.interrupted = true;
    }
    for (auto& rows : rows_) {
      std::ranges::stable_sort(rows, {}, [](auto const& row) { return std::pair(row.defect, row.size); });
      out_.rows.insert(out_.rows.end(), rows.begin(), rows.end());
    }
    out_.fingerprint = fingerprint_text(fingerprints_);
    return std::move(out_);
  }

 private:
  /// Whether a defect is refuted oftener than a truth may be.
  bool is_seen(CalibrationRow const& row) const {
    return static_cast<double>(row.refuted) > settings_.family_error * static_cast<double>(row.runs);
  }

  /// Plants a kind of defect, from its largest size down to one that is not seen.
  void grade(std::size_t k, DefectKind kind) {
    std::size_t const after = done_ + sizes.size();
    for (auto size = sizes.rbegin(); size != sizes.rend() && !out_.deadline_reached; ++size) {
      auto const question = planted_question(*subjects_[k], kind, *size);
      if (!question) continue;
      auto const* const row = add(k, empty_row(*subjects_[k], kind, *size), *question);
      if (row == nullptr || !is_seen(*row)) break;
    }
    done_ = after;
  }

  /// Runs a row unless the deadline is too near, which gives null. @throws sim::Interrupted
  CalibrationRow const* add(std::size_t k, CalibrationRow row, claims::Question const& question) {
    double const start = elapsed();
    bool const is_begun = next_ < state_.runs.size();  // before the calibration was resumed
    if (!is_begun && start + longest_row_ > settings_.deadline_seconds) {
      out_.deadline_reached = true;
      return nullptr;
    }
    std::vector<std::uint64_t> prints;
    while (row.runs < runs_) {
      if (next_ == state_.runs.size()) carry_out(row, question);
      auto const& outcome = state_.runs[next_++];
      out_.replicates += outcome.replicates;
      count(outcome.verdict, row);
      prints.push_back(outcome.print);
      tell(row);
    }
    ++done_;
    longest_row_ = std::max(longest_row_, elapsed() - start);
    fingerprints_.insert(fingerprints_.end(), prints.begin(), prints.end());
    rows_[k].push_back(std::move(row));
    return &rows_[k].back();
  }

  /// The next run of a row, which the state gets. @throws sim::Interrupted
  void carry_out(CalibrationRow const& row, claims::Question const& question) {
    RunSettings settings = settings_;
    settings.seed = seed_of(settings_.seed, row, row.runs);
    RunHooks run_hooks;
    run_hooks.stop = hooks_.stop;
    auto const result = run({question}, settings, run_hooks);
    if (result.interrupted) throw sim::Interrupted();
    state_.runs.push_back(
        {verdict_of_run(result.findings, row.expected), stable_hash(result.fingerprint), result.replicates});
    if (hooks_.advance) hooks_.advance();
  }

  static void count(Verdict verdict, CalibrationRow& row) {
    ++row.runs;
    row.verified += verdict == Verdict::verified;
    row.refuted += verdict == Verdict::refuted;
    row.inconclusive += verdict == Verdict::inconclusive;
  }

  void tell(CalibrationRow const& row) const {
    if (!hooks_.progress) return;
    double const part = static_cast<double>(row.runs) / static_cast<double>(runs_);
    std::string subject = row.claim + ", " + std::string(to_string(row.defect)) + " " + exact_text(row.size);
    hooks_.progress(
        {std::move(subject), (static_cast<double>(done_) + part) / static_cast<double>(planned_), out_.replicates});
  }

  double elapsed() const { return hooks_.elapsed_seconds ? hooks_.elapsed_seconds() : 0.0; }

  RunSettings settings_;
  std::int64_t runs_;
  CalibrationHooks const& hooks_;
  CalibrationState own_state_;
  CalibrationState& state_;
  std::size_t next_ = 0;  ///< run of the state
  std::vector<Subject const*> subjects_;
  std::vector<std::vector<CalibrationRow>> rows_;  ///< of each subject
  std::vector<std::uint64_t> fingerprints_;
  std::size_t planned_ = 0;  ///< rows that there may be
  std::size_t done_ = 0;     ///< of them, run or passed over
  double longest_row_ = 0;   ///< seconds
  Calibration out_;
};

}  // namespace

std::string case_text(claims::Case const& the_case) {
  auto const& setting = the_case.setting;
  auto const& name = setting.model.model->card().name;
  std::string text =
      name + "(" + parameters_text(setting.model) + ")" + model_text(setting).substr(name.size()) + " n=";
  for (std::size_t k = 0; k < the_case.sizes.size(); ++k)
    (text += k == 0 ? "" : ";") += std::to_string(the_case.sizes[k]);
  if (auto const* const own = std::get_if<std::string>(&the_case.estimator); own != nullptr && !own->empty())
    (text += " estimator=") += *own;
  for (auto const& [option, value] : the_case.options) ((text += " " + option) += "=") += value;
  if (the_case.expected == Expectation::refuted) text += " control";
  return text;
}

claims::Defect defect_of(DefectKind kind, double size) {
  claims::Defect defect;
  // Too little, so that estimates seem to beat the bound as well.
  if (kind == DefectKind::information) defect.information_factor = 1 / (1 + size);
  if (kind == DefectKind::score) defect.score_offset = size;
  if (kind == DefectKind::shift) defect.shift = size;
  return defect;
}

std::span<double const> graded_sizes() { return sizes; }

Calibration calibrate(std::span<Subject const> subjects, RunSettings const& settings, std::int64_t runs,
                      CalibrationHooks const& hooks) {
  expects(runs >= 1, "the number of runs is not positive (rates are counted over runs), give at least 1");
  return Calibrating(subjects, settings, runs, hooks).answer();
}

}  // namespace fisherlab::runs
