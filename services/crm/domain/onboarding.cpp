#include "services/crm/domain/onboarding.h"

#include <algorithm>
#include <set>

namespace continuo::crm::domain {
namespace {

template <class Steps>
auto* Find(Steps& steps, const std::string& code) {
  const auto found = std::find_if(steps.begin(), steps.end(),
                                  [&](const OnboardingStep& step) { return step.code == code; });
  return found == steps.end() ? nullptr : &*found;
}

void CompleteStep(const Completion& completion, OnboardingStep* step) {
  if (step->completed_on) return;
  step->completed_on = completion.on;
  step->completed_by = completion.by;
}

}  // namespace

std::vector<Violation> CheckSteps(const OnboardingSteps& steps) {
  std::vector<Violation> violations;
  if (steps.empty()) {
    violations.push_back({"/steps", "REQUIRED", "An onboarding needs a step."});
  }
  std::set<std::string> seen;
  for (size_t i = 0; i < steps.size(); ++i) {
    if (seen.insert(steps[i].code).second) continue;
    violations.push_back({"/steps/" + std::to_string(i) + "/code", "DUPLICATE",
                          "Step " + steps[i].code + " is there twice. Leave one out."});
  }
  return violations;
}

Result<void> KeepCompleted(const OnboardingSteps& before, OnboardingSteps* steps) {
  for (const OnboardingStep& done : before) {
    if (!done.completed_on) continue;
    OnboardingStep* kept = Find(*steps, done.code);
    if (!kept) {
      return FailedPrecondition("ONBOARDING_STEP_COMPLETED",
                                "Step " + done.code + " was completed on " +
                                    done.completed_on->ToString() + ". Keep it among the steps.",
                                {{"step", done.code}});
    }
    *kept = done;
  }
  return {};
}

Result<void> Complete(const Completion& completion, OnboardingSteps* steps) {
  if (completion.codes.empty()) {
    for (OnboardingStep& step : *steps) CompleteStep(completion, &step);
    return {};
  }
  for (size_t i = 0; i < completion.codes.size(); ++i) {
    OnboardingStep* step = Find(*steps, completion.codes[i]);
    if (!step) {
      return Invalid("/steps/" + std::to_string(i), "REFERENCE_NOT_FOUND",
                     "The onboarding has no step " + completion.codes[i] +
                         ". Name the code of one of its steps.");
    }
    CompleteStep(completion, step);
  }
  return {};
}

std::optional<calendar::Date> CompletedOn(const OnboardingSteps& steps) {
  std::optional<calendar::Date> last;
  for (const OnboardingStep& step : steps) {
    if (!step.completed_on) return std::nullopt;
    last = last ? std::max(*last, *step.completed_on) : *step.completed_on;
  }
  return last;
}

}  // namespace continuo::crm::domain
