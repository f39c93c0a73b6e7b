// What every use case of quoting works with.
#pragma once

#include <string>

#include "libs/result/result.h"
#include "libs/rpc/call.h"

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
};

// The same request, asked by quoting itself: for what a caller needs no permission of their own
// for, the catalogue's terms and the division's zone.
rpc::Call AsQuoting(const rpc::Call& call);

// Whether the caller sees the account of this quote, order or residual demand after all: directory
// may know of a link that has not reached this service yet.
bool SeesAfterAll(const App& app, const rpc::Call& call, const std::string& id);

// Runs `fn`, and once more when it found nothing though the caller sees the thing after all.
template <class Fn>
auto WithAccess(const App& app, const rpc::Call& call, const std::string& id, Fn fn) {
  auto result = fn();
  if (result || result.error().code != Code::kNotFound) return result;
  if (!SeesAfterAll(app, call, id)) return result;
  return fn();
}

}  // namespace continuo::quoting::app
