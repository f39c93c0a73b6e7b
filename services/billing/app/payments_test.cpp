// Money received and what it pays.
#include "services/billing/app/fixture_test.h"

namespace continuo::billing::app {
namespace {

TEST_CASE("A payment pays the earliest due, the rest stays unapplied; a reversal undoes it") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  for (const char* amount : {"100.00", "200.00"}) {
    fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", amount}});
    fixture.Run("2026-02-01");
  }
  const auto paid = fixture.Pay("150.00");
  REQUIRE(paid);
  REQUIRE(paid->allocations_size() == 2);
  CHECK(Text(paid->unapplied()) == "0.00 EUR");
  CHECK(fixture.Events("payment.received") == 1);
  CHECK(fixture.Events("invoice.paid") == 1);
  CHECK(Text(fixture.Balance().receivable()) == "207.00 EUR");
  const auto unapplied = fixture.Pay("300.00", true);
  REQUIRE(unapplied);
  CHECK(unapplied->allocations_size() == 0);
  CHECK(Text(fixture.Balance().unapplied()) == "300.00 EUR");
  v1::AllocatePaymentRequest allocate;
  allocate.set_id(unapplied->id());
  const auto allocated =
      AllocatePayment(fixture.app(), fixture.UserCall("AllocatePayment"), allocate);
  REQUIRE(allocated);
  CHECK(Text(allocated->unapplied()) == "93.00 EUR");
  CHECK(fixture.Events("payment.allocated") == 1);
  CHECK(Text(fixture.Balance().receivable()) == "0.00 EUR");
  CHECK(ReasonOf(AllocatePayment(fixture.app(), fixture.UserCall("AllocatePayment"), allocate)) ==
        "NOTHING_TO_ALLOCATE");
  fixture.CheckLaws();
  v1::ReversePaymentRequest reverse;
  reverse.set_id(paid->id());
  reverse.set_reason("bounced");
  const auto reversed = ReversePayment(fixture.app(), fixture.UserCall("ReversePayment"), reverse);
  REQUIRE(reversed);
  CHECK(reversed->status() == v1::PAYMENT_STATUS_REVERSED);
  CHECK(reversed->allocations_size() == 0);
  CHECK(Text(fixture.Balance().receivable()) == "150.00 EUR");
  CHECK(fixture.Events("payment.reversed") == 1);
  CHECK(ReasonOf(ReversePayment(fixture.app(), fixture.UserCall("ReversePayment"), reverse)) ==
        "PAYMENT_REVERSED");
  allocate.set_id(paid->id());
  CHECK(ReasonOf(AllocatePayment(fixture.app(), fixture.UserCall("AllocatePayment"), allocate)) ==
        "PAYMENT_REVERSED");
  fixture.CheckLaws();
}

TEST_CASE("A payment of more invoices than an event can name is told with their number") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  constexpr int kInvoices = 200;
  for (int i = 0; i < kInvoices; ++i) {
    fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "100.00"}});
    fixture.Run("2026-02-01");
  }
  const auto paid = fixture.Pay("23800.00");
  REQUIRE(paid);
  CHECK(paid->allocations_size() == kInvoices);
  CHECK(fixture.Events("payment.received") == 1);
  CHECK(fixture.Events("invoice.paid") == kInvoices);
  fixture.CheckLaws();
}

TEST_CASE("A payment of an account that is unknown or not the caller's is refused") {
  Fixture fixture("2026-02-01T09:00:00Z");
  v1::CreatePaymentRequest request;
  request.mutable_payment()->set_account_id(NewId<ids::AccountId>());
  SetMoney(request.mutable_payment()->mutable_amount(), "1.00");
  request.mutable_payment()->set_method(v1::PAYMENT_METHOD_CARD);
  request.mutable_payment()->set_received_on("2026-02-01");
  CHECK(ReasonOf(CreatePayment(fixture.app(), fixture.UserCall("CreatePayment"), request)) ==
        "REFERENCE_NOT_FOUND");
  request.mutable_payment()->set_account_id(fixture.account);
  rpc::Call stranger = fixture.UserCall("CreatePayment");
  stranger.principal.sees_all = false;
  CHECK(ReasonOf(CreatePayment(fixture.app(), stranger, request)) == "REFERENCE_NOT_FOUND");
  SetMoney(request.mutable_payment()->mutable_amount(), "0.00");
  CHECK(ReasonOf(CreatePayment(fixture.app(), fixture.UserCall("CreatePayment"), request)) ==
        "OUT_OF_RANGE");
}

TEST_CASE("crm is asked about a payer only while nothing was billed to it") {
  Fixture fixture("2026-02-01T09:00:00Z");
  fixture.AddRate("19");
  REQUIRE(fixture.Pay("1.00"));  // in advance
  CHECK(fixture.owners.accounts_asked == 1);
  fixture.Release(fixture.account, {{"2026-02-01", "2026-03-01", "10.00"}});
  fixture.Run("2026-02-01");
  const int asked = fixture.owners.accounts_asked;
  REQUIRE(fixture.Pay("2.00"));
  CHECK(fixture.owners.accounts_asked == asked);
  CHECK(fixture.Events("payment.received") == 2);
}

}  // namespace
}  // namespace continuo::billing::app
