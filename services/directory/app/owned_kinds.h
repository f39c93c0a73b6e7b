// Which service owns a kind of thing, and how one is read: from the protos, so that a new resource takes
// part by itself.
#pragma once

#include <string>
#include <string_view>

namespace continuo::directory::app {

struct OwnedKind {
  std::string plural;  // "quotes"
  std::string getter;  // "continuo.quoting.v1.QuotingService/GetQuote"
};

// By the prefix of its ids ("quo"); null: no service reads such a thing by its id.
const OwnedKind* FindOwnedKind(std::string_view prefix);

}  // namespace continuo::directory::app
