// One life of a sale that runs every statement, and every statement against the schema.
#include "continuo/commissions/v1/preview.pb.h"
#include "services/commissions/app/preview_commission.h"
#include "services/commissions/app/world_test.h"

namespace continuo::commissions::app {
namespace {

TEST_CASE("every statement prepares against the schema") {
  World world;
  for (const postgres::Statement* statement : sql::statements()) {
    CAPTURE(statement->name);
    CHECK_NOTHROW(world.test.Execute("SET search_path = commissions; PREPARE s AS " +
                                     std::string(statement->text) + "; DEALLOCATE s"));
  }
}

TEST_CASE("the whole life of a sale runs every statement") {
  World world;
  const std::string rep = world.NewUser(), rival = world.NewUser();
  const std::string plan = world.AddPlan(world.Terms("2026-01-01", v1::CREDIT_ON_PAYMENT, "5"));
  REQUIRE(world.AddTerms(plan, world.Terms("2027-01-01", v1::CREDIT_ON_PAYMENT, "6")));
  const std::string own = world.AddParticipant(rep, plan);
  const std::string other = world.AddParticipant(rival, plan);
  const auto order = world.NewOrder();
  const std::string link = world.SellBy(rep, order);
  const auto invoice = world.NewInvoice(order, {"1000.00"}, "1190.00");
  REQUIRE(world.Take(invoice));
  REQUIRE(world.TakePaid(NewId<ids::PaymentId>(), 1, {{invoice.id(), "1190.00"}}));
  REQUIRE(world.Contest(world.By(rival), link));
  REQUIRE(world.Resolve(world.By(world.manager), link, {{own, "50"}, {other, "50"}}));
  REQUIRE(world.Resolve(world.By(world.manager), link).error().reason ==
          "SALE_LINK_NOT_CONTESTED");
  CHECK(world.Amounts(own) == "50.00 -25.00");
  CHECK(world.Amounts(other) == "25.00");

  v1::CreateCommissionStatementRequest create;
  create.mutable_commission_statement()->set_participant_id(own);
  create.mutable_commission_statement()->set_currency("EUR");
  create.mutable_commission_statement()->set_period("2026-03");
  const auto made = CreateCommissionStatement(world.app(), world.By(world.manager), create);
  REQUIRE(made);
  v1::ApproveCommissionStatementRequest approve;
  approve.set_id(made->id());
  REQUIRE(ApproveCommissionStatement(world.app(), world.By(world.manager), approve));
  v1::PayCommissionStatementRequest pay;
  pay.set_id(made->id());
  CHECK(PayCommissionStatement(world.app(), world.By(world.manager), pay)->paid().amount() ==
        "25.00");
  world.SetClock("2026-04-01T12:00:00Z");
  REQUIRE(MakeStatements(world.app(), world.Service()));
  REQUIRE(world.app().database.Work(
      world.Service(), [](postgres::Transaction& tx) { return NextStatementsAt(tx); }));
  v1::AssignCommissionPlanRequest assign;
  assign.set_id(own);
  assign.set_plan_id(plan);
  assign.set_valid_from("2026-07-01");
  REQUIRE(AssignCommissionPlan(world.app(), world.By(world.manager), assign));
  v1::EndParticipantRequest end;
  end.set_id(other);
  end.set_valid_to("2026-09-01");
  REQUIRE(EndParticipant(world.app(), world.By(world.manager), end));
  v1::PreviewCommissionRequest preview;
  *preview.mutable_order() = order;
  preview.mutable_order()->set_currency("EUR");
  *preview.add_invoices() = invoice;
  preview.mutable_invoices(0)->set_due_on("2026-05-01");
  preview.set_user_id(rep);
  const auto previewed = PreviewCommission(world.app(), world.Service(), preview);
  REQUIRE(previewed);
  CHECK(previewed->participant_id() == own);
  REQUIRE(previewed->credits_size() == 1);
  CHECK(previewed->credits(0).effective_on() == "2026-05-01");
  CHECK(previewed->credits(0).amount().amount() == "50.00");
  world.CheckLaws();
  for (const postgres::Statement* statement : sql::statements()) {
    // A list's statement is wrapped into another text and counted under that.
    if (statement->name.starts_with("select_")) continue;
    CAPTURE(statement->name);
    CHECK(world.statements_run().contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::commissions::app
