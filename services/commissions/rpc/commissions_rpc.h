// Which use case answers which RPC.
#pragma once

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Methods;
}

namespace continuo::commissions {

void OfferMethods(rpc::Methods& methods, postgres::Database& database);

}  // namespace continuo::commissions
