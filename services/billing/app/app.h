// What the use cases work with.
#pragma once

#include "libs/rpc/call.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::billing::app {

struct App {
  postgres::Database& database;
  rpc::Peers& peers;
};

// The same call on billing's own behalf: for looking up what the caller need not be allowed to read
// (a division's zone, an account's country). Access to accounts is still checked on what is
// written.
rpc::Call OnOwnBehalf(const rpc::Call& call);

}  // namespace continuo::billing::app
