#include <iterator>
#include <utility>

#include "reports/page/picture_figures.hpp"

namespace fisherlab::reports {
namespace {

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

}  // namespace

ClaimFigures claim_figures(RunTables const& run, std::string const& claim, std::span<Finding const* const> findings) {
  ClaimFigures figures;
  append(figures.shown, region_figures(findings));
  append(figures.shown, convergence_figures(of_claim(run.convergence, claim)));
  auto const curves = of_claim(run.pictures.curves, claim);
  append(figures.shown, covariance_figures(curves));
  append(figures.shown, interval_coverage_figures(curves));
  append(figures.folded, law_figures(of_claim(run.pictures.distributions, claim)));
  append(figures.folded, zip_figures(of_claim(run.pictures.intervals, claim)));
  return figures;
}

}  // namespace fisherlab::reports
