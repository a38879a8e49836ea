#pragma once

#include <string_view>

namespace fisherlab::reports {

/// The files of reports/templates/, compiled in.
std::string_view html_page_template();
std::string_view html_page_style();
std::string_view html_page_script();
std::string_view html_figure_template();
std::string_view html_history_template();
std::string_view html_compare_template();
std::string_view html_diagnosis_template();

}  // namespace fisherlab::reports
