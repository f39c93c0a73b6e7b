// The operations of ContractsService.
#pragma once

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Methods;
class Peers;
}  // namespace continuo::rpc

namespace continuo::contracts {

void OfferMethods(rpc::Methods& methods, postgres::Database& database, rpc::Peers& peers);

}  // namespace continuo::contracts
