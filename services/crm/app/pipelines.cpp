#include "services/crm/app/pipelines.h"

#include "continuo/crm/v1/opportunity.pb.h"
#include "libs/ids/kinds.h"
#include "libs/json/patch.h"
#include "services/crm/app/pipeline_rows.h"
#include "services/crm/domain/stages.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {

using postgres::Document;
using postgres::IdOrNull;

const postgres::Resource kPipeline{sql::select_pipeline, sql::lock_pipeline};

namespace {

Result<void> CheckPipeline(const v1::Pipeline& pipeline) {
  std::vector<Violation> violations = domain::CheckStages(StageCodes(pipeline));
  if (!violations.empty()) return Invalid(std::move(violations));
  return {};
}

Result<void> CheckStagesKept(postgres::Transaction& tx, const v1::Pipeline& pipeline) {
  std::vector<std::string> used;
  const postgres::Rows rows = tx.Run(sql::select_used_stages, IdOrNull("pipe", pipeline.id()));
  for (const postgres::Row row : rows) used.emplace_back(row.Text("stage"));
  return domain::CheckStagesKept(StageCodes(pipeline), used);
}

}  // namespace

std::vector<std::string> StageCodes(const v1::Pipeline& pipeline) {
  std::vector<std::string> codes;
  for (const v1::Stage& stage : pipeline.stages()) codes.push_back(stage.code());
  return codes;
}

Result<v1::Pipeline> ChoosePipeline(postgres::Transaction& tx, const std::string& id) {
  v1::Pipeline pipeline;
  if (id.empty()) {
    const postgres::Rows rows = tx.Run(sql::select_default_pipeline);
    postgres::Fill(rows.front(), &pipeline);
    tx.Run(sql::share_pipeline, IdOrNull("pipe", pipeline.id()));
  } else if (tx.Run(sql::share_pipeline, IdOrNull("pipe", id)).empty()) {
    return Invalid("/pipeline_id", "REFERENCE_NOT_FOUND",
                   "There is no such pipeline. Check the id, or leave it out.");
  }
  return Load<v1::Pipeline>(tx, kPipeline, id.empty() ? pipeline.id() : id);
}

Result<v1::Pipeline> CreatePipeline(postgres::Database& database, const rpc::Call& call,
                                    const v1::CreatePipelineRequest& request) {
  return database.Command<v1::Pipeline>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Pipeline> {
        RETURN_IF_FAULT(CheckPipeline(request.pipeline()));
        const ids::PipelineId id = ids::PipelineId::New();
        if (request.pipeline().is_default()) tx.Run(sql::clear_default_pipeline, id);
        tx.Run(sql::insert_pipeline, id, postgres::Json{Document(request.pipeline())}, tx.now());
        return Load<v1::Pipeline>(tx, kPipeline, id.ToString());
      });
}

Result<v1::Pipeline> GetPipeline(postgres::Database& database, const rpc::Call& call,
                                 const v1::GetPipelineRequest& request) {
  return Get<v1::Pipeline>(database, call, kPipeline, request);
}

Result<v1::ListPipelinesResponse> ListPipelines(postgres::Database& database,
                                                const rpc::Call& call,
                                                const v1::ListPipelinesRequest& request) {
  return ListOf<v1::ListPipelinesResponse>(database, call, kPipeline, request);
}

Result<v1::Pipeline> UpdatePipeline(postgres::Database& database, const rpc::Call& call,
                                    const v1::UpdatePipelineRequest& request) {
  return database.Command<v1::Pipeline>(
      call, [&](postgres::Transaction& tx) -> Result<v1::Pipeline> {
        ASSIGN_OR_RETURN(v1::Pipeline pipeline,
                         LoadForChange<v1::Pipeline>(tx, kPipeline, request.id()));
        const bool was_default = pipeline.is_default();
        RETURN_IF_FAULT(json::ApplyPatch(request.update_mask(), request.pipeline(), &pipeline));
        RETURN_IF_FAULT(CheckPipeline(pipeline));
        RETURN_IF_FAULT(CheckStagesKept(tx, pipeline));
        if (was_default && !pipeline.is_default()) {
          return Invalid("/is_default", "NOT_ALLOWED",
                         "There is always a default. Make another pipeline it instead.");
        }
        const postgres::Parameter id = IdOrNull("pipe", request.id());
        if (pipeline.is_default()) tx.Run(sql::clear_default_pipeline, id);
        tx.Run(sql::update_pipeline, id, postgres::Json{Document(pipeline)});
        return Load<v1::Pipeline>(tx, kPipeline, request.id());
      });
}

}  // namespace continuo::crm::app
