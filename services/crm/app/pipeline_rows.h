// A stored pipeline, and the one that an opportunity goes into.
#pragma once

#include <string>
#include <vector>

#include "libs/postgres/resource.h"

namespace continuo::crm::v1 {
class Pipeline;
}

namespace continuo::crm::app {

extern const postgres::Resource kPipeline;

// The pipeline with this id, the default one for "". Its stages stay as they are until the
// transaction ends. REFERENCE_NOT_FOUND at /pipeline_id.
Result<v1::Pipeline> ChoosePipeline(postgres::Transaction& tx, const std::string& id);

std::vector<std::string> StageCodes(const v1::Pipeline& pipeline);

}  // namespace continuo::crm::app
