// What an account has to go through, step by step.
//
//   contract done on the 3rd, credit check open     open
//   Complete({"credit"}, the 9th)                   completed on the 9th
//   Complete({"contract"}, the 9th)                 as it was: the contract keeps its 3rd
//
// It does not say what may be sold meanwhile: quoting does, by what it finds open.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "libs/calendar/date.h"
#include "libs/result/result.h"

namespace continuo::crm::domain {

struct OnboardingStep {
  std::string code;
  std::optional<calendar::Date> completed_on;
  std::string completed_by;  // a user, of a completed one
};
using OnboardingSteps = std::vector<OnboardingStep>;

// At least one, each code once; at /steps.
std::vector<Violation> CheckSteps(const OnboardingSteps& steps);
// `steps` as they are to be, with what was completed of them before. ONBOARDING_STEP_COMPLETED
// where such a step is missing.
Result<void> KeepCompleted(const OnboardingSteps& before, OnboardingSteps* steps);

struct Completion {
  std::vector<std::string> codes;  // none: all that are left
  calendar::Date on;
  std::string by;
};
// REFERENCE_NOT_FOUND at /steps for a code that no step has.
Result<void> Complete(const Completion& completion, OnboardingSteps* steps);

// The day of the last step; none while one is open.
std::optional<calendar::Date> CompletedOn(const OnboardingSteps& steps);

}  // namespace continuo::crm::domain
