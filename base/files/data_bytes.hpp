#pragma once

#include <string>
#include <string_view>

namespace fisherlab {

/// The bytes of a gzip file (RFC 1952; several members one after the other, as `cat a.gz b.gz` makes them).
/// @throws InputError for bytes that are damaged or end too early; `name`: the file in the message.
std::string gunzipped(std::string_view bytes, std::string_view name);

/// The whole of a file of data: "-" is standard input, and what begins as a gzip file is uncompressed.
/// @throws InputError as read_bytes() and gunzipped().
std::string read_data_bytes(std::string const& path);

/// What a file of data is called in messages: "standard input" for "-", else the path.
std::string data_name(std::string const& path);

}  // namespace fisherlab
