// What a service is, and what it gets. services/<name>/service.h declares one function:
//
//   namespace continuo::billing { runtime::ServiceDefinition Service(); }
//
// and that is all that the rest of the program knows of a service.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "libs/postgres/statement.h"
#include "libs/runtime/jobs.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
class Methods;
class Peers;
}  // namespace continuo::rpc
namespace continuo::events {
class Consumers;
}

namespace continuo::runtime {

struct Config;
class Metrics;

// What the runtime hands to a service when it starts. All of it outlives the service.
struct Host {
  postgres::Database& database;     // this service's schema
  rpc::Peers& peers;                // the other services
  rpc::Methods& methods;            // filled by the service: what it offers
  events::Consumers& consumers;     // filled by the service: the facts it acts on
  Jobs& jobs;                       // filled by the service: what falls due
  const Config& config;
  Metrics& metrics;
};

struct ServiceDefinition {
  std::string name;  // "billing": schema, topic, token audience, role names, metrics label
  std::span<const postgres::Migration> migrations;
  // The service holds account data: it gets the account_access projection, kept up to date from
  // directory's events, and its policies may use continuo_sees_account(account_id).
  bool holds_account_data = false;
  // Fills methods, consumers and jobs. Does no I/O.
  std::function<void(Host&)> wire;
  // Called once the server listens and the database is migrated, on a thread of its own; returns
  // when `stopping` turns true. For services with a loop of their own (webhooks' sender).
  std::function<void(Host&, const std::function<bool()>& stopping)> run;
};

}  // namespace continuo::runtime
