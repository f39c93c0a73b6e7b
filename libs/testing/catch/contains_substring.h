// The one matcher that Catch2 2 and 3 name differently, by its newer name:
//
//   CHECK_THAT(body, ContainsSubstring("INTERNAL"));
#pragma once

#include <string>

#include "libs/testing/catch/catch.h"

namespace continuo::testing {

#if CATCH_VERSION_MAJOR >= 3
using Catch::Matchers::ContainsSubstring;
#else
inline auto ContainsSubstring(const std::string& text) { return Catch::Matchers::Contains(text); }
#endif

}  // namespace continuo::testing
