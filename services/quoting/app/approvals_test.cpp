// Approval policies and approvals, on a real Postgres.
#include "services/quoting/app/approvals.h"

#include "continuo/directory/v1/user.pb.h"
#include "continuo/quoting/v1/approval.pb.h"
#include "continuo/quoting/v1/direct_order.pb.h"
#include "services/quoting/app/approval_policies.h"
#include "services/quoting/app/direct_order.h"
#include "services/quoting/app/stage_test.h"

namespace continuo::quoting::app {
namespace {

struct Stage : Quoting {
  Stage() {
    for (const std::string& user : {ann, bob, eve, seller}) Know(user, sales);
    Know(cfo, finance);
  }
  void Know(const std::string& id, const std::string& profile) {
    directory::v1::User user;
    user.set_id(id);
    user.set_profile_id(profile);
    peers.Know(id, user);
  }

  // POST /v1/approval_policies with JSON; the call is checked as the gateway would.
  Result<v1::ApprovalPolicy> TryPolicy(const std::string& json) {
    v1::CreateApprovalPolicyRequest request;
    *request.mutable_approval_policy() = Json<v1::ApprovalPolicy>(json);
    return CreateApprovalPolicy(app, Call(), request);
  }
  v1::ApprovalPolicy Policy(const std::string& steps,
                            const std::string& conditions =
                                R"([{"field":"discount_percent","operator":"greater","value":"20"}])",
                            const std::string& more = "") {
    return Must(TryPolicy(R"({"name":"Deep discounts","conditions":)" + conditions +
                          R"(,"steps":)" + steps + more + "}"));
  }
  static std::string Users(const std::vector<std::string>& users, const std::string& mode = "any") {
    std::string list;
    for (const std::string& user : users) list += (list.empty() ? "\"" : ",\"") + user + "\"";
    return R"({"mode":")" + mode + R"(","user_ids":[)" + list + "]}";
  }

  v1::Quote Deep() { return Open({Line(seats, "100", "25")}); }
  Result<v1::Quote> Submit(const v1::Quote& quote, const std::string& user = "") {
    return SubmitQuote(app, As(user.empty() ? seller : user), Of<v1::SubmitQuoteRequest>(quote));
  }
  std::vector<v1::Approval> Find(const std::function<void(v1::ListApprovalsRequest&)>& filter,
                                 const std::string& user = "") {
    v1::ListApprovalsRequest request;
    filter(request);
    rpc::Call call = As(user.empty() ? seller : user);
    call.method = "/continuo.quoting.v1.QuotingService/ListApprovals";
    const auto page = Must(ListApprovals(app, call, request));
    return {page.data().begin(), page.data().end()};
  }
  std::vector<v1::Approval> ApprovalsOf(const v1::Quote& quote) {
    return Find([&](auto& request) { request.set_quote_id(quote.id()); });
  }
  std::vector<v1::Approval> WaitsFor(const std::string& user) {
    return Find([](auto& request) { request.set_mine(true); }, user);
  }
  Result<v1::Approval> Approve(const v1::Approval& approval, const std::string& user) {
    v1::ApproveApprovalRequest request;
    request.set_id(approval.id());
    request.set_reason("fine");
    return ApproveApproval(app, As(user), request);
  }
  Result<v1::Approval> Reject(const v1::Approval& approval, const std::string& user) {
    v1::RejectApprovalRequest request;
    request.set_id(approval.id());
    request.set_reason("too deep");
    return RejectApproval(app, As(user), request);
  }
  Result<v1::Approval> Delegate(const v1::Approval& approval, const std::string& from,
                                const std::string& to) {
    v1::DelegateApprovalRequest request;
    request.set_id(approval.id());
    request.set_to_user_id(to);
    request.set_reason("on holiday");
    return DelegateApproval(app, As(from), request);
  }
  Result<v1::Quote> ApproveAs(const v1::Quote& quote, const std::string& user) {
    return ApproveQuote(app, As(user), Version<v1::ApproveQuoteRequest>(quote));
  }
  Result<v1::Quote> TryRelease(const v1::Quote& quote) {
    return ReleaseQuote(app, Call(), Version<v1::ReleaseQuoteRequest>(quote));
  }
  Result<v1::Quote> Patch(const v1::Quote& quote, const std::function<void(v1::Quote&)>& set,
                          const std::string& field) {
    v1::UpdateQuoteRequest request;
    request.set_id(quote.id());
    set(*request.mutable_quote());
    request.add_update_mask(field);
    return UpdateQuote(app, Matching(quote), request);
  }

  const std::string ann = ids::UserId::New().ToString();
  const std::string bob = ids::UserId::New().ToString();
  const std::string eve = ids::UserId::New().ToString();
  const std::string cfo = ids::UserId::New().ToString();
  const std::string sales = ids::SecurityProfileId::New().ToString();
  const std::string finance = ids::SecurityProfileId::New().ToString();
};

TEST_CASE("A version that no policy matches is approved by whoever may") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.ann}) + "]");
  v1::Quote quote = stage.Open({Quoting::Line(stage.seats, "100", "20")});
  stage.Must(stage.Submit(quote));
  CHECK(stage.ApprovalsOf(quote).empty());
  CHECK(stage.Must(stage.ApproveAs(quote, stage.seller)).status() == v1::QUOTE_STATUS_APPROVED);
}

TEST_CASE("Two approvers in order") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.ann}) + "," + Stage::Users({stage.bob}) + "]");
  const v1::Quote quote = stage.Deep();
  stage.Must(stage.Submit(quote));
  auto approvals = stage.ApprovalsOf(quote);
  REQUIRE(approvals.size() == 2);
  CHECK(approvals[0].status() == v1::APPROVAL_STATUS_OPEN);
  CHECK(approvals[1].status() == v1::APPROVAL_STATUS_WAITING);
  CHECK(approvals[0].content_hash() == stage.Get(quote.id()).content_hash());
  CHECK(stage.WaitsFor(stage.ann).size() == 1);
  CHECK(stage.WaitsFor(stage.bob).empty());
  CHECK(Reason(stage.Approve(approvals[1], stage.bob)) == "APPROVAL_NOT_OPEN");
  CHECK(Reason(stage.TryRelease(quote)) == "QUOTE_ACTION_NOT_ALLOWED");

  const v1::Approval first = stage.Must(stage.Approve(approvals[0], stage.ann));
  CHECK(first.status() == v1::APPROVAL_STATUS_APPROVED);
  CHECK(first.decisions(0).user_id() == stage.ann);
  CHECK(first.decisions(0).reason() == "fine");
  CHECK(stage.Get(quote.id()).status() == v1::QUOTE_STATUS_SUBMITTED);
  CHECK(stage.WaitsFor(stage.bob).size() == 1);
  CHECK(Reason(stage.TryRelease(quote)) == "QUOTE_ACTION_NOT_ALLOWED");

  stage.Must(stage.Approve(approvals[1], stage.bob));
  CHECK(stage.Get(quote.id()).status() == v1::QUOTE_STATUS_APPROVED);
  CHECK(stage.Must(stage.TryRelease(quote)).status() == v1::QUOTE_STATUS_RELEASED);
  CHECK(stage.Events().ends_with(
      "quote.submitted approval.requested approval.approved approval.requested "
      "approval.approved quote.approved quote.released"));
}

TEST_CASE("All of a step in parallel, and two policies side by side") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.ann, stage.bob}, "all") + "]");
  stage.Policy(R"([{"profile_id":")" + stage.finance + R"("}])",
               R"([{"field":"value","operator":"greater","value":"1000","currency":"EUR"}])");
  const v1::Quote quote = stage.Deep();
  stage.Must(stage.Submit(quote));
  CHECK(stage.WaitsFor(stage.bob).size() == 1);
  CHECK(stage.WaitsFor(stage.cfo).size() == 1);
  CHECK(stage.Find([&](auto& request) { request.set_approver_id(stage.cfo); }).size() == 1);
  CHECK(Reason(stage.ApproveAs(quote, stage.eve)) == "NOT_AN_APPROVER");
  stage.Must(stage.ApproveAs(quote, stage.bob));
  CHECK(stage.WaitsFor(stage.bob).empty());
  CHECK(stage.WaitsFor(stage.ann).size() == 1);
  stage.Must(stage.ApproveAs(quote, stage.cfo));
  CHECK(stage.Get(quote.id()).status() == v1::QUOTE_STATUS_SUBMITTED);
  CHECK(stage.Must(stage.ApproveAs(quote, stage.ann)).status() == v1::QUOTE_STATUS_APPROVED);
}

TEST_CASE("Policies of a higher priority are asked later, those of another division not at all") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.bob}) + "]", "[]", R"(,"priority":20)");
  stage.Policy("[" + Stage::Users({stage.ann}) + "]", "[]", R"(,"priority":10)");
  stage.Policy("[" + Stage::Users({stage.eve}) + "]", "[]",
               R"(,"division_id":")" + ids::DivisionId::New().ToString() + "\"");
  stage.Policy("[" + Stage::Users({stage.eve}) + "]", "[]", R"(,"active":false)");
  const v1::Quote quote = stage.Deep();
  stage.Must(stage.Submit(quote));
  CHECK(stage.WaitsFor(stage.bob).empty());
  CHECK(stage.WaitsFor(stage.eve).empty());
  stage.Must(stage.ApproveAs(quote, stage.ann));
  CHECK(stage.WaitsFor(stage.bob).size() == 1);
}

TEST_CASE("A material change voids approvals, an immaterial one does not") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.ann}) + "]");
  v1::Quote quote = stage.Deep();
  stage.Must(stage.Submit(quote));
  quote = stage.Must(stage.ApproveAs(quote, stage.ann));
  quote = stage.Must(stage.Patch(
      quote, [](v1::Quote& q) { (*q.mutable_metadata())["campaign"] = "spring"; }, "metadata"));
  CHECK(quote.status() == v1::QUOTE_STATUS_APPROVED);
  CHECK(stage.ApprovalsOf(quote)[0].status() == v1::APPROVAL_STATUS_APPROVED);

  quote = stage.Must(stage.SetQuantity(quote, 0, "101"));
  CHECK(quote.status() == v1::QUOTE_STATUS_DRAFT);
  CHECK(stage.ApprovalsOf(quote)[0].status() == v1::APPROVAL_STATUS_VOIDED);
  CHECK(stage.ApprovalsOf(quote)[0].decisions_size() == 1);
  CHECK(Reason(stage.TryRelease(quote)) == "QUOTE_ACTION_NOT_ALLOWED");
  stage.Must(stage.Submit(quote));
  CHECK(stage.WaitsFor(stage.ann).size() == 1);
  CHECK(stage.Events().find("approval.voided") != std::string::npos);
}

TEST_CASE("Revise, decline and the last day end what is open") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.ann}) + "]", "[]");
  const auto voided = [&](const v1::Quote& quote) {
    return stage.ApprovalsOf(quote)[0].status() == v1::APPROVAL_STATUS_VOIDED;
  };
  const v1::Quote revised = stage.Deep();
  stage.Must(stage.Submit(revised));
  stage.Must(ReviseQuote(stage.app, stage.Call(), Quoting::Of<v1::ReviseQuoteRequest>(revised)));
  CHECK(voided(revised));
  const v1::Quote declined = stage.Deep();
  stage.Must(stage.Submit(declined));
  auto decline = Quoting::Of<v1::DeclineQuoteRequest>(declined);
  decline.set_reason("no budget");
  stage.Must(DeclineQuote(stage.app, stage.Call(), decline));
  CHECK(voided(declined));
  const v1::Quote expired = stage.Deep();
  stage.Must(stage.Submit(expired));
  stage.test.SetClock("quoting", "2026-08-01T09:00:00Z");
  REQUIRE(ExpireQuotes(stage.app, rpc::Call::AsService("quoting", "")));
  CHECK(voided(expired));
}

TEST_CASE("A rejection rejects the version and voids what was open beside it") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.ann}) + "]");
  stage.Policy("[" + Stage::Users({stage.bob}) + "]");
  const v1::Quote quote = stage.Deep();
  stage.Must(stage.Submit(quote));
  const v1::Approval anns = stage.WaitsFor(stage.ann).at(0);
  CHECK(Reason(stage.Reject(anns, stage.bob)) == "NOT_AN_APPROVER");
  CHECK(stage.Must(stage.Reject(anns, stage.ann)).status() == v1::APPROVAL_STATUS_REJECTED);
  CHECK(stage.Get(quote.id()).status() == v1::QUOTE_STATUS_REJECTED);
  CHECK(stage.WaitsFor(stage.bob).empty());
  // The same by the quote's own action.
  const v1::Quote other = stage.Deep();
  stage.Must(stage.Submit(other));
  auto reject = Quoting::Version<v1::RejectQuoteRequest>(other);
  reject.set_reason("too deep");
  CHECK(Reason(RejectQuote(stage.app, stage.As(stage.eve), reject)) == "NOT_AN_APPROVER");
  CHECK(stage.Must(RejectQuote(stage.app, stage.As(stage.bob), reject)).status() ==
        v1::QUOTE_STATUS_REJECTED);
}

TEST_CASE("A delegate decides, and it is kept who handed over to whom and why") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.ann, stage.bob}, "all") + "]");
  const v1::Quote quote = stage.Deep();
  stage.Must(stage.Submit(quote));
  const v1::Approval approval = stage.ApprovalsOf(quote).at(0);
  CHECK(Reason(stage.Delegate(approval, stage.eve, stage.ann)) == "NOT_AN_APPROVER");
  CHECK(Pointer(stage.Delegate(approval, stage.ann, stage.seller)) == "/to_user_id");
  CHECK(Pointer(stage.Delegate(approval, stage.ann, stage.bob)) == "/to_user_id");
  CHECK(Pointer(stage.Delegate(approval, stage.ann, ids::UserId::New().ToString())) ==
        "/to_user_id");
  const v1::Approval delegated = stage.Must(stage.Delegate(approval, stage.ann, stage.eve));
  REQUIRE(delegated.delegations_size() == 1);
  CHECK(delegated.delegations(0).from_user_id() == stage.ann);
  CHECK(delegated.delegations(0).to_user_id() == stage.eve);
  CHECK(delegated.delegations(0).reason() == "on holiday");
  CHECK(Reason(stage.Approve(approval, stage.ann)) == "NOT_AN_APPROVER");
  stage.Must(stage.Approve(approval, stage.eve));
  stage.Must(stage.Approve(approval, stage.bob));
  CHECK(stage.Get(quote.id()).status() == v1::QUOTE_STATUS_APPROVED);
  CHECK(stage.Events().find("approval.delegated") != std::string::npos);
}

TEST_CASE("Whoever submits does not approve, unless the policy lets them") {
  Stage stage;
  const v1::ApprovalPolicy policy = stage.Policy("[" + Stage::Users({stage.ann}) + "]");
  const v1::Quote quote = stage.Deep();
  CHECK(Reason(stage.Submit(quote, stage.ann)) == "NO_APPROVER_LEFT");
  stage.Must(stage.Submit(quote, stage.bob));
  CHECK(Reason(stage.ApproveAs(quote, stage.bob)) == "NOT_AN_APPROVER");
  const v1::Quote by_profile = stage.Deep();
  v1::UpdateApprovalPolicyRequest update;
  update.set_id(policy.id());
  update.mutable_approval_policy()->add_steps()->set_profile_id(stage.finance);
  update.add_update_mask("steps");
  CHECK(stage.Must(UpdateApprovalPolicy(stage.app, stage.Call(), update)).revision() == 2);
  stage.Must(stage.Submit(by_profile, stage.cfo));
  CHECK(Reason(stage.ApproveAs(by_profile, stage.cfo)) == "OWN_APPROVAL");
  update.mutable_approval_policy()->set_submitter_may_approve(true);
  update.add_update_mask("submitter_may_approve");
  stage.Must(UpdateApprovalPolicy(stage.app, stage.Call(), update));
  const v1::Quote lenient = stage.Deep();
  stage.Must(stage.Submit(lenient, stage.cfo));
  CHECK(stage.Must(stage.ApproveAs(lenient, stage.cfo)).status() == v1::QUOTE_STATUS_APPROVED);
}

TEST_CASE("The margin after what is bought decides, and needs approval where it is not known") {
  Stage stage;
  const std::string thin = stage.Publish(R"("code":"THIN","name":"Thin","kind":"one_off",
      "pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":"100"}]},
      "revenue":{"rule":"point_in_time"},
      "purchasing":[{"name":"Box","currency":"EUR","unit_cost":"85"}])");
  stage.Policy("[" + Stage::Users({stage.ann}) + "]",
               R"([{"field":"margin_percent","operator":"less","value":"10"}])");
  const auto asks = [&](const v1::QuoteLine& line) {
    const v1::Quote quote = stage.Open({line});
    stage.Must(stage.Submit(quote));
    return stage.ApprovalsOf(quote).size() == 1;
  };
  CHECK_FALSE(asks(Quoting::Line(thin, "1")));           // 15 %
  CHECK(asks(Quoting::Line(thin, "1", "10")));           // 5.56 %
  CHECK_FALSE(asks(Quoting::Line(stage.seats, "10")));   // nothing is bought
  CHECK(asks(Quoting::Line(stage.support, "1")));        // a cost in USD
}

TEST_CASE("What a policy asks about is not ordered directly") {
  Stage stage;
  stage.Policy("[" + Stage::Users({stage.ann}) + "]",
               R"([{"field":"product_code","operator":"equal","value":"SEAT"}])");
  v1::CreateOrderRequest request;
  request.set_account_id(stage.account);
  request.set_division_id(stage.division);
  request.set_accepted_by("E. Beispiel");
  *request.add_lines() = Quoting::Line(stage.seats, "10");
  rpc::Call call = stage.As(stage.seller);
  std::erase(call.principal.permissions, "orders.create_direct");
  std::erase(call.principal.permissions, "*");
  CHECK(Reason(CreateOrder(stage.app, call, request)) == "DIRECT_ORDER_NEEDS_APPROVAL");
  call.principal.permissions.push_back("orders.create_direct");
  CHECK(CreateOrder(stage.app, call, request).has_value());
}

TEST_CASE("A policy's nonsense is refused at its field") {
  Stage stage;
  const auto pointer = [&](const std::string& conditions, const std::string& steps) {
    return Pointer(stage.TryPolicy(R"({"name":"x","conditions":)" + conditions + R"(,"steps":)" +
                                   steps + "}"));
  };
  const std::string step = "[" + Stage::Users({stage.ann}) + "]";
  CHECK(pointer(R"([{"field":"value","operator":"less","value":"1"}])", step) ==
        "/conditions/0/currency");
  CHECK(pointer(R"([{"field":"payment_days","operator":"less","value":"1","currency":"EUR"}])",
                step) == "/conditions/0/currency");
  CHECK(pointer(R"([{"field":"term_months","operator":"less","value":"long"}])", step) ==
        "/conditions/0/value");
  CHECK(pointer(R"([{"field":"product_code","operator":"less","value":"A"}])", step) ==
        "/conditions/0/operator");
  CHECK(pointer("[]", "[]") == "/steps");
  CHECK(pointer("[]", "[{}]") == "/steps/0");
  CHECK(pointer("[]", R"([{"mode":"all","profile_id":")" + stage.finance + R"("}])") ==
        "/steps/0/mode");
  CHECK(pointer("[]", "[" + Stage::Users({stage.ann, stage.ann}) + "]") == "/steps/0/user_ids");
}

TEST_CASE("Policies and approvals are read and listed by those who see the account") {
  Stage stage;
  const v1::ApprovalPolicy policy = stage.Policy("[" + Stage::Users({stage.ann}) + "]");
  v1::GetApprovalPolicyRequest get;
  get.set_id(policy.id());
  CHECK(stage.Must(GetApprovalPolicy(stage.app, stage.Call(), get)).active());
  rpc::Call call = stage.Call();
  call.method = "/continuo.quoting.v1.QuotingService/ListApprovalPolicies";
  CHECK(stage.Must(ListApprovalPolicies(stage.app, call, {})).data_size() == 1);
  const v1::Quote quote = stage.Deep();
  stage.Must(stage.Submit(quote));
  v1::GetApprovalRequest of;
  of.set_id(stage.ApprovalsOf(quote).at(0).id());
  CHECK(GetApproval(stage.app, stage.Call(), of));
  CHECK(Reason(GetApproval(stage.app, stage.As(stage.ann, false), of)) == "NOT_FOUND");
}

}  // namespace
}  // namespace continuo::quoting::app
