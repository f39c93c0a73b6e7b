// Plans, their terms, and who is under them.
#include "services/commissions/app/world_test.h"

namespace continuo::commissions::app {
namespace {

TEST_CASE("a plan keeps all its terms, the latest on top") {
  World world;
  const std::string id = world.AddPlan(
      world.Terms("2026-01-01", v1::CREDIT_ON_INVOICE, "5", {{"licence", "7.5"}}));
  const auto added = world.AddTerms(id, world.Terms("2026-07-01", v1::CREDIT_ON_PAYMENT, "6"));
  REQUIRE(added);
  CHECK(added->revision() == 2);
  CHECK(added->terms().version() == 2);
  CHECK(added->terms().credit_on() == v1::CREDIT_ON_PAYMENT);
  CHECK(added->terms().has_known_at());
  REQUIRE(added->versions_size() == 2);
  CHECK(added->versions(0).rate_percent() == "5");
  CHECK(added->versions(0).valid_from() == "2026-01-01");
  REQUIRE(added->versions(0).rates_size() == 1);
  CHECK(added->versions(0).rates(0).commission_class() == "licence");
  CHECK(added->versions(0).rates(0).rate_percent() == "7.5");
  CHECK(ReasonOf(world.AddTerms(id, world.Terms("2026-07-01", v1::CREDIT_ON_INVOICE, "1"))) ==
        "COMMISSION_TERMS_NOT_LATER");
  CHECK(ReasonOf(world.AddTerms(NewId<ids::CommissionPlanId>(),
                                world.Terms("2027-01-01", v1::CREDIT_ON_INVOICE, "1"))) ==
        "NOT_FOUND");
  auto twice = world.Terms("2027-01-01", v1::CREDIT_ON_INVOICE, "1", {{"licence", "2"}});
  *twice.add_rates() = twice.rates(0);
  CHECK(ReasonOf(world.AddTerms(id, twice)) == "DUPLICATE");
  v1::GetCommissionPlanRequest get;
  get.set_id(id);
  CHECK(GetCommissionPlan(world.app(), world.By(world.manager), get)->versions_size() == 2);
  const auto plans = ListCommissionPlans(
      world.app(), world.By(world.manager, "ListCommissionPlans"), {});
  REQUIRE(plans);
  CHECK(plans->data(0).terms().version() == 2);
}

TEST_CASE("a user is one participant, under one plan after the other") {
  World world;
  const std::string user = world.NewUser();
  const std::string plan = world.AddPlan(world.Terms("2026-01-01", v1::CREDIT_ON_INVOICE, "5"));
  const std::string other = world.AddPlan(world.Terms("2026-01-01", v1::CREDIT_ON_INVOICE, "6"));
  CHECK(ReasonOf(world.TryParticipant(NewId<ids::UserId>(), plan)) == "REFERENCE_NOT_FOUND");
  CHECK(ReasonOf(world.TryParticipant(user, NewId<ids::CommissionPlanId>())) ==
        "REFERENCE_NOT_FOUND");
  const std::string id = world.AddParticipant(user, plan);
  CHECK(ReasonOf(world.TryParticipant(user, plan)) == "PARTICIPANT_EXISTS");

  v1::AssignCommissionPlanRequest assign;
  assign.set_id(id);
  assign.set_plan_id(other);
  assign.set_valid_from("2026-01-01");
  const auto try_assign = [&] {
    return AssignCommissionPlan(world.app(), world.By(world.manager, "AssignCommissionPlan"),
                                assign);
  };
  CHECK(ReasonOf(try_assign()) == "COMMISSION_TERMS_NOT_LATER");
  assign.set_valid_from("2026-07-01");
  const auto assigned = try_assign();
  REQUIRE(assigned);
  CHECK(assigned->plan_id() == other);
  REQUIRE(assigned->assignments_size() == 2);
  CHECK(assigned->assignments(0).plan_id() == plan);
  assign.set_plan_id(NewId<ids::CommissionPlanId>());
  CHECK(ReasonOf(try_assign()) == "REFERENCE_NOT_FOUND");

  v1::EndParticipantRequest end;
  end.set_id(id);
  end.set_valid_to("2026-01-01");
  const auto try_end = [&] {
    return EndParticipant(world.app(), world.By(world.manager, "EndParticipant"), end);
  };
  CHECK(ReasonOf(try_end()) == "OUT_OF_RANGE");
  end.set_valid_to("2026-12-31");
  CHECK(try_end()->valid_to() == "2026-12-31");
  end.set_valid_to("2026-09-30");
  CHECK(try_end()->valid_to() == "2026-09-30");
  end.clear_valid_to();
  CHECK(try_end()->valid_to().empty());
  end.set_id(NewId<ids::ParticipantId>());
  CHECK(ReasonOf(try_end()) == "NOT_FOUND");

  v1::GetParticipantRequest get;
  get.set_id(id);
  CHECK(GetParticipant(world.app(), world.By(world.manager), get)->revision() == 5);
  v1::ListParticipantsRequest list;
  list.set_plan_id(other);
  CHECK(ListParticipants(world.app(), world.By(world.manager, "ListParticipants"), list)
            ->data_size() == 1);
}

}  // namespace
}  // namespace continuo::commissions::app
