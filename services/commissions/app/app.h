// What the use cases work with.
#pragma once

#include "libs/rpc/call.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::commissions::app {

struct App {
  postgres::Database& database;
  rpc::Peers& peers;
};

}  // namespace continuo::commissions::app
