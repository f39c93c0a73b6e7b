// The stages that deals pass.
#pragma once

#include "libs/result/result.h"

namespace continuo::postgres {
class Database;
}
namespace continuo::rpc {
struct Call;
}
namespace continuo::crm::v1 {
class CreatePipelineRequest;
class GetPipelineRequest;
class ListPipelinesRequest;
class ListPipelinesResponse;
class Pipeline;
class UpdatePipelineRequest;
}  // namespace continuo::crm::v1

namespace continuo::crm::app {

Result<v1::Pipeline> CreatePipeline(postgres::Database& database, const rpc::Call& call,
                                    const v1::CreatePipelineRequest& request);
Result<v1::Pipeline> GetPipeline(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetPipelineRequest& request);
Result<v1::ListPipelinesResponse> ListPipelines(postgres::Database& database, const rpc::Call& call,
                                                const v1::ListPipelinesRequest& request);
Result<v1::Pipeline> UpdatePipeline(postgres::Database& database, const rpc::Call& call,
                                    const v1::UpdatePipelineRequest& request);

}  // namespace continuo::crm::app
