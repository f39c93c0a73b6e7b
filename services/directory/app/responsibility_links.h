// Responsibility links: made by people, made with an account, and ended.
#pragma once

#include <string>

#include "libs/result/result.h"

namespace continuo::postgres {
class Transaction;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::directory::v1 {
class CreateResponsibilityLinkRequest;
class EndResponsibilityLinkRequest;
class GetResponsibilityLinkRequest;
class ListResponsibilityLinksRequest;
class ListResponsibilityLinksResponse;
class ResponsibilityLink;
}  // namespace continuo::directory::v1

namespace continuo::directory::app {

struct App;

Result<v1::ResponsibilityLink> CreateResponsibilityLink(
    const App& app, const rpc::Call& call, const v1::CreateResponsibilityLinkRequest& request);
Result<v1::ResponsibilityLink> GetResponsibilityLink(
    const App& app, const rpc::Call& call, const v1::GetResponsibilityLinkRequest& request);
Result<v1::ListResponsibilityLinksResponse> ListResponsibilityLinks(
    const App& app, const rpc::Call& call, const v1::ListResponsibilityLinksRequest& request);
Result<v1::ResponsibilityLink> EndResponsibilityLink(
    const App& app, const rpc::Call& call, const v1::EndResponsibilityLinkRequest& request);

// Whoever opened the account is responsible for it. `source_id` names the event, which makes one
// link however often it comes.
void LinkCreatorOfAccount(postgres::Transaction& tx, const std::string& account_id,
                          const std::string& user_id, const std::string& source_id);

}  // namespace continuo::directory::app
