# At install: the public headers of `source` and what they include, into `include`/fisherlab/, where "sim/lanes.hpp" is
# <fisherlab/sim/lanes.hpp>. What stands there from an earlier version goes.
include("${CMAKE_CURRENT_LIST_DIR}/header_closure.cmake")
set(there "$ENV{DESTDIR}${CMAKE_INSTALL_PREFIX}/${include}/fisherlab")
fisherlab_public_headers(headers "${CMAKE_CURRENT_LIST_DIR}/public_headers.txt")
fisherlab_header_closure(headers "${source}" ${headers})
file(REMOVE_RECURSE "${there}")
foreach(header IN LISTS headers)
  file(READ "${source}/${header}" text)
  string(REGEX REPLACE "(^|\n)#include \"([^\"]+)\"" "\\1#include <fisherlab/\\2>" text "${text}")
  file(WRITE "${there}/${header}" "${text}")
endforeach()
list(LENGTH headers count)
message(STATUS "Installed ${count} headers in ${there}")
