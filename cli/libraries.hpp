#pragma once

#include <map>
#include <string>

namespace fisherlab::cli {

/// Name and version of the libraries and programs that the command line and the reports use, for the manifest.
std::map<std::string, std::string> libraries();

}  // namespace fisherlab::cli
