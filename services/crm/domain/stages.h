// The stages of a pipeline, and which of them a deal stands in.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "libs/result/result.h"

namespace continuo::crm::domain {

// Codes are told apart; there is at least one. Violations point into "/stages".
std::vector<Violation> CheckStages(std::span<const std::string> codes);

// The stage asked for, the first when none is. Refused when the pipeline has none of that code.
Result<std::string> ChooseStage(std::span<const std::string> codes, const std::string& asked);

// A stage cannot be left out of a pipeline while open opportunities stand in it.
Result<void> CheckStagesKept(std::span<const std::string> codes,
                             std::span<const std::string> used);

}  // namespace continuo::crm::domain
