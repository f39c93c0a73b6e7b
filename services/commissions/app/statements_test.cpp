// Credits go on statements at each month's end; statements are approved and paid by others.
#include <fstream>
#include <iterator>

#include "services/commissions/app/world_test.h"

namespace continuo::commissions::app {
namespace {

// A participant who has sold, on statements of EUR.
struct Sold {
  explicit Sold(const std::string& now = "2026-03-15T09:00:00Z")
      : world(now), rep(world.NewUser()), participant(world.AddSimpleParticipant(rep)) {
    link = world.SellBy(rep, order);
  }

  // 1,000.00 a piece: 50.00 of commission.
  billing::v1::Invoice Bill() {
    auto invoice = world.NewInvoice(order, {"1000.00"}, "1190.00");
    REQUIRE(world.Take(invoice));
    return invoice;
  }
  Result<bool> Run(const StatementsSlice& slice = {}) {
    return MakeStatements(world.app(), world.Service(), slice);
  }
  std::string NextAt() {
    std::optional<calendar::Instant> next;
    REQUIRE(world.app().database.Work(world.Service(),
                                      [&](postgres::Transaction& tx) -> Result<void> {
                                        ASSIGN_OR_RETURN(next, NextStatementsAt(tx));
                                        return {};
                                      }));
    return next ? calendar::FormatInstant(*next) : "never";
  }
  std::vector<v1::CommissionStatement> List(rpc::Call call) {
    call.method = world.Linked("", "ListCommissionStatements").method;
    const auto listed = ListCommissionStatements(world.app(), call, {});
    REQUIRE(listed);
    return {listed->data().begin(), listed->data().end()};
  }
  std::vector<v1::CommissionStatement> List() { return List(world.By(world.manager)); }
  Result<v1::CommissionStatement> Make(const rpc::Call& call, const std::string& period,
                                       const std::string& currency = "EUR") {
    v1::CreateCommissionStatementRequest request;
    request.mutable_commission_statement()->set_participant_id(participant);
    request.mutable_commission_statement()->set_currency(currency);
    request.mutable_commission_statement()->set_period(period);
    return CreateCommissionStatement(world.app(), call, request);
  }
  Result<v1::CommissionStatement> Approve(const rpc::Call& call, const std::string& id) {
    v1::ApproveCommissionStatementRequest request;
    request.set_id(id);
    return ApproveCommissionStatement(world.app(), call, request);
  }
  Result<v1::CommissionStatement> Pay(const rpc::Call& call, const std::string& id) {
    v1::PayCommissionStatementRequest request;
    request.set_id(id);
    request.set_reference("Payroll 4/2026");
    return PayCommissionStatement(world.app(), call, request);
  }
  std::string PaidFor(const std::string& id) {
    REQUIRE(Approve(world.By(world.manager), id));
    const auto paid = Pay(world.By(world.manager), id);
    REQUIRE(paid);
    return paid->paid().amount();
  }

  World world;
  std::string rep, participant, link;
  quoting::v1::Order order = world.NewOrder();
};

TEST_CASE("the month's end puts its credits on a statement, once") {
  Sold sold;
  CHECK(sold.NextAt() == "never");
  CHECK(!*sold.Run());
  sold.Bill();
  sold.Bill();
  CHECK(sold.NextAt() == "2026-04-01T12:00:00Z");
  CHECK(!*sold.Run());
  CHECK(sold.List().empty());
  sold.world.SetClock("2026-03-31T22:30:00Z");
  sold.Bill();  // of April, in Berlin
  CHECK(!*sold.Run());
  CHECK(sold.List().empty());
  sold.world.SetClock("2026-04-01T12:00:00Z");
  CHECK(*sold.Run());
  CHECK(!*sold.Run());
  const auto statements = sold.List();
  REQUIRE(statements.size() == 1);
  CHECK(statements[0].participant_id() == sold.participant);
  CHECK(statements[0].period() == "2026-03");
  CHECK(statements[0].number() == 1);
  CHECK(statements[0].status() == v1::COMMISSION_STATEMENT_STATUS_DRAFT);
  CHECK(statements[0].line_count() == 2);
  CHECK(statements[0].earned().amount() == "100.00");
  CHECK(!statements[0].has_paid());
  CHECK(sold.NextAt() == "2026-05-01T12:00:00Z");
  CHECK(sold.world.Events("commission_statement.created") == 1);
  v1::ListCreditsRequest lines;
  lines.set_commission_statement_id(statements[0].id());
  CHECK(ListCredits(sold.world.app(), sold.world.By(sold.world.manager), lines)->data_size() == 2);
  sold.world.CheckLaws();
}

TEST_CASE("many statements are made in slices, a month's late credits on a further one") {
  Sold sold;
  sold.Bill();
  sold.world.SetClock("2026-04-10T09:00:00Z");
  sold.Bill();
  sold.world.SetClock("2026-05-01T12:00:00Z");
  const StatementsSlice one{.statements_max = 1};
  CHECK(*sold.Run(one));
  CHECK(*sold.Run(one));
  CHECK(!*sold.Run(one));
  CHECK(sold.List().size() == 2);
  sold.world.SetClock("2026-04-30T21:59:00Z");  // what a transaction begun before then adds
  sold.Bill();
  sold.world.SetClock("2026-05-01T12:00:01Z");
  REQUIRE(sold.Run());
  const auto statements = sold.List();
  REQUIRE(statements.size() == 3);
  CHECK(statements[2].period() == "2026-04");
  CHECK(statements[2].number() == 2);
  sold.world.CheckLaws();
}

TEST_CASE("a slice of statements is bounded by their credits too, and none is cut") {
  Sold sold;
  for (const char* day : {"2026-03-16T09:00:00Z", "2026-04-10T09:00:00Z", "2026-05-10T09:00:00Z"}) {
    sold.world.SetClock(day);
    sold.Bill();
    sold.Bill();
    sold.Bill();
  }
  sold.world.SetClock("2026-06-01T12:00:00Z");
  // Four credits reach into April: March and April as wholes.
  CHECK(*sold.Run({.credits_max = 4}));
  const auto statements = sold.List();
  REQUIRE(statements.size() == 2);
  CHECK(statements[0].line_count() == 3);
  CHECK(statements[1].line_count() == 3);
  CHECK(*sold.Run({.credits_max = 1}));
  CHECK(!*sold.Run({.credits_max = 1}));
  CHECK(sold.List().size() == 3);
  sold.world.CheckLaws();
}

TEST_CASE("a statement is made before the month's end when asked") {
  Sold sold;
  const rpc::Call manager = sold.world.By(sold.world.manager);
  CHECK(ReasonOf(sold.Make(manager, "2026-03")) == "NOTHING_TO_STATE");
  sold.Bill();
  CHECK(ReasonOf(sold.Make(manager, "2026-04")) == "PERIOD_NOT_BEGUN");
  CHECK(ReasonOf(sold.Make(manager, "March")) == "INVALID_PERIOD");
  CHECK(ReasonOf(sold.Make(manager, "2026-03", "USD")) == "NOTHING_TO_STATE");
  rpc::Call of_a_division = manager;
  of_a_division.principal.division_ids = {sold.world.division};
  CHECK(ReasonOf(sold.Make(of_a_division, "2026-03")) == "REFERENCE_NOT_FOUND");
  CHECK(ReasonOf(sold.Make(sold.world.Linked(sold.world.NewUser()), "2026-03")) ==
        "REFERENCE_NOT_FOUND");
  const auto made = sold.Make(sold.world.By(sold.world.manager), "2026-03");
  REQUIRE(made);
  CHECK(made->earned().amount() == "50.00");
  CHECK(ReasonOf(sold.Make(sold.world.By(sold.world.manager), "2026-03")) == "NOTHING_TO_STATE");
}

TEST_CASE("a statement is approved and paid by others, in that order, and never changes then") {
  Sold sold;
  World& world = sold.world;
  sold.Bill();
  const std::string id = sold.Make(world.By(world.manager), "2026-03")->id();
  CHECK(ReasonOf(sold.Pay(world.By(world.manager), id)) == "COMMISSION_STATEMENT_NOT_APPROVED");
  CHECK(ReasonOf(sold.Approve(world.By(sold.rep), id)) == "COMMISSION_STATEMENT_OWN");
  rpc::Call stale = world.By(world.manager);
  stale.if_match = "7";
  CHECK(ReasonOf(sold.Approve(stale, id)) == "ETAG_MISMATCH");
  const auto approved = sold.Approve(world.By(world.manager), id);
  REQUIRE(approved);
  CHECK(approved->approved_by() == world.manager);
  CHECK(ReasonOf(sold.Approve(world.By(world.manager), id)) == "COMMISSION_STATEMENT_NOT_DRAFT");
  CHECK(ReasonOf(sold.Pay(world.Linked(sold.rep), id)) == "COMMISSION_STATEMENT_OWN");
  const auto paid = sold.Pay(world.By(world.manager), id);
  REQUIRE(paid);
  CHECK(paid->status() == v1::COMMISSION_STATEMENT_STATUS_PAID);
  CHECK(paid->paid().amount() == "50.00");
  CHECK(paid->paid_before().amount() == "0.00");
  CHECK(paid->paid_by() == world.manager);
  CHECK(ReasonOf(sold.Pay(world.By(world.manager), id)) == "COMMISSION_STATEMENT_NOT_APPROVED");
  CHECK(world.Events("commission_statement.approved") == 1);
  CHECK(world.Events("commission_statement.paid") == 1);
  CHECK_THROWS(world.test.Execute("UPDATE commissions.commission_statement SET earned_minor = 1"));
  CHECK_THROWS(world.test.Execute("DELETE FROM commissions.statement_line"));
  CHECK_THROWS(world.test.Execute("UPDATE commissions.credit SET amount_minor = 1"));
}

TEST_CASE("what is taken back is not paid, or made up for by the next payment") {
  Sold sold;
  World& world = sold.world;
  const auto invoice = sold.Bill();
  const std::string march = sold.Make(world.By(world.manager), "2026-03")->id();
  world.SetClock("2026-04-10T09:00:00Z");
  REQUIRE(world.Take(world.NewCreditNote(sold.order, invoice, {"200.00"}, "238.00")));  // -10.00
  CHECK(sold.PaidFor(march) == "40.00");
  const std::string april = sold.Make(world.By(world.manager), "2026-04")->id();
  CHECK(sold.List()[1].earned().amount() == "-10.00");
  CHECK(sold.PaidFor(april) == "0.00");
  world.SetClock("2026-05-10T09:00:00Z");
  REQUIRE(world.Take(world.NewCreditNote(sold.order, invoice, {"800.00"}, "952.00")));  // -40.00
  CHECK(sold.PaidFor(sold.Make(world.By(world.manager), "2026-05")->id()) == "0.00");
  world.SetClock("2026-06-10T09:00:00Z");
  sold.Bill();
  CHECK(sold.PaidFor(sold.Make(world.By(world.manager), "2026-06")->id()) == "10.00");
  world.CheckLaws();
}

// "checked broken" of the law as `continuo verify` asks it.
std::string PaidIsEarned(World& world) {
  std::ifstream file("continuo/laws/queries/law_07_paid_is_earned.sql");
  const std::string law{std::istreambuf_iterator<char>(file), {}};
  return world.test.Execute("SELECT concat(checked, ' ', broken) FROM (" + law + ") AS law");
}

TEST_CASE("the law of payments looks at what each one saw, not at the clock") {
  Sold sold;
  World& world = sold.world;
  const auto invoice = sold.Bill();
  const std::string first = sold.Make(world.By(world.manager), "2026-03")->id();
  CHECK(sold.PaidFor(first) == "50.00");
  // All at one instant of the clock: a credit note after the payment, then further payments.
  REQUIRE(world.Take(world.NewCreditNote(sold.order, invoice, {"1000.00"}, "1190.00")));
  CHECK(PaidIsEarned(world) == "1 0");
  CHECK(sold.PaidFor(sold.Make(world.By(world.manager), "2026-03")->id()) == "0.00");
  sold.Bill();
  sold.Bill();
  CHECK(sold.PaidFor(sold.Make(world.By(world.manager), "2026-03")->id()) == "50.00");
  CHECK(PaidIsEarned(world) == "3 0");
  const auto set = [&](const std::string& change) {
    world.test.Execute("SET search_path = commissions; ALTER TABLE commission_statement DISABLE "
                       "TRIGGER USER; UPDATE commission_statement SET " + change +
                       " WHERE id = '" + ids::ParseTypeId("stmt", first)->ToString() + "'");
    return PaidIsEarned(world);
  };
  CHECK(set("credited_minor = 4999") == "3 1");    // it paid more than it saw
  CHECK(set("credited_minor = 999999") == "3 1");  // more than there ever was
  CHECK(set("credited_minor = 5000") == "3 0");
  CHECK(set("paid_minor = 4999") == "3 2");  // the two after it do not begin where it ended
}

TEST_CASE("a statement replays as it was known") {
  Sold sold;
  World& world = sold.world;
  sold.Bill();
  world.SetClock("2026-04-01T12:00:00Z");
  REQUIRE(sold.Run());
  const std::string id = sold.List()[0].id();
  world.SetClock("2026-04-05T00:00:00Z");
  REQUIRE(sold.Approve(world.By(world.manager), id));
  world.SetClock("2026-04-07T00:00:00Z");
  REQUIRE(sold.Pay(world.By(world.manager), id));
  const auto as_known_on = [&](const std::string& instant) {
    v1::GetCommissionStatementRequest request;
    request.set_id(id);
    const auto at = calendar::ParseInstant(instant).value().time_since_epoch();
    request.mutable_as_known_at()->set_seconds(
        std::chrono::duration_cast<std::chrono::seconds>(at).count());
    return GetCommissionStatement(world.app(), world.By(world.manager), request);
  };
  CHECK(ReasonOf(as_known_on("2026-04-01T11:59:59Z")) == "NOT_FOUND");
  const auto draft = as_known_on("2026-04-01T12:00:00Z");
  REQUIRE(draft);
  CHECK(draft->status() == v1::COMMISSION_STATEMENT_STATUS_DRAFT);
  CHECK(draft->revision() == 1);
  CHECK(draft->approved_by().empty());
  CHECK(!draft->has_paid());
  const auto approved = as_known_on("2026-04-06T00:00:00Z");
  CHECK(approved->status() == v1::COMMISSION_STATEMENT_STATUS_APPROVED);
  CHECK(approved->approved_by() == world.manager);
  CHECK(!approved->has_paid());
  CHECK(as_known_on("2026-04-07T00:00:00Z")->paid().amount() == "50.00");
}

TEST_CASE("a statement is seen by its participant and by those who see all") {
  Sold sold;
  World& world = sold.world;
  sold.Bill();
  const std::string id = sold.Make(world.By(world.manager), "2026-03")->id();
  CHECK(sold.List(world.Linked(sold.rep)).size() == 1);
  const std::string owner = world.NewUser();
  world.Link(owner, world.account);
  CHECK(sold.List(world.Linked(owner)).empty());
  v1::GetCommissionStatementRequest request;
  request.set_id(id);
  CHECK(ReasonOf(GetCommissionStatement(world.app(), world.Linked(owner), request)) ==
        "NOT_FOUND");
  CHECK(ReasonOf(sold.Approve(world.Linked(owner), id)) == "NOT_FOUND");
}

}  // namespace
}  // namespace continuo::commissions::app
