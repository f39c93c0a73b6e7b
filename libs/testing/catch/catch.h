// The one include for Catch2, whichever major version the machine has (Debian 12: 2, 13: 3).
#pragma once

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif
