#include "services/catalogue/app/app.h"

#include "continuo/crm/v1/account.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "libs/rpc/peers.h"

namespace continuo::catalogue::app {

Result<crm::v1::Account> AskAccount(const App& app, const rpc::Call& call, const std::string& id) {
  crm::v1::GetAccountRequest request;
  request.set_id(id);
  auto account =
      app.peers.Ask<crm::v1::Account>(call, "continuo.crm.v1.CrmService/GetAccount", request);
  if (!account && account.error().code == Code::kNotFound) {
    return Invalid("/account_id", "REFERENCE_NOT_FOUND", "There is no such account.");
  }
  return account;
}

Result<void> CheckDivision(const App& app, const rpc::Call& call, const std::string& id) {
  rpc::Call asking = rpc::Call::AsService("catalogue", call.request_id);
  asking.traceparent = call.traceparent;
  asking.deadline = call.deadline;
  directory::v1::GetDivisionRequest request;
  request.set_id(id);
  const auto division = app.peers.Ask<directory::v1::Division>(
      asking, "continuo.directory.v1.DirectoryService/GetDivision", request);
  if (!division && division.error().code == Code::kNotFound) {
    return Invalid("/division_id", "REFERENCE_NOT_FOUND", "There is no such division.");
  }
  RETURN_IF_FAULT(division);
  return {};
}

}  // namespace continuo::catalogue::app
