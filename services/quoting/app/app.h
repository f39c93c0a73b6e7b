// What every use case of quoting works with.
#pragma once

#include <memory>
#include <string>

#include "libs/result/result.h"
#include "libs/rpc/call.h"
#include "services/quoting/app/offer_cache.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::quoting::app {

struct App {
  postgres::Database& database;
  rpc::Peers& peers;
  std::string public_url = {};  // what links to us begin with, without a slash at the end
  std::shared_ptr<OfferCache> offers = std::make_shared<OfferCache>();
};

// The same request, asked by quoting itself: for what a caller needs no permission of their own
// for, the catalogue's terms and the division's zone.
rpc::Call AsQuoting(const rpc::Call& call);

}  // namespace continuo::quoting::app
