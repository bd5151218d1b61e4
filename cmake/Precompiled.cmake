# Headers read once for many files, with MUNIMENT_PCH.  That each file names what it uses all the same is what
# tests/house/includes_test.cpp holds to.
set(MUNIMENT_PCH_ROOMS
  <algorithm> <chrono> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <span> <string> <string_view>
  <unordered_map> <variant> <vector>)

# The first target given a list reads it; the others with the same flags share what it read.
function(muniment_precompile target)
  if(MUNIMENT_PCH)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  endif()
endfunction()
function(muniment_share_precompiled target owner)
  if(MUNIMENT_PCH)
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

# One for the files that the fuzzer watches, one for the others: the flags are part of what is shared.
if(MUNIMENT_PCH)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "")
  foreach(flags muniment_unwatched_flags muniment_watched_flags)
    add_library(${flags}_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
    target_link_libraries(${flags}_precompiled PRIVATE ${flags})
    muniment_precompile(${flags}_precompiled ${MUNIMENT_PCH_ROOMS})
  endforeach()
endif()
