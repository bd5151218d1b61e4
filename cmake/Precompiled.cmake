# Headers read once for many files, with MUNIMENT_PCH.  A build without it shows that each file names what it
# uses: the presets dev and release.
set(MUNIMENT_PCH_ROOMS
  <algorithm> <cstdint> <filesystem> <functional> <map> <memory> <optional> <set> <string> <string_view> <unordered_map> <vector>)

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

if(MUNIMENT_PCH)
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/precompiled.cpp CONTENT "")
  add_library(muniment_precompiled OBJECT ${CMAKE_BINARY_DIR}/precompiled.cpp)
  target_link_libraries(muniment_precompiled PRIVATE muniment_flags)
  muniment_precompile(muniment_precompiled ${MUNIMENT_PCH_ROOMS})
endif()
