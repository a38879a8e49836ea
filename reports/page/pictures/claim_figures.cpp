#include <algorithm>
#include <iterator>
#include <utility>

#include "reports/page/pictures/attacked_images.hpp"
#include "reports/page/pictures/picture_figures.hpp"

namespace fisherlab::reports {
namespace {

constexpr std::size_t most_curves_shown = 2;

template <class Row>
std::vector<Row const*> of_claim(std::vector<Row> const& rows, std::string const& claim) {
  std::vector<Row const*> own;
  for (auto const& row : rows)
    if (row.claim == claim) own.push_back(&row);
  return own;
}

void append(std::vector<Figure>& all, std::vector<Figure> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

/// The first figures of a list move to another; gives how many are left.
std::size_t take(std::vector<Figure> from, std::size_t most, std::vector<Figure>& to) {
  auto const count = std::min(most, from.size());
  std::move(from.begin(), from.begin() + static_cast<std::ptrdiff_t>(count), std::back_inserter(to));
  return from.size() - count;
}

}  // namespace

std::vector<Figure> curve_figures(RunTables const& run, std::string const& claim) {
  auto const curves = of_claim(run.pictures.curves, claim);
  auto figures = interval_coverage_figures(curves);
  append(figures, covariance_figures(curves));
  name_data(figures, run.pictures.curves, "curves.csv");
  auto points = of_claim(run.convergence, claim);
  auto limits = profile_figures(points);
  std::erase_if(points, [](auto const* row) { return is_of_profile(*row); });
  append(limits, convergence_figures(points));
  name_data(limits, run.convergence, "convergence.csv");
  append(figures, std::move(limits));
  return figures;
}

ClaimFigures claim_figures(RunTables const& run, std::string const& claim, bool full) {
  ClaimFigures figures;
  auto laws = law_figures(of_claim(run.pictures.distributions, claim));
  name_data(laws, run.pictures.distributions, "distributions.csv");
  auto zips = zip_figures(of_claim(run.pictures.intervals, claim), of_claim(run.pictures.curves, claim));
  name_data(zips, run.pictures.intervals, "intervals.csv");
  auto curves = curve_figures(run, claim);
  auto images = attacked_image_figures(of_claim(run.pixels, claim));
  name_data(images, run.pixels, "attacked_image.csv");
  if (!full) {
    figures.left_out += take(std::move(images), 1, figures.shown);
    figures.left_out += take(std::move(curves), most_curves_shown, figures.shown);
    figures.left_out += take(std::move(laws), 1, figures.shown);
    figures.left_out += take(std::move(zips), 1, figures.shown);
    return figures;
  }
  figures.shown = std::move(curves);
  append(figures.shown, std::move(images));
  figures.folded = std::move(laws);
  append(figures.folded, std::move(zips));
  return figures;
}

}  // namespace fisherlab::reports
