#pragma once

namespace fisherlab {

/// Gives the whole pages between two addresses of memory that was allocated back to the system. They read as zeros from
/// then on; the memory is still its owner's. Gives the address up to which pages were given back.
char const* forget_pages(char const* begin, char const* end);

}  // namespace fisherlab
