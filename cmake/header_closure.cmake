cmake_policy(VERSION 3.25)  # install scripts start without

# fisherlab_header_closure(OUT ROOT header...): into OUT the headers, relative to ROOT, and all that they include in
# quotation marks, directly or not; each once, sorted. Headers in angle brackets belong to other libraries.
function(fisherlab_header_closure out root)
  set(known "")
  set(open ${ARGN})
  while(open)
    list(POP_FRONT open header)
    if(header IN_LIST known)
      continue()
    endif()
    if(NOT EXISTS "${root}/${header}")
      message(FATAL_ERROR "header ${header} does not exist, correct the include or the list that names it (cmake/public_headers.txt)")
    endif()
    list(APPEND known "${header}")
    file(STRINGS "${root}/${header}" includes REGEX "^#include \"")
    foreach(line IN LISTS includes)
      string(REGEX REPLACE "^#include \"([^\"]+)\".*" "\\1" included "${line}")
      list(APPEND open "${included}")
    endforeach()
  endwhile()
  list(SORT known)
  set(${out} "${known}" PARENT_SCOPE)
endfunction()

# fisherlab_public_headers(OUT FILE): into OUT the headers that FILE lists, without its comments.
function(fisherlab_public_headers out file)
  file(STRINGS "${file}" headers REGEX "^[^# ]")
  set(${out} "${headers}" PARENT_SCOPE)
endfunction()
