// The operations of ContractsService.
#pragma once

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Methods;
class Peers;
}  // namespace continuo::rpc

namespace continuo::contracts::rpc {

void OfferMethods(continuo::rpc::Methods& methods, postgres::Database& database,
                  continuo::rpc::Peers& peers);

}  // namespace continuo::contracts::rpc
