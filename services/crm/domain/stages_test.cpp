#include "services/crm/domain/stages.h"

#include "libs/testing/catch/catch.h"

namespace continuo::crm::domain {
namespace {

using Codes = std::vector<std::string>;

TEST_CASE("Stages are told apart, and there is one") {
  CHECK(CheckStages(Codes{"a", "b"}).empty());
  CHECK(CheckStages(Codes{}).at(0).pointer == "/stages");
  const std::vector<Violation> violations = CheckStages(Codes{"a", "b", "a", "a"});
  REQUIRE(violations.size() == 2);
  CHECK(violations[0].pointer == "/stages/2/code");
  CHECK(violations[1].pointer == "/stages/3/code");
}

TEST_CASE("A deal stands in a stage of its pipeline") {
  const Codes codes = {"first", "second"};
  CHECK(ChooseStage(codes, "").value() == "first");
  CHECK(ChooseStage(codes, "second").value() == "second");
  CHECK(ChooseStage(codes, "third").error().violations[0].pointer == "/stage");
}

TEST_CASE("A stage in use stays") {
  CHECK(CheckStagesKept(Codes{"a", "b"}, Codes{"b"}));
  CHECK(CheckStagesKept(Codes{"a"}, Codes{}));
  CHECK(CheckStagesKept(Codes{"a"}, Codes{"b"}).error().reason == "PIPELINE_STAGE_IN_USE");
}

}  // namespace
}  // namespace continuo::crm::domain
