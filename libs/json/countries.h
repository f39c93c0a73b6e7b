// The countries of ISO 3166-1 by their alpha-2 codes, as assigned.
#pragma once

#include <span>
#include <string_view>

namespace continuo::json {

// Ascending.
std::span<const std::string_view> Countries();
bool IsCountry(std::string_view code);

}  // namespace continuo::json
