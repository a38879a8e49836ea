#include "reports/page/pictures/influence_figures.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <tuple>

#include "base/statistics/agreement.hpp"
#include "reports/page/figure_parts.hpp"
#include "reports/page/pictures/marked_points.hpp"
#include "reports/page/plot_parts.hpp"

namespace fisherlab::reports {
namespace {
using Vector = Eigen::VectorXd;

constexpr std::size_t most_pictures = 12;
constexpr std::size_t most_points = 200;

/// The larger half in size first, then an even choice of the others, so that the extremes are seen.
std::vector<InfluenceRow const*> chosen_points(std::vector<InfluenceRow const*> points) {
  if (points.size() <= most_points) return points;
  std::stable_sort(points.begin(), points.end(),
                   [](auto const* a, auto const* b) { return std::abs(*a->actual) > std::abs(*b->actual); });
  auto const head = most_points / 2, rest = points.size() - head;
  std::vector<InfluenceRow const*> chosen(points.begin(), points.begin() + static_cast<std::ptrdiff_t>(head));
  for (std::size_t k = 0; k < most_points - head; ++k) chosen.push_back(points[head + k * rest / (most_points - head)]);
  return chosen;
}

/// The ends of the diagonal that all points lie within.
std::pair<double, double> ends_of(std::vector<InfluenceRow const*> const& points) {
  double low = 0, high = 0;
  for (auto const* r : points) {
    low = std::min({low, r->predicted, *r->actual});
    high = std::max({high, r->predicted, *r->actual});
  }
  double const room = high > low ? 0.05 * (high - low) : 1;
  return {low - room, high + room};
}

/// A step of 1, 2 or 5 times a power of ten that divides the range into about four.
double round_step(double range) {
  double const power = std::pow(10.0, std::floor(std::log10(range / 4)));
  double const share = range / 4 / power;
  return power * (share < 1.5 ? 1 : share < 3.5 ? 2 : share < 7.5 ? 5 : 10);
}

/// The numbers of the rows whose removal does most, beside their points.
std::string row_numbers(std::vector<InfluenceRow const*> rows) {
  constexpr std::size_t most_named = 5;
  std::ranges::stable_sort(rows, std::ranges::greater(), [](auto const* r) { return std::abs(*r->actual); });
  std::vector<MarkedPoint> points;
  for (auto const* r : rows) points.push_back({r->predicted, *r->actual, std::to_string(r->train_index)});
  return point_names(points, most_named);
}

std::string scatter_script(std::vector<InfluenceRow const*> const& points, Agreement const& fit, bool with_numbers) {
  auto const [low, high] = ends_of(points);
  std::string script = plot_frame(440) + key_above() + "set rmargin 6\n";
  script += axis_label('x', "predicted change of the test loss") + axis_label('y', "actual change, by refitting");
  script += fmt::format("set xtics {0}\nset ytics {0}\n", plot_number(round_step(high - low)));
  script += fmt::format("set xrange [{0}:{1}]\nset yrange [{0}:{1}]\n$d << EOD\n", plot_number(low), plot_number(high));
  for (auto const* r : points) script += fmt::format("{} {}\n", plot_number(r->predicted), plot_number(*r->actual));
  script += "EOD\n" + (with_numbers ? row_numbers(points) : std::string());
  return script +
         fmt::format(
             "plot x with lines lw 1.2 lc {} title 'equal', {} + {}*x with lines dashtype 2 lw 1.5 lc {} title "
             "'fitted line', $d using 1:2 with points pt 7 ps 0.4 lc {} notitle\n",
             colour(Ink::faint), plot_number(fit.intercept), plot_number(fit.slope), colour(Ink::orange),
             colour(Ink::blue));
}

std::string agreement_words(Agreement const& fit) {
  return fmt::format("slope of actual on predicted {}, relative error {}, Pearson {}, Spearman {}",
                     short_text(fit.slope), short_text(fit.relative_error), short_text(fit.pearson),
                     short_text(fit.spearman));
}

std::string share_words(AttackRow const& r) {
  return short_text(static_cast<double>(r.flipped) / static_cast<double>(std::max<std::int64_t>(r.trials, 1)));
}

std::string images_text(AttackRow const& r) {
  auto const images = r.images == 1 ? std::string("1 training input") : fmt::format("{} training inputs", r.images);
  return r.direction == "random" ? images + ", random signs" : images;
}

/// One curve of an attack, its rows by size of the box.
struct AttackCurve {
  std::string label;
  int images = 0;
  bool is_control = false;
  std::vector<AttackRow const*> rows;
};

/// From no change on, where all attacks are of one size.
std::string box_range(std::vector<AttackCurve> const& curves) {
  double least = INFINITY, largest = 0;
  for (auto const& c : curves)
    for (auto const* r : c.rows) {
      least = std::min(least, r->box);
      largest = std::max(largest, r->box);
    }
  return least < largest ? std::string() : fmt::format("set xrange [0:{}]\n", plot_number(2 * largest));
}

std::string attack_script(std::vector<AttackCurve> const& curves) {
  static constexpr std::array inks{Ink::blue, Ink::orange, Ink::green, Ink::purple, Ink::indigo, Ink::brown};
  static constexpr std::array symbols{7, 5, 9, 13, 11, 7};
  std::set<int> images;
  for (auto const& c : curves) images.insert(c.images);
  std::string script =
      plot_frame(340 + 20 * static_cast<int>((curves.size() + 1) / 2)) + key_above() + "set key maxcols 2\n";
  script += axis_label('x', "box: largest change of one input") + axis_label('y', "share of predictions flipped");
  script += "set yrange [-0.03:1.03]\n" + box_range(curves);
  std::string plots;
  for (std::size_t i = 0; i < curves.size(); ++i) {
    auto const& c = curves[i];
    script += fmt::format("$d{} << EOD\n", i);
    for (auto const* r : c.rows)
      script += fmt::format(
          "{} {} {} {}\n", plot_number(r->box),
          plot_number(static_cast<double>(r->flipped) / static_cast<double>(std::max<std::int64_t>(r->trials, 1))),
          plot_number(r->lower), plot_number(r->upper));
    script += "EOD\n";
    auto const place = static_cast<std::size_t>(std::distance(images.begin(), images.find(c.images))) % inks.size();
    plots += fmt::format(
        "{0}$d{1} using 1:2:3:4 with yerrorbars pt {2} ps 0.7 lw 1.2 lc {3} notitle, $d{1} using 1:2 with lines "
        "dashtype {4} lw 1.5 lc {3} title {5}",
        plots.empty() ? "" : ", ", i, symbols[place], colour(inks[place]), c.is_control ? 2 : 1,
        gnuplot_quoted(c.label));
  }
  return script + "plot " + plots + "\n";
}

template <class Row>
std::vector<Row const*> pointers(std::span<Row const> rows) {
  std::vector<Row const*> result;
  for (auto const& row : rows) result.push_back(&row);
  return result;
}

}  // namespace

std::vector<Figure> influence_figures(std::span<InfluenceRow const> rows) {
  std::vector<InfluenceRow const*> known;
  for (auto const& r : rows)
    if (r.actual && std::isfinite(*r.actual) && std::isfinite(r.predicted)) known.push_back(&r);
  std::vector<Figure> figures;
  if (known.empty()) return figures;
  for (auto const& [key, points] : grouped(std::span<InfluenceRow const* const>(known), [](auto const& r) {
         return std::tuple(r.data, r.model, r.l2, r.convention, r.test_point == "mean");
       })) {
    if (points.size() < 3 || figures.size() == most_pictures) continue;
    auto const& [data, model, l2, convention, is_mean] = key;
    Vector predicted(static_cast<Eigen::Index>(points.size())), actual(predicted.size());
    std::set<std::pair<int, std::string>> targets;
    for (std::size_t i = 0; i < points.size(); ++i) {
      predicted[static_cast<Eigen::Index>(i)] = points[i]->predicted;
      actual[static_cast<Eigen::Index>(i)] = *points[i]->actual;
      targets.emplace(points[i]->split, points[i]->test_point);
    }
    auto const fit = agreement(predicted, actual);
    auto const shown = chosen_points(points);
    auto caption = fmt::format(
        "Each point is a training row that was removed and the model refitted ({} pairs{}). On the solid "
        "line the prediction is exact; a steeper cloud means that the first order predicts too little. Here: "
        "{}.",
        points.size(), targets.size() > 1 ? fmt::format(" over {} splits or test points", targets.size()) : "",
        agreement_words(fit));
    if (targets.size() == 1) caption += " The rows that do most have their numbers.";
    if (shown.size() < points.size())
      caption += fmt::format(" Shown are {} of them: the largest, and an even choice of the others.", shown.size());
    figures.push_back({scatter_script(shown, fit, targets.size() == 1),
                       fmt::format("{} on {}, l2 = {}, convention {}: {}", model, data, short_text(l2), convention,
                                   is_mean ? "mean test loss" : "single test rows"),
                       caption,
                       fmt::format("{} pairs of predicted and actual change: {}.", points.size(), agreement_words(fit)),
                       model,
                       {points.begin(), points.end()}});
  }
  return figures;
}

std::vector<Figure> attack_figures(std::span<AttackRow const> rows) {
  std::vector<Figure> figures;
  if (rows.empty()) return figures;
  auto const all = pointers(rows);
  for (auto const& [key, of_model] : grouped(std::span<AttackRow const* const>(all),
                                             [](auto const& r) { return std::tuple(r.data, r.model, r.l2); })) {
    std::vector<AttackCurve> curves;
    std::string alternative;
    for (auto const& [curve, of_curve] : grouped(std::span<AttackRow const* const>(of_model),
                                                 [](auto const& r) { return std::pair(r.images, r.direction); })) {
      AttackCurve entry{images_text(*of_curve.front()), curve.first, curve.second == "random", of_curve};
      std::stable_sort(entry.rows.begin(), entry.rows.end(),
                       [](auto const* a, auto const* b) { return a->box < b->box; });
      alternative += entry.label + ": ";
      for (auto const* r : entry.rows)
        alternative +=
            fmt::format("box {}: {} {}; ", short_text(r->box), share_words(*r), range_text(r->lower, r->upper));
      curves.push_back(std::move(entry));
    }
    auto const& [data, model, l2] = key;
    figures.push_back(
        {attack_script(curves),
         fmt::format("Attack on the training inputs: {}, l2 = {}",
                     model.find(" on ") == std::string::npos ? model + " on " + data : model, short_text(l2)),
         "Share of the right test predictions that turn wrong when a few training inputs are moved within a box along "
         "the influence and the model is refitted, with Wilson intervals. Dashed: the same box, signs drawn at random. "
         "The gap between a curve and its dashed one is what the influence knows.",
         alternative,
         model,
         {of_model.begin(), of_model.end()}});
  }
  return figures;
}

}  // namespace fisherlab::reports
