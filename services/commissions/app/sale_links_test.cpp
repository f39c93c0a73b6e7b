// Who sold it: opened by the order, recognised on a masked list, claimed, decided by somebody else.
#include "services/commissions/app/world_test.h"

namespace continuo::commissions::app {
namespace {

v1::ListSaleLinksResponse List(World& world, rpc::Call call) {
  call.method = "/continuo.commissions.v1.CommissionsService/ListSaleLinks";
  const auto links = ListSaleLinks(world.app(), call, {});
  REQUIRE(links);
  return *links;
}

TEST_CASE("an accepted order opens one sale link, with what crm had thought of it") {
  World world;
  const auto order = world.NewOrder();
  const std::string id = world.Sell(order);
  REQUIRE(world.Take(order));  // again
  CHECK(world.Count("sale_link") == 1);
  CHECK(world.Events("sale_link.opened") == 1);
  const auto link = world.Get(world.By(world.manager), id);
  REQUIRE(link);
  CHECK(link->status() == v1::SALE_LINK_STATUS_OPEN);
  CHECK(!link->masked());
  CHECK(link->account_id() == world.account);
  CHECK(link->contract_id() == order.contract_id());
  CHECK(link->crm_price().amount() == "35000.00");
  CHECK(link->contract_price().amount() == "36000.00");
  CHECK(link->variance().amount() == "1000.00");
  CHECK(link->accepted_on() == "2026-03-15");
  CHECK(link->delivery_start() == "2026-04-01");
}

TEST_CASE("without a value in the order's currency there is no variance") {
  World world;
  auto order = world.NewOrder();
  order.mutable_opportunity_value()->set_currency("USD");
  const auto link = world.Get(world.By(world.manager), world.Sell(order));
  CHECK(!link->has_crm_price());
  CHECK(!link->has_variance());
}

TEST_CASE("an order that lost a line on its way opens nothing") {
  World world;
  auto order = world.NewOrder();
  order.mutable_control_totals()->set_count(2);
  CHECK(ReasonOf(world.Take(order)) == "CONTROL_TOTALS_DIFFER");
  CHECK(world.Count("sale_link") == 0);
}

TEST_CASE("who may claim recognises an open sale and learns nothing of the customer") {
  World world;
  const std::string rep = world.NewUser();
  const auto order = world.NewOrder();
  const std::string id = world.Sell(order);
  const auto links = List(world, world.Linked(rep));
  REQUIRE(links.data_size() == 1);
  const v1::SaleLink& seen = links.data(0);
  CHECK(seen.masked());
  CHECK(seen.product_names(0) == "Licence");
  CHECK(seen.delivery_month() == "2026-04");
  CHECK(seen.price_band() == "10000-100000 EUR");
  for (const std::string& hidden : {world.account, world.division, order.id(),
                                    order.contract_id(), std::string("36000.00")}) {
    CHECK(seen.DebugString().find(hidden) == std::string::npos);
  }
  CHECK(seen.accepted_on().empty());
  CHECK(seen.delivery_start().empty());
  CHECK(world.Get(world.Linked(rep), id)->DebugString() == seen.DebugString());
  CHECK(ReasonOf(world.Steps(world.Linked(rep), id)) == "NOT_FOUND");

  rpc::Call reader = world.Linked(rep);
  reader.principal.permissions = {"sale_links.read"};
  CHECK(List(world, reader).data_size() == 0);
  CHECK(ReasonOf(world.Get(reader, id)) == "NOT_FOUND");
}

TEST_CASE("filters find nothing through the mask") {
  World world;
  const auto order = world.NewOrder();
  world.Sell(order);
  v1::ListSaleLinksRequest request;
  request.set_account_id(world.account);
  rpc::Call call = world.Linked(world.NewUser(), "ListSaleLinks");
  CHECK(ListSaleLinks(world.app(), call, request)->data_size() == 0);
  request.clear_account_id();
  request.set_status(v1::SALE_LINK_STATUS_OPEN);
  CHECK(ListSaleLinks(world.app(), call, request)->data_size() == 1);
}

TEST_CASE("the account's links and the caller's divisions decide who sees it in full") {
  World world;
  const std::string user = world.NewUser();
  const std::string id = world.Sell(world.NewOrder());
  world.Link(user, world.account);
  CHECK(!world.Get(world.Linked(user), id)->masked());
  rpc::Call elsewhere = world.By(user);
  elsewhere.principal.division_ids = {NewId<ids::DivisionId>()};
  CHECK(world.Get(elsewhere, id)->masked());
  elsewhere.principal.division_ids = {world.division};
  CHECK(!world.Get(elsewhere, id)->masked());
}

TEST_CASE("a claim is verified by somebody else, and every step is kept") {
  World world;
  const std::string rep = world.NewUser();
  const std::string id = world.Sell(world.NewOrder());
  CHECK(ReasonOf(world.Claim(world.Linked(rep), id)) == "CALLER_NOT_PARTICIPANT");
  const std::string participant = world.AddSimpleParticipant(rep);
  CHECK(ReasonOf(world.Verify(world.By(world.manager), id)) == "SALE_LINK_NOT_CLAIMED");
  world.SetClock("2026-03-15T23:30:00Z");  // the 16th in Berlin
  const auto claimed = world.Claim(world.Linked(rep), id);
  REQUIRE(claimed);
  CHECK(claimed->masked());
  CHECK(claimed->status() == v1::SALE_LINK_STATUS_CLAIMED);
  CHECK(claimed->participant_id() == participant);
  CHECK(claimed->splits_size() == 0);
  CHECK(ReasonOf(world.Claim(world.Linked(rep), id)) == "SALE_LINK_NOT_OPEN");
  CHECK(ReasonOf(world.Verify(world.By(rep), id)) == "SALE_LINK_SELF_VERIFICATION");
  CHECK(ReasonOf(world.Verify(world.Linked(world.NewUser()), id)) == "NOT_FOUND");
  rpc::Call stale = world.By(world.manager);
  stale.if_match = "1";
  CHECK(ReasonOf(world.Verify(stale, id)) == "ETAG_MISMATCH");
  const auto verified = world.Verify(world.By(world.manager), id);
  REQUIRE(verified);
  CHECK(verified->verified_by() == world.manager);
  REQUIRE(verified->splits_size() == 1);
  CHECK(verified->splits(0).percent() == "100");
  CHECK(ReasonOf(world.Verify(world.By(world.manager), id)) == "SALE_LINK_NOT_CLAIMED");

  const auto steps = world.Steps(world.By(world.manager), id);
  REQUIRE(steps);
  REQUIRE(steps->data_size() == 3);
  CHECK(steps->data(0).status() == v1::SALE_LINK_STATUS_OPEN);
  CHECK(steps->data(1).user_id() == rep);
  CHECK(steps->data(1).reason() == "My demo on 3 March.");
  CHECK(steps->data(1).effective_on() == "2026-03-16");
  CHECK(steps->data(1).splits(0).participant_id() == participant);
  CHECK(steps->data(2).user_id() == world.manager);
  CHECK(steps->data(2).revision() == 3);
  CHECK(world.Events("sale_link.claimed") == 1);
  CHECK(world.Events("sale_link.verified") == 1);
}

TEST_CASE("a verified sale is the participant's to see, and nobody else's") {
  World world;
  const std::string rep = world.NewUser();
  world.AddSimpleParticipant(rep);
  const std::string id = world.SellBy(rep, world.NewOrder());
  const auto own = world.Get(world.Linked(rep), id);
  REQUIRE(own);
  CHECK(!own->masked());
  CHECK(own->account_id() == world.account);
  CHECK(world.Steps(world.Linked(rep), id)->data_size() == 3);
  const rpc::Call stranger = world.Linked(world.NewUser());
  CHECK(ReasonOf(world.Get(stranger, id)) == "NOT_FOUND");
  CHECK(ReasonOf(world.Claim(stranger, id)) == "NOT_FOUND");
  CHECK(ReasonOf(world.Contest(world.Linked(world.NewUser()), id)) == "NOT_FOUND");
  CHECK(List(world, stranger).data_size() == 0);
}

TEST_CASE("who shares a claim does not verify it") {
  World world;
  const std::string rep = world.NewUser(), partner = world.NewUser();
  const std::string own = world.AddSimpleParticipant(rep);
  const std::string other = world.AddSimpleParticipant(partner);
  const std::string id = world.Sell(world.NewOrder());
  CHECK(ReasonOf(world.Claim(world.Linked(rep), id, {{own, "60"}, {other, "30"}})) ==
        "SPLITS_NOT_100");
  CHECK(ReasonOf(world.Claim(world.Linked(rep), id,
                             {{own, "60"}, {NewId<ids::ParticipantId>(), "40"}})) ==
        "REFERENCE_NOT_FOUND");
  REQUIRE(world.Claim(world.Linked(rep), id, {{own, "60"}, {other, "40"}}));
  CHECK(ReasonOf(world.Verify(world.By(partner), id)) == "SALE_LINK_SELF_VERIFICATION");
  REQUIRE(world.Verify(world.By(world.manager), id));
}

TEST_CASE("only who was a participant on the day of the sale can have made it") {
  World world;
  const std::string rep = world.NewUser(), late = world.NewUser(), early = world.NewUser();
  const std::string plan = world.AddPlan(world.Terms("2026-03-01", v1::CREDIT_ON_INVOICE, "5"));
  const std::string id = world.Sell(world.NewOrder());
  REQUIRE(world.TryParticipant(late, plan, "2026-03-16"));
  CHECK(ReasonOf(world.Claim(world.Linked(late), id)) == "PARTICIPANT_NOT_IN_FORCE");
  v1::EndParticipantRequest end;
  end.set_id(world.TryParticipant(early, plan)->id());
  end.set_valid_to("2026-03-15");  // exclusive
  REQUIRE(EndParticipant(world.app(), world.By(world.manager, "EndParticipant"), end));
  CHECK(ReasonOf(world.Claim(world.Linked(early), id)) == "PARTICIPANT_NOT_IN_FORCE");
  const std::string later = world.AddPlan(world.Terms("2026-03-16", v1::CREDIT_ON_INVOICE, "5"));
  REQUIRE(world.TryParticipant(rep, later));
  CHECK(ReasonOf(world.Claim(world.Linked(rep), id)) == "PARTICIPANT_NOT_IN_FORCE");
}

TEST_CASE("a contested claim is decided by a third, and the commission follows the decision") {
  World world;
  const std::string rep = world.NewUser(), rival = world.NewUser();
  const std::string own = world.AddSimpleParticipant(rep);
  const std::string other = world.AddSimpleParticipant(rival);
  const auto order = world.NewOrder();
  const std::string id = world.Sell(order);
  REQUIRE(world.Take(world.NewInvoice(order, {"1000.00"}, "1190.00")));
  CHECK(ReasonOf(world.Contest(world.Linked(rival), id)) == "SALE_LINK_NOT_CONTESTABLE");
  REQUIRE(world.Claim(world.Linked(rep), id));
  REQUIRE(world.Verify(world.By(world.manager), id));
  CHECK(world.Amounts() == "50.00");
  CHECK(ReasonOf(world.Contest(world.By(rep), id)) == "SALE_LINK_OWN_CLAIM");
  REQUIRE(world.Contest(world.By(rival), id));
  REQUIRE(world.Take(world.NewInvoice(order, {"1000.00"}, "1190.00")));
  CHECK(world.Amounts() == "50.00");  // it earns nothing until it is resolved
  CHECK(ReasonOf(world.Resolve(world.By(rep), id)) == "SALE_LINK_SELF_VERIFICATION");
  CHECK(ReasonOf(world.Resolve(world.By(rival), id)) == "SALE_LINK_SELF_VERIFICATION");
  CHECK(ReasonOf(world.Resolve(world.By(world.manager), id, {{other, "99"}})) ==
        "SPLITS_NOT_100");
  const auto resolved = world.Resolve(world.By(world.manager), id, {{other, "100"}});
  REQUIRE(resolved);
  CHECK(resolved->status() == v1::SALE_LINK_STATUS_RESOLVED);
  CHECK(world.Amounts(own) == "50.00 -50.00");
  CHECK(world.Amounts(other) == "100.00");
  CHECK(ReasonOf(world.Contest(world.By(world.NewUser()), id)) == "SALE_LINK_NOT_CONTESTABLE");
  CHECK(world.Events("sale_link.contested") == 1);
  CHECK(world.Events("sale_link.resolved") == 1);
  CHECK(ReasonOf(world.Get(world.Linked(rep), id)) == "NOT_FOUND");
  CHECK(!world.Get(world.Linked(rival), id)->masked());
  world.CheckLaws();
}

TEST_CASE("a sale is found by its account or contract where it is seen in full, and by an index") {
  World world;
  const std::string user = world.NewUser();
  world.AddSimpleParticipant(user);
  const auto order = world.NewOrder();
  const std::string id = world.Sell(order);
  world.Sell(world.NewOrder());
  const auto found = [&](const rpc::Call& call, const std::string& account,
                         const std::string& contract) {
    v1::ListSaleLinksRequest request;
    request.set_account_id(account);
    request.set_contract_id(contract);
    return ListSaleLinks(world.app(), call, request)->data_size();
  };
  const rpc::Call manager = world.By(world.manager, "ListSaleLinks");
  const rpc::Call claimer = world.Linked(user, "ListSaleLinks");
  CHECK(found(manager, world.account, "") == 2);
  CHECK(found(manager, world.account, order.contract_id()) == 1);
  CHECK(found(manager, NewId<ids::AccountId>(), order.contract_id()) == 0);
  CHECK(found(claimer, "", "") == 2);  // masked
  CHECK(found(claimer, world.account, "") == 0);
  CHECK(found(claimer, "", order.contract_id()) == 0);
  REQUIRE(world.Claim(claimer, id));
  REQUIRE(world.Verify(world.By(world.manager), id));
  CHECK(found(claimer, "", order.contract_id()) == 1);  // found to be the user's own
  // As the service asks, under the policies.
  const auto plan = [&](const std::string& arguments, const std::string& condition) {
    return world.test.Execute(
        "SET search_path = commissions; SET plan_cache_mode = force_custom_plan; "
        "SET ROLE continuo_commissions_api; SET continuo.user_id = ''; "
        "SET continuo.sees_all = 'false'; SET continuo.division_ids = ''; "
        "SET enable_seqscan = off; PREPARE s AS SELECT * FROM (" +
        std::string(sql::select_sale_link.text) + ") AS r WHERE " + condition +
        "; EXPLAIN (FORMAT JSON) EXECUTE s (" + arguments + ")");
  };
  const std::string any = "'" + ids::Uuid().ToString() + "'";
  CHECK(plan("NULL, true, " + any + ", NULL", "true").find("sale_link_account") !=
        std::string::npos);
  CHECK(plan("NULL, true, NULL, " + any, "true").find("sale_link_contract_id_key") !=
        std::string::npos);
  CHECK(plan("NULL, true, NULL, NULL", "status = 'open' ORDER BY id LIMIT 26")
            .find("sale_link_undecided") != std::string::npos);
}

TEST_CASE("a claim contested from the masked list and resolved as it was claimed") {
  World world;
  const std::string rep = world.NewUser(), rival = world.NewUser();
  const std::string own = world.AddSimpleParticipant(rep);
  const std::string id = world.Sell(world.NewOrder());
  REQUIRE(world.Claim(world.Linked(rep), id));
  const auto contested = world.Contest(world.Linked(rival), id);
  REQUIRE(contested);
  CHECK(contested->masked());
  CHECK(contested->participant_id().empty());
  CHECK(ReasonOf(world.Verify(world.By(world.manager), id)) == "SALE_LINK_NOT_CLAIMED");
  const auto resolved = world.Resolve(world.By(world.manager), id);
  REQUIRE(resolved);
  CHECK(resolved->splits(0).participant_id() == own);
}

}  // namespace
}  // namespace continuo::commissions::app
