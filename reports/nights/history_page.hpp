#pragma once

#include <functional>
#include <span>
#include <string>

#include "reports/nights/trend.hpp"

namespace fisherlab::reports {

/// The bytes of an index of nights: for each study its nights, findings that drift, and a line a claim with how far its
/// farthest finding lies from the target, night by night. One page that needs no other file; every text is escaped.
/// It stands beside `nights.csv`, the night_rows(). `page_of`: where the page of a run stands, as a link; empty where
/// there is none.
std::string history_html(std::span<StudyTrend const> trends,
                         std::function<std::string(HistoryRun const&)> const& page_of = {});

}  // namespace fisherlab::reports
