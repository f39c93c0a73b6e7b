// What every use case gets beside its call and request.
#pragma once

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Peers;
}

namespace continuo::directory::app {

struct App {
  postgres::Database& database;
  rpc::Peers& peers;
  bool sandbox = false;
};

}  // namespace continuo::directory::app
