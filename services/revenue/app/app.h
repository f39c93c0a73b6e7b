// What the use cases work with.
#pragma once

#include <string>

#include "libs/rpc/call.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::revenue::app {

struct App {
  postgres::Database& database;
  rpc::Peers& peers;
};

// What became of a fact from elsewhere. It may need one that has not come yet: then nothing is
// done, and it is tried again.
struct Taken {
  std::string awaits;  // the subject of that other fact; empty: it has taken effect
};

}  // namespace continuo::revenue::app
