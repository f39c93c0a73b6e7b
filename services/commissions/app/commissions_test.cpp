// From the order to the credit, on a real database.
#include "continuo/billing/v1/invoice.pb.h"
#include "continuo/commissions/v1/credit.pb.h"
#include "continuo/commissions/v1/participant.pb.h"
#include "continuo/commissions/v1/plan.pb.h"
#include "continuo/commissions/v1/sale_link.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/ids/kinds.h"
#include "libs/postgres/database.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/commissions/app/credits.h"
#include "services/commissions/app/plans.h"
#include "services/commissions/app/sale_links.h"
#include "services/commissions/store/sql.h"

namespace continuo::commissions::app {
namespace {

using postgres::Transaction;

void SetEur(type::v1::Money* money, const std::string& amount) {
  money->set_amount(amount);
  money->set_currency("EUR");
}

struct Fixture {
  Fixture() {
    test.Migrate("commissions", {events::Migrations(), access::Migrations(), sql::migrations()});
    test.SetClock("commissions", "2026-03-15T09:00:00Z");
    owned = std::make_unique<postgres::Database>(test.Config("commissions"));
  }
  rpc::Call By(const std::string& user, const std::string& method, bool sees_all) {
    rpc::Call call;
    call.principal.user_id = user;
    call.principal.sees_all = sees_all;
    call.principal.permissions = {"*"};
    call.method = "/continuo.commissions.v1.CommissionsService/" + method;
    call.request_id = ids::RequestId::New().ToString();
    call.idempotency_key = call.request_id;
    call.fingerprint = "the same";
    return call;
  }
  Result<void> TakeOrder() {
    quoting::v1::Order order;
    order.set_id(ids::OrderId::New().ToString());
    order.set_account_id(account);
    order.set_division_id(ids::DivisionId::New().ToString());
    order.set_contract_id(contract);
    order.set_start_on("2026-04-01");
    SetEur(order.mutable_term_total(), "36000.00");
    SetEur(order.mutable_opportunity_value(), "35000.00");
    order.add_lines()->set_product_name("Licence");
    SetEur(order.mutable_lines(0)->mutable_term_total(), "36000.00");
    order.mutable_control_totals()->set_count(1);
    SetEur(order.mutable_control_totals()->add_sums(), "36000.00");
    return owned->Work(Service(), [&](Transaction& tx) {
      return OpenSaleLink(tx, order, order.control_totals());
    });
  }
  Result<void> TakeInvoiceOf(const std::string& net, const std::string& announced) {
    billing::v1::Invoice invoice;
    invoice.set_id(ids::InvoiceId::New().ToString());
    invoice.set_account_id(account);
    invoice.set_currency("EUR");
    invoice.set_issued_on("2026-03-15");
    invoice.add_lines()->set_contract_id(contract);
    SetEur(invoice.mutable_lines(0)->mutable_net(), net);
    invoice.mutable_control_totals()->set_count(1);
    SetEur(invoice.mutable_control_totals()->add_sums(), announced);
    return owned->Work(Service(), [&](Transaction& tx) -> Result<void> {
      RETURN_IF_FAULT(TakeInvoice(tx, invoice, invoice.control_totals()));
      return TakeInvoice(tx, invoice, invoice.control_totals());  // a repeat changes nothing
    });
  }
  rpc::Call Service() {
    return rpc::Call::AsService("commissions", ids::RequestId::New().ToString());
  }
  v1::ListSaleLinksResponse Links(const std::string& user, bool sees_all) {
    return ListSaleLinks(*owned, By(user, "ListSaleLinks", sees_all), {}).value();
  }
  void AddParticipant(const std::string& user) {
    v1::CreateCommissionPlanRequest plan;
    plan.mutable_commission_plan()->set_name("Field sales");
    plan.mutable_commission_plan()->set_rate_percent("5");
    v1::CreateParticipantRequest request;
    request.mutable_participant()->set_user_id(user);
    request.mutable_participant()->set_plan_id(
        CreateCommissionPlan(*owned, By(manager, "CreateCommissionPlan", true), plan)->id());
    REQUIRE(CreateParticipant(*owned, By(manager, "CreateParticipant", true), request));
    const auto again = CreateParticipant(*owned, By(manager, "CreateParticipant", true), request);
    CHECK(again.error().reason == "PARTICIPANT_EXISTS");
  }
  Result<v1::SaleLink> Claim(const std::string& user, const std::string& id) {
    v1::ClaimSaleLinkRequest request;
    request.set_id(id);
    request.set_evidence("My demo on 3 March.");
    return ClaimSaleLink(*owned, By(user, "ClaimSaleLink", false), request);
  }
  Result<v1::SaleLink> Verify(const std::string& user, const std::string& id) {
    v1::VerifySaleLinkRequest request;
    request.set_id(id);
    return VerifySaleLink(*owned, By(user, "VerifySaleLink", true), request);
  }

  testing::TestDatabase test;
  std::unique_ptr<postgres::Database> owned;
  std::string account = ids::AccountId::New().ToString();
  std::string contract = ids::ContractId::New().ToString();
  std::string rep = ids::UserId::New().ToString();
  std::string manager = ids::UserId::New().ToString();
};

TEST_CASE("a sale is claimed from a masked list, verified by another, and credited to date") {
  Fixture fixture;
  REQUIRE(fixture.TakeOrder());
  REQUIRE(fixture.TakeOrder());  // one sale link for a contract
  const auto masked = fixture.Links(fixture.rep, false);
  REQUIRE(masked.data_size() == 1);
  const v1::SaleLink& seen = masked.data(0);
  CHECK(seen.masked());
  CHECK((seen.account_id() + seen.contract_id() + seen.order_id()).empty());
  CHECK(!seen.has_contract_price());
  CHECK(seen.product_names(0) == "Licence");
  CHECK(seen.delivery_month() == "2026-04");
  CHECK(seen.price_band() == "10000-100000 EUR");
  CHECK(fixture.Links(fixture.manager, true).data(0).variance().amount() == "1000.00");

  CHECK(fixture.Claim(fixture.rep, seen.id()).error().reason == "CALLER_NOT_PARTICIPANT");
  fixture.AddParticipant(fixture.rep);
  CHECK(fixture.Verify(fixture.manager, seen.id()).error().reason == "SALE_LINK_NOT_CLAIMED");
  REQUIRE(fixture.TakeInvoiceOf("1000.00", "1000.00"));
  const auto claimed = fixture.Claim(fixture.rep, seen.id());
  REQUIRE(claimed);
  CHECK(claimed->masked());
  CHECK(fixture.Claim(fixture.rep, seen.id()).error().reason == "SALE_LINK_NOT_OPEN");
  CHECK(fixture.Verify(fixture.rep, seen.id()).error().reason == "SALE_LINK_SELF_VERIFICATION");
  REQUIRE(fixture.Verify(fixture.manager, seen.id()));
  CHECK(fixture.Links(fixture.rep, false).data(0).account_id() == fixture.account);

  REQUIRE(fixture.TakeInvoiceOf("0.30", "0.30"));
  CHECK(fixture.TakeInvoiceOf("5.00", "6.00").error().reason == "CONTROL_TOTALS_DIFFER");
  v1::ListCreditsRequest request;
  const auto credits =
      ListCredits(*fixture.owned, fixture.By(fixture.manager, "ListCredits", true), request);
  REQUIRE(credits);
  REQUIRE(credits->data_size() == 2);
  CHECK(credits->data(0).amount().amount() == "50.00");
  CHECK(credits->data(1).amount().amount() == "0.02");
  CHECK(credits->data(1).billed_to_date().amount() == "1000.30");
  CHECK(ListParticipants(*fixture.owned, fixture.By(fixture.manager, "ListParticipants", true), {})
            ->data_size() == 1);
  CHECK(ListCommissionPlans(*fixture.owned,
                            fixture.By(fixture.manager, "ListCommissionPlans", true), {})
            ->data_size() == 1);
}

}  // namespace
}  // namespace continuo::commissions::app
