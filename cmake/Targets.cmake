# The three kinds of target, so that a folder's CMakeLists.txt is one line.
#
#   continuo_library(money DEPS continuo::result)         libs/money/*.cpp -> continuo::money,
#                                                         libs/money/*_test.cpp -> money_test
#   continuo_service(billing DEPS continuo::calendar)     services/billing/**/*.cpp, its .sql files
#                                                         embedded, its tests -> billing_test
#
# Tests are Catch2 programs registered with ctest under the folder's name as a label. A test source
# named *_store_test.cpp or one that needs Postgres takes its server from tests/run.

# The headers that nearly every source needs, compiled once.
add_library(continuo_precompiled OBJECT ${CMAKE_SOURCE_DIR}/cmake/precompiled.cpp)
target_precompile_headers(continuo_precompiled PRIVATE
  <algorithm> <chrono> <cstdint> <functional> <map> <memory> <optional> <span> <string>
  <string_view> <utility> <vector> <tl/expected.hpp>)

function(continuo_test name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPS;LABELS" ${ARGN})
  add_executable(${name} ${ARG_SOURCES})
  target_include_directories(${name} PRIVATE ${CMAKE_SOURCE_DIR})
  target_link_libraries(${name} PRIVATE ${ARG_DEPS} continuo::catch ${RAPIDCHECK})
  target_precompile_headers(${name} REUSE_FROM continuo_precompiled)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS "${ARG_LABELS}" TIMEOUT 600)
  set_property(GLOBAL APPEND PROPERTY CONTINUO_TESTS ${name})
endfunction()

function(continuo_library name)
  cmake_parse_arguments(ARG "" "" "DEPS;TEST_DEPS;EXCLUDE" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  list(TRANSFORM ARG_EXCLUDE PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/)
  list(REMOVE_ITEM sources ${tests} ${ARG_EXCLUDE} "")
  if(sources)
    add_library(continuo_${name} STATIC ${sources})
    target_include_directories(continuo_${name} PUBLIC ${CMAKE_SOURCE_DIR})
    target_link_libraries(continuo_${name} PUBLIC ${ARG_DEPS})
    target_precompile_headers(continuo_${name} REUSE_FROM continuo_precompiled)
  else()
    add_library(continuo_${name} INTERFACE)
    target_include_directories(continuo_${name} INTERFACE ${CMAKE_SOURCE_DIR})
    target_link_libraries(continuo_${name} INTERFACE ${ARG_DEPS})
  endif()
  add_library(continuo::${name} ALIAS continuo_${name})
  if(tests)
    continuo_test(${name}_test SOURCES ${tests} DEPS continuo_${name} ${ARG_TEST_DEPS} LABELS ${name})
  endif()
endfunction()

# Embeds a folder's .sql files: store/queries/insert_quote.sql becomes sql::insert_quote, and
# store/migrations/0001_first/up.sql an entry of sql::migrations, in the namespace
# continuo::<service>. Adds the generated source to `target`. With LIBRARY it is a lib's:
# "libs/<lib>/sql.h" rather than "services/<service>/store/sql.h".
function(continuo_embed_sql target service directory)
  cmake_parse_arguments(ARG "LIBRARY" "" "" ${ARGN})
  file(GLOB_RECURSE statements CONFIGURE_DEPENDS ${directory}/*.sql)
  set(folder services/${service}/store)
  if(ARG_LIBRARY)
    set(folder libs/${service})
  endif()
  set(out ${CMAKE_BINARY_DIR}/gen/${folder})
  add_custom_command(
    OUTPUT ${out}/sql.h ${out}/sql.cpp
    COMMAND Python3::Interpreter ${CMAKE_SOURCE_DIR}/cmake/embed_sql.py
      --service ${service} --from ${directory} --to ${out} --include ${folder}
    DEPENDS ${statements} ${CMAKE_SOURCE_DIR}/cmake/embed_sql.py
    VERBATIM)
  target_sources(${target} PRIVATE ${out}/sql.cpp ${out}/sql.h)
  target_include_directories(${target} PUBLIC ${CMAKE_BINARY_DIR}/gen)
endfunction()

function(continuo_service name)
  cmake_parse_arguments(ARG "" "" "DEPS" ${ARGN})
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS *.cpp)
  set(tests ${sources})
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  add_library(continuo_${name} STATIC ${sources})
  target_include_directories(continuo_${name} PUBLIC ${CMAKE_SOURCE_DIR})
  target_link_libraries(continuo_${name} PUBLIC continuo::runtime continuo::proto ${ARG_DEPS})
  target_precompile_headers(continuo_${name} REUSE_FROM continuo_precompiled)
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/store)
    continuo_embed_sql(continuo_${name} ${name} ${CMAKE_CURRENT_SOURCE_DIR}/store)
  endif()
  add_library(continuo::service_${name} ALIAS continuo_${name})
  if(tests)
    continuo_test(${name}_test SOURCES ${tests} DEPS continuo_${name} continuo::testing
      LABELS ${name} services)
  endif()
endfunction()
