// What a sale earns: on invoice or payment, by class, in shares; corrected by whatever comes later.
#include <atomic>
#include <thread>

#include "services/commissions/app/world_test.h"

namespace continuo::commissions::app {
namespace {

TEST_CASE("verification credits everything billed so far, each later invoice the rest") {
  World world;
  const std::string rep = world.NewUser();
  const std::string participant = world.AddSimpleParticipant(rep);
  const auto order = world.NewOrder();
  const auto first = world.NewInvoice(order, {"1000.00"}, "1190.00");
  const std::string id = world.Sell(order);
  REQUIRE(world.Take(first));
  REQUIRE(world.Claim(world.Linked(rep), id));
  CHECK(world.Amounts().empty());
  REQUIRE(world.Verify(world.By(world.manager), id));
  CHECK(world.Amounts() == "50.00");
  const auto second = world.NewInvoice(order, {"0.30"}, "0.36");
  REQUIRE(world.Take(second));
  REQUIRE(world.Take(second));  // again
  REQUIRE(world.Take(first));
  // 1,000.30 at 5 % is 50.015: rounded once, to 50.02.
  CHECK(world.Amounts() == "50.00 0.02");
  CHECK(world.Events("credit.created") == 2);
  const v1::Credit last = world.Credits(world.By(world.manager)).back();
  CHECK(last.participant_id() == participant);
  CHECK(last.sale_link_id() == id);
  CHECK(last.cause() == second.id());
  CHECK(last.effective_on() == "2026-03-16");
  CHECK(last.basis_to_date().amount() == "1000.30");
  CHECK(last.earned_to_date().amount() == "50.02");
  CHECK(last.credited_before().amount() == "50.00");
  CHECK(last.split_percent() == "100");
  REQUIRE(last.derivation_size() == 2);
  CHECK(last.derivation(0).detail() == "5 % of 1000.3 EUR");
  CHECK(last.derivation(0).amount_after() == "50.015");
  CHECK(last.derivation(1).name() == "split");
  world.CheckLaws();
}

TEST_CASE("each class earns at its own rate, each participant its share") {
  World world;
  const std::string rep = world.NewUser(), partner = world.NewUser();
  const std::string plan = world.AddPlan(
      world.Terms("2026-01-01", v1::CREDIT_ON_INVOICE, "3", {{"licence", "8"}, {"service", "5"}}));
  const std::string own = world.AddParticipant(rep, plan);
  const std::string other = world.AddParticipant(partner, plan);
  const auto order = world.NewOrder({"licence", "service", "support", ""});
  const std::string id = world.Sell(order);
  REQUIRE(world.Claim(world.Linked(rep), id, {{own, "75"}, {other, "25"}}));
  REQUIRE(world.Verify(world.By(world.manager), id));
  // 80 + 180 + 180 + 3 = 443
  REQUIRE(world.Take(
      world.NewInvoice(order, {"1000.00", "3600.00", "6000.00", "100.00"}, "12733.00")));
  CHECK(world.Amounts(own) == "332.25");
  CHECK(world.Amounts(other) == "110.75");
  world.CheckLaws();
}

TEST_CASE("a credit note takes its commission back") {
  World world;
  const std::string rep = world.NewUser();
  world.AddSimpleParticipant(rep);
  const auto order = world.NewOrder();
  world.SellBy(rep, order);
  const auto invoice = world.NewInvoice(order, {"1000.00"}, "1190.00");
  REQUIRE(world.Take(invoice));
  const auto part = world.NewCreditNote(order, invoice, {"300.00"}, "357.00");
  REQUIRE(world.Take(part));
  REQUIRE(world.Take(part));
  REQUIRE(world.Take(world.NewCreditNote(order, invoice, {"700.00"}, "833.00")));
  CHECK(world.Amounts() == "50.00 -15.00 -35.00");
  CHECK(world.Credits(world.By(world.manager))[1].cause() == part.id());
  world.CheckLaws();
}

TEST_CASE("an invoice that is ahead of its order waits for it and leaves nothing behind") {
  World world;
  const auto order = world.NewOrder();
  const auto invoice = world.NewInvoice(order, {"1000.00"}, "1190.00");
  CHECK(*world.Take(invoice) == order.id());
  CHECK(world.Count("billed") + world.Count("billed_total") == 0);
  world.Sell(order);
  CHECK(world.Take(invoice)->empty());
  CHECK(world.Count("billed") == 1);
}

TEST_CASE("documents that lost a line on their way are refused") {
  World world;
  const auto order = world.NewOrder();
  world.Sell(order);
  auto invoice = world.NewInvoice(order, {"5.00"}, "5.95");
  auto note = world.NewCreditNote(order, invoice, {"5.00"}, "5.95");
  invoice.mutable_control_totals()->mutable_sums(0)->set_amount("6.00");
  note.mutable_control_totals()->set_count(2);
  CHECK(ReasonOf(world.Take(invoice)) == "CONTROL_TOTALS_DIFFER");
  CHECK(ReasonOf(world.Take(note)) == "CONTROL_TOTALS_DIFFER");
}

TEST_CASE("on payment, an invoice earns as far as it is paid") {
  World world;
  const std::string rep = world.NewUser();
  const std::string plan = world.AddPlan(world.Terms("2026-01-01", v1::CREDIT_ON_PAYMENT, "10"));
  world.AddParticipant(rep, plan);
  const auto order = world.NewOrder();
  world.SellBy(rep, order);
  const auto invoice = world.NewInvoice(order, {"1000.00"}, "1190.00");
  REQUIRE(world.Take(invoice));
  CHECK(world.Amounts().empty());
  const std::string first = NewId<ids::PaymentId>(), second = NewId<ids::PaymentId>();
  REQUIRE(world.TakePaid(first, 1, {{invoice.id(), "300.00"}}));
  REQUIRE(world.TakePaid(first, 1, {{invoice.id(), "300.00"}}));  // again
  CHECK(world.Amounts() == "25.21");  // 1,000 x 300/1190 x 10 % = 25.2100...
  CHECK(world.Credits(world.By(world.manager))[0].cause() == first);
  CHECK(world.Credits(world.By(world.manager))[0].basis_to_date().amount() == "252.10");
  // Cash that was unapplied is put on it later; a second payment pays the rest.
  REQUIRE(world.TakePaid(first, 2, {{invoice.id(), "300.00"}, {invoice.id(), "290.00"}}));
  REQUIRE(world.TakePaid(second, 1, {{invoice.id(), "600.00"}}));
  CHECK(world.Amounts() == "25.21 24.37 50.42");
  // It bounces.
  REQUIRE(world.TakePaid(second, 2, {}));
  CHECK(world.Amounts() == "25.21 24.37 50.42 -50.42");
  // What is still owed is credited: what is left is paid in full, and was credited already.
  REQUIRE(world.Take(world.NewCreditNote(order, invoice, {"504.20"}, "600.00")));
  CHECK(world.Amounts() == "25.21 24.37 50.42 -50.42");
  world.CheckLaws();
}

TEST_CASE("on payment, money that came before its invoice is known counts too") {
  World world;
  const std::string rep = world.NewUser();
  world.AddParticipant(rep,
                       world.AddPlan(world.Terms("2026-01-01", v1::CREDIT_ON_PAYMENT, "10")));
  const auto order = world.NewOrder();
  world.SellBy(rep, order);
  const auto invoice = world.NewInvoice(order, {"1000.00"}, "1190.00");
  REQUIRE(world.TakePaid(NewId<ids::PaymentId>(), 1, {{invoice.id(), "1190.00"}}));
  CHECK(world.Amounts().empty());
  REQUIRE(world.Take(invoice));
  CHECK(world.Amounts() == "100.00");
}

TEST_CASE("a sale keeps the terms of its day, whatever comes later") {
  World world;
  const std::string rep = world.NewUser();
  const std::string plan = world.AddPlan(world.Terms("2026-01-01", v1::CREDIT_ON_INVOICE, "5"));
  REQUIRE(world.AddTerms(plan, world.Terms("2026-04-01", v1::CREDIT_ON_INVOICE, "7")));
  const std::string participant = world.AddParticipant(rep, plan);
  const auto old = world.NewOrder();
  auto young = world.NewOrder();
  young.set_accepted_on("2026-04-01");
  world.SellBy(rep, old);
  world.SellBy(rep, young);
  // Terms that would have applied had they been known: the sale is decided, they do not.
  REQUIRE(ReasonOf(world.AddTerms(plan, world.Terms("2026-03-01", v1::CREDIT_ON_INVOICE, "9"))) ==
          "COMMISSION_TERMS_NOT_LATER");
  v1::AssignCommissionPlanRequest assign;
  assign.set_id(participant);
  assign.set_plan_id(world.AddPlan(world.Terms("2026-01-01", v1::CREDIT_ON_INVOICE, "1")));
  assign.set_valid_from("2026-03-01");
  REQUIRE(AssignCommissionPlan(world.app(), world.By(world.manager, "AssignCommissionPlan"),
                               assign));
  const auto invoice = world.NewInvoice(old, {"1000.00"}, "1190.00");
  REQUIRE(world.Take(invoice));
  REQUIRE(world.Take(world.NewInvoice(young, {"1000.00"}, "1190.00")));
  REQUIRE(world.Take(world.NewCreditNote(old, invoice, {"100.00"}, "119.00")));
  CHECK(world.Amounts() == "50.00 70.00 -5.00");
  // A sale of that day which is decided now is under the plan that is assigned now.
  const auto late = world.NewOrder();
  world.SellBy(rep, late);
  REQUIRE(world.Take(world.NewInvoice(late, {"1000.00"}, "1190.00")));
  CHECK(world.Amounts() == "50.00 70.00 -5.00 10.00");
}

TEST_CASE("credits are seen by their participant and by whom the account's links reach") {
  World world;
  const std::string rep = world.NewUser(), owner = world.NewUser();
  world.AddSimpleParticipant(rep);
  const auto order = world.NewOrder();
  world.SellBy(rep, order);
  REQUIRE(world.Take(world.NewInvoice(order, {"1000.00"}, "1190.00")));
  world.Link(owner, world.account);
  const auto credits = world.Credits(world.Linked(rep));
  REQUIRE(credits.size() == 1);
  CHECK(world.Credits(world.Linked(owner)).size() == 1);
  CHECK(world.Credits(world.Linked(world.NewUser())).empty());
  v1::GetCreditRequest request;
  request.set_id(credits[0].id());
  CHECK(GetCredit(world.app(), world.Linked(rep, "GetCredit"), request)->amount().amount() ==
        "50.00");
  CHECK(ReasonOf(GetCredit(world.app(), world.Linked(world.NewUser(), "GetCredit"), request)) ==
        "NOT_FOUND");
}

// The invoice is kept, not yet committed; the verification must wait for it, or see it missing
// neither side would credit it.
TEST_CASE("a verification and an invoice at once miss nothing") {
  World world;
  const std::string rep = world.NewUser();
  world.AddSimpleParticipant(rep);
  const auto order = world.NewOrder();
  const std::string id = world.Sell(order);
  REQUIRE(world.Claim(world.Linked(rep), id));
  const auto invoice = world.NewInvoice(order, {"1000.00"}, "1190.00");
  std::thread verifying;
  std::string reason = "not run";
  std::atomic<bool> verified = false;
  REQUIRE(world.app().database.Work(
      world.Service(), [&](postgres::Transaction& tx) -> Result<void> {
        RETURN_IF_FAULT(TakeInvoice(tx, invoice, invoice.control_totals()));
        verifying = std::thread([&] {
          reason = ReasonOf(world.Verify(world.By(world.manager), id));
          verified = true;
        });
        const auto waits = [&] {
          return world.test.Execute("SELECT count(*) FROM pg_stat_activity WHERE datname = "
                                    "current_database() AND wait_event_type = 'Lock'") != "0";
        };
        while (!verified && !waits()) std::this_thread::yield();
        return {};
      }));
  verifying.join();
  CHECK(reason.empty());
  CHECK(world.Amounts() == "50.00");
}

}  // namespace
}  // namespace continuo::commissions::app
