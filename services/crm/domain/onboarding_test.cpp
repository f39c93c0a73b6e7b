#include "services/crm/domain/onboarding.h"

#include "libs/testing/catch/catch.h"

namespace continuo::crm::domain {
namespace {

calendar::Date D(const char* text) { return calendar::Date::Parse(text).value(); }

const OnboardingSteps kTwo{{.code = "contract", .completed_on = D("2026-03-03"), .completed_by = "ann"},
                           {.code = "credit"}};

// "contract 2026-03-03 ann, credit"
std::string Shown(const OnboardingSteps& steps) {
  std::string shown;
  for (const OnboardingStep& step : steps) {
    shown += (shown.empty() ? "" : ", ") + step.code;
    if (step.completed_on) shown += " " + step.completed_on->ToString() + " " + step.completed_by;
  }
  return shown;
}

TEST_CASE("Each step has a code of its own") {
  CHECK(CheckSteps(kTwo).empty());
  CHECK(CheckSteps({}).front().pointer == "/steps");
  const auto twice = CheckSteps({{.code = "credit"}, {.code = "contract"}, {.code = "credit"}});
  REQUIRE(twice.size() == 1);
  CHECK(twice[0].pointer == "/steps/2/code");
}

TEST_CASE("What is completed when") {
  struct Row {
    const char* rule;
    std::vector<std::string> codes;
    const char* steps;
    const char* completed_on;
  };
  const Row rows[] = {
      {"the last step completes the whole", {"credit"},
       "contract 2026-03-03 ann, credit 2026-03-09 bob", "2026-03-09"},
      {"no code: all that are left", {}, "contract 2026-03-03 ann, credit 2026-03-09 bob",
       "2026-03-09"},
      {"a step that was done keeps its day", {"contract"}, "contract 2026-03-03 ann, credit", ""},
  };
  for (const Row& row : rows) {
    INFO(row.rule);
    OnboardingSteps steps = kTwo;
    REQUIRE(Complete({row.codes, D("2026-03-09"), "bob"}, &steps));
    CHECK(Shown(steps) == row.steps);
    const auto completed = CompletedOn(steps);
    CHECK((completed ? completed->ToString() : "") == row.completed_on);
  }
  OnboardingSteps steps = kTwo;
  CHECK(Complete({{"credit", "training"}, D("2026-03-09"), "bob"}, &steps)
            .error()
            .violations[0]
            .pointer == "/steps/1");
  // Steps may be done in any order, and told later than they were.
  steps = kTwo;
  REQUIRE(Complete({{"credit"}, D("2026-03-01"), "bob"}, &steps));
  CHECK(CompletedOn(steps) == D("2026-03-03"));
}

TEST_CASE("A completed step stays as it is") {
  OnboardingSteps steps{{.code = "training"}, {.code = "contract"}};
  REQUIRE(KeepCompleted(kTwo, &steps));
  CHECK(Shown(steps) == "training, contract 2026-03-03 ann");
  steps = {{.code = "credit"}};
  CHECK(KeepCompleted(kTwo, &steps).error().reason == "ONBOARDING_STEP_COMPLETED");
}

}  // namespace
}  // namespace continuo::crm::domain
