// Those who may become customers, and what becomes of them.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::crm::v1 {
class ConvertLeadRequest;
class CreateLeadRequest;
class DisqualifyLeadRequest;
class GetLeadRequest;
class Lead;
class ListLeadsRequest;
class ListLeadsResponse;
class UpdateLeadRequest;
}  // namespace continuo::crm::v1

namespace continuo::crm::app {

Result<v1::Lead> CreateLead(postgres::Database& database, const rpc::Call& call,
                            const v1::CreateLeadRequest& request);
Result<v1::Lead> GetLead(postgres::Database& database, const rpc::Call& call,
                         const v1::GetLeadRequest& request);
Result<v1::ListLeadsResponse> ListLeads(postgres::Database& database, const rpc::Call& call,
                                        const v1::ListLeadsRequest& request);
Result<v1::Lead> UpdateLead(postgres::Database& database, const rpc::Call& call,
                            const v1::UpdateLeadRequest& request);
Result<v1::Lead> ConvertLead(postgres::Database& database, const rpc::Call& call,
                             const v1::ConvertLeadRequest& request);
Result<v1::Lead> DisqualifyLead(postgres::Database& database, const rpc::Call& call,
                                const v1::DisqualifyLeadRequest& request);

}  // namespace continuo::crm::app
