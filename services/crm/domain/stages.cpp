#include "services/crm/domain/stages.h"

#include <algorithm>

namespace continuo::crm::domain {
namespace {

bool Holds(std::span<const std::string> codes, const std::string& code) {
  return std::find(codes.begin(), codes.end(), code) != codes.end();
}

}  // namespace

std::vector<Violation> CheckStages(std::span<const std::string> codes) {
  std::vector<Violation> violations;
  if (codes.empty()) {
    violations.push_back({"/stages", "REQUIRED", "A pipeline needs a stage."});
  }
  for (size_t i = 0; i < codes.size(); ++i) {
    if (!Holds(codes.first(i), codes[i])) continue;
    violations.push_back({"/stages/" + std::to_string(i) + "/code", "DUPLICATE",
                          "Stage " + codes[i] + " is there twice. Leave one out."});
  }
  return violations;
}

Result<std::string> ChooseStage(std::span<const std::string> codes, const std::string& asked) {
  if (asked.empty() && !codes.empty()) return codes.front();
  if (Holds(codes, asked)) return asked;
  return Invalid("/stage", "REFERENCE_NOT_FOUND",
                 "The pipeline has no stage " + asked + ". Name one of its stages.");
}

Result<void> CheckStagesKept(std::span<const std::string> codes,
                             std::span<const std::string> used) {
  for (const std::string& stage : used) {
    if (Holds(codes, stage)) continue;
    return FailedPrecondition("PIPELINE_STAGE_IN_USE",
                              "Open opportunities stand in stage " + stage +
                                  ". Move them to another stage first.",
                              {{"stage", stage}});
  }
  return {};
}

}  // namespace continuo::crm::domain
