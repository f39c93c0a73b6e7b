// The stage for directory's tests: its schema on a real Postgres, and the other services played by
// a few functions.
#pragma once

#include <functional>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/postgres/database.h"
#include "libs/rpc/call.h"
#include "libs/rpc/peers.h"
#include "libs/testing/database.h"
#include "services/directory/app/app.h"
#include "services/directory/bootstrap.h"
#include "services/directory/store/sql.h"

namespace continuo::directory {

// Other services: what they answer, by method; the rest is NOT_FOUND.
class PlayedPeers : public rpc::Peers {
 public:
  using Answer = std::function<Result<void>(const std::string& service,
                                            const google::protobuf::Message& request,
                                            google::protobuf::Message& answer)>;
  std::map<std::string, Answer> answers;
  std::vector<std::string> names{"crm", "directory"};

  Result<void> AskMessageAt(const std::string& service, const rpc::Call&,
                            const std::string& method, const google::protobuf::Message& request,
                            google::protobuf::Message& answer) override {
    const auto found = answers.find(method.substr(method.find('/') + 1));
    if (found == answers.end()) return NotFound("answer", method);
    return found->second(service, request, answer);
  }
  std::vector<std::string> services() const override { return names; }
};

// The names of the statements that any test has run.
inline std::set<std::string>& StatementsRun() {
  static std::set<std::string> names;
  return names;
}

template <class T>
std::string Reason(const Result<T>& result) {
  if (result) return "";
  const Fault& fault = result.error();
  return fault.violations.empty() ? fault.reason : fault.violations[0].code;
}
template <class T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(result.error().reason + ": " + result.error().message);
  return *std::move(result);
}

struct Stage {
  testing::TestDatabase test;
  postgres::Database database;
  PlayedPeers peers;
  app::App app{database, peers, true};
  AdministratorMade administrator;

  Stage()
      : database([&] {
          test.Migrate("directory",
                       {events::Migrations(), access::Migrations(), sql::migrations()});
          test.SetClock("directory", "2026-03-10T09:00:00Z");
          postgres::DatabaseConfig config = test.Config("directory");
          config.on_statement = [](const postgres::Statement& statement, auto) {
            if (statement.service == "directory") StatementsRun().emplace(statement.name);
          };
          return config;
        }()),
        administrator(Must(CreateAdministrator(
            database, rpc::Call::AsService("directory", "req_first"), {.sandbox = true}))) {}

  rpc::Call Of(const std::string& user_id, bool sees_all,
               std::vector<std::string> permissions = {"*"}) const {
    rpc::Call call;
    call.principal.user_id = user_id;
    call.principal.sees_all = sees_all;
    call.principal.permissions = std::move(permissions);
    call.request_id = "req_test";
    return call;
  }
  rpc::Call All() const { return Of(administrator.user_id, true); }
  std::string Events(const std::string& where = "true") const {
    return test.Execute("SELECT string_agg(type, ' ' ORDER BY id) FROM directory.event_log WHERE " +
                        where);
  }
};

}  // namespace continuo::directory
