// Deals, from opened to won or lost.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::crm::v1 {
class CreateOpportunityRequest;
class GetOpportunityRequest;
class ListOpportunitiesRequest;
class ListOpportunitiesResponse;
class ListOpportunityValuesRequest;
class ListOpportunityValuesResponse;
class LoseOpportunityRequest;
class Opportunity;
class ReopenOpportunityRequest;
class UpdateOpportunityRequest;
class WinOpportunityRequest;
}  // namespace continuo::crm::v1

namespace continuo::crm::app {

Result<v1::Opportunity> CreateOpportunity(postgres::Database& database, const rpc::Call& call,
                                          const v1::CreateOpportunityRequest& request);
Result<v1::Opportunity> GetOpportunity(postgres::Database& database, const rpc::Call& call,
                                       const v1::GetOpportunityRequest& request);
Result<v1::ListOpportunitiesResponse> ListOpportunities(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListOpportunitiesRequest& request);
Result<v1::Opportunity> UpdateOpportunity(postgres::Database& database, const rpc::Call& call,
                                          const v1::UpdateOpportunityRequest& request);
Result<v1::Opportunity> WinOpportunity(postgres::Database& database, const rpc::Call& call,
                                       const v1::WinOpportunityRequest& request);
Result<v1::Opportunity> LoseOpportunity(postgres::Database& database, const rpc::Call& call,
                                        const v1::LoseOpportunityRequest& request);
Result<v1::Opportunity> ReopenOpportunity(postgres::Database& database, const rpc::Call& call,
                                          const v1::ReopenOpportunityRequest& request);
Result<v1::ListOpportunityValuesResponse> ListOpportunityValues(
    postgres::Database& database, const rpc::Call& call,
    const v1::ListOpportunityValuesRequest& request);

}  // namespace continuo::crm::app
