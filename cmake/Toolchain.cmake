# How everything is compiled: C++20, optimised, with assertions on (no NDEBUG), the same for the
# product and its tests, so that one build tree serves both `deploy/run` and `tests/run`.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_CONTINUO "-O2")
set(CMAKE_EXE_LINKER_FLAGS_CONTINUO "")
# -pthread everywhere: the precompiled header is shared, and gRPC asks for it.
add_compile_options(-pthread -Wall -Wextra -Wno-missing-field-initializers -fno-plt)
add_compile_definitions(BOOST_ALLOW_DEPRECATED_HEADERS)

find_program(CCACHE ccache)
if(CCACHE)
  # The base directory and the relaxed precompiled-header checks let every clone and work tree of
  # the project share one cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
      ${CCACHE})
endif()
find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()

set(CONTINUO_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize= takes them")
if(CONTINUO_SANITIZE)
  # -O1 halves the time to compile; the first finding ends the program.
  add_compile_options(-fsanitize=${CONTINUO_SANITIZE} -fno-sanitize-recover=all
    -fno-omit-frame-pointer -O1 -g1)
  add_link_options(-fsanitize=${CONTINUO_SANITIZE})
  if(CONTINUO_SANITIZE MATCHES thread)
    # protobuf's headers give some classes other members where this is set, but libprotobuf and our
    # generated code are not built so. It changes nothing else.
    add_compile_options(-U__SANITIZE_THREAD__)
    add_compile_definitions(CONTINUO_THREAD_SANITIZER)
  endif()
endif()
# One link at a time: two big ones at once cost more memory than they save time.
set_property(GLOBAL PROPERTY JOB_POOLS link=1)
set(CMAKE_JOB_POOL_LINK link)
