// What use cases that ask other services work with.
#pragma once

#include <string>

#include "libs/result/result.h"
#include "libs/rpc/call.h"

namespace continuo::crm::v1 {
class Account;
}
namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::catalogue::app {

struct App {
  postgres::Database& database;
  rpc::Peers& peers;
};

// As the caller: who may not see an account is told that there is none. 400 at /account_id.
Result<crm::v1::Account> AskAccount(const App& app, const rpc::Call& call, const std::string& id);
// 400 at /division_id when there is no such division.
Result<void> CheckDivision(const App& app, const rpc::Call& call, const std::string& id);

}  // namespace continuo::catalogue::app
