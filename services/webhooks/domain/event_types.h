// Which event types an endpoint wants.
//
//   Matches("invoice.*", "invoice.issued")  -> true
//   Matches("invoice.*", "invoiced.late")   -> false: a wildcard stands for whole words
//   Matches("*", "quote.created")           -> true
//
// A pattern is "*", a type, or the first words of one followed by ".*". Whether a type exists is
// not its business: a type may be published that is newer than the endpoint.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace continuo::webhooks::domain {

bool IsPattern(std::string_view text);
bool Matches(std::string_view pattern, std::string_view type);
bool MatchesAny(std::span<const std::string> patterns, std::string_view type);

}  // namespace continuo::webhooks::domain
