// The use cases on a real Postgres: each statement is prepared and run.
#include <set>

#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/contact.pb.h"
#include "continuo/crm/v1/lead.pb.h"
#include "continuo/crm/v1/onboarding.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "continuo/quoting/v1/events.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/ids/kinds.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/crm/app/accounts.h"
#include "services/crm/app/contacts.h"
#include "services/crm/app/follow_sale.h"
#include "services/crm/app/leads.h"
#include "services/crm/app/onboardings.h"
#include "services/crm/app/opportunities.h"
#include "services/crm/app/pipelines.h"
#include "services/crm/store/sql.h"

namespace continuo::crm::app {
namespace {

std::set<std::string>& StatementsRun() {
  static std::set<std::string> names;
  return names;
}

template <class T>
std::string Reason(const Result<T>& result) {
  return result ? "" : result.error().reason;
}
template <class T>
std::string Pointer(const Result<T>& result) {
  return result || result.error().violations.empty() ? "" : result.error().violations[0].pointer;
}

struct Crm {
  Crm()
      : database([&] {
          test.Migrate("crm", {events::Migrations(), access::Migrations(), sql::migrations()});
          test.SetClock("crm", "2026-03-10T09:00:00Z");
          postgres::DatabaseConfig config = test.Config("crm");
          config.on_statement = [](const postgres::Statement& statement, auto) {
            if (statement.service == "crm") StatementsRun().emplace(statement.name);
          };
          return config;
        }()) {}

  rpc::Call Of(const std::string& who, bool sees_all) const {
    rpc::Call call;
    call.principal.user_id = who;
    call.principal.sees_all = sees_all;
    return call;
  }
  // Sees all; a seller who sees what she is linked to; another.
  rpc::Call All() const { return Of(boss, true); }
  rpc::Call Seller() const { return Of(seller, false); }
  rpc::Call Other() const { return Of(other, false); }

  Result<v1::Account> Open(const rpc::Call& call, const std::string& name,
                           const std::string& parent = "") {
    v1::CreateAccountRequest request;
    request.mutable_account()->set_name(name);
    request.mutable_account()->set_country("DE");
    request.mutable_account()->set_currency("EUR");
    request.mutable_account()->set_parent_id(parent);
    return CreateAccount(database, call, request);
  }
  Result<v1::Account> Move(const v1::Account& account, const std::string& parent) {
    v1::UpdateAccountRequest request;
    request.set_id(account.id());
    request.mutable_account()->set_parent_id(parent);
    request.add_update_mask("parent_id");
    return UpdateAccount(database, All(), request);
  }
  Result<v1::Opportunity> OpenDeal(const v1::Account& account, const std::string& value = "") {
    v1::CreateOpportunityRequest request;
    request.mutable_opportunity()->set_account_id(account.id());
    request.mutable_opportunity()->set_name("100 seats");
    if (!value.empty()) {
      request.mutable_opportunity()->mutable_value()->set_amount(value);
      request.mutable_opportunity()->mutable_value()->set_currency("EUR");
    }
    return CreateOpportunity(database, All(), request);
  }
  v1::Opportunity Deal(const std::string& id) {
    v1::GetOpportunityRequest request;
    request.set_id(id);
    return GetOpportunity(database, All(), request).value();
  }
  template <class Fact>
  Followed Hear(Result<Followed> (*follow)(postgres::Transaction&, const Fact&),
                const Fact& fact) {
    const Result<Followed> followed =
        database.Work(rpc::Call::AsService("crm", "req_1"),
                      [&](postgres::Transaction& tx) { return follow(tx, fact); });
    INFO((followed ? "" : followed.error().message));
    REQUIRE(followed);
    return *followed;
  }
  std::string Events(const std::string& more = "true") const {
    return test.Execute("SELECT string_agg(type, ' ' ORDER BY id) FROM crm.event_log WHERE " +
                        more);
  }
  std::string Values() const {
    return test.Execute(
        "SELECT string_agg(value_minor || ' ' || currency, ', ' ORDER BY id) FROM "
        "crm.opportunity_value");
  }

  testing::TestDatabase test;
  std::string boss = ids::UserId::New().ToString();
  std::string seller = ids::UserId::New().ToString();
  std::string other = ids::UserId::New().ToString();
  postgres::Database database;
};

TEST_CASE("Whoever opens an account sees it at once, and nobody else who is not linked") {
  Crm crm;
  v1::CreateAccountRequest request;
  v1::Account& sent = *request.mutable_account();
  sent.set_name("Initech GmbH");
  sent.add_division_ids(ids::DivisionId::New().ToString());
  sent.mutable_billing_address()->add_lines("Hauptstr. 1");
  sent.mutable_billing_address()->set_city("Bonn");
  sent.set_currency("EUR");
  sent.set_country("DE");
  sent.add_tax_ids()->set_country("DE");
  sent.mutable_tax_ids(0)->set_number("DE123456789");
  sent.set_time_zone("Europe/Berlin");
  (*sent.mutable_metadata())["segment"] = "mid";
  const v1::Account made = CreateAccount(crm.database, crm.Seller(), request).value();
  CHECK(made.revision() == 1);
  CHECK(made.payment_days() == 30);
  CHECK(made.billing_address().lines(0) == "Hauptstr. 1");
  CHECK(made.division_ids(0) == sent.division_ids(0));
  CHECK(made.tax_ids(0).number() == "DE123456789");
  CHECK_FALSE(made.has_delivery_address());
  CHECK(made.metadata().at("segment") == "mid");
  CHECK(crm.test.Execute("SELECT data::json ->> 'created_by' FROM crm.event_log") == crm.seller);

  v1::GetAccountRequest get;
  get.set_id(made.id());
  CHECK(GetAccount(crm.database, crm.Seller(), get));
  CHECK(GetAccount(crm.database, crm.All(), get));
  CHECK(Reason(GetAccount(crm.database, crm.Other(), get)) == "NOT_FOUND");
  v1::ListAccountsRequest list;
  CHECK(ListAccounts(crm.database, crm.Seller(), list)->data_size() == 1);
  CHECK(ListAccounts(crm.database, crm.Other(), list)->data_size() == 0);
  list.set_country("FR");
  CHECK(ListAccounts(crm.database, crm.Seller(), list)->data_size() == 0);
}

TEST_CASE("A change tells what it changed; one that changes nothing tells nothing") {
  Crm crm;
  const v1::Account made = crm.Open(crm.All(), "Initech").value();
  v1::UpdateAccountRequest request;
  request.set_id(made.id());
  request.mutable_account()->set_name("Initech GmbH");
  request.mutable_account()->set_payment_days(0);
  request.add_update_mask("name");
  request.add_update_mask("payment_days");
  const v1::Account changed = UpdateAccount(crm.database, crm.All(), request).value();
  CHECK(changed.revision() == 2);
  CHECK(changed.payment_days() == 0);
  CHECK(changed.country() == "DE");
  CHECK(crm.test.Execute("SELECT data::json -> 'changes' -> 'name' ->> 'to' FROM crm.event_log "
                         "WHERE type = 'account.updated'") == "\"Initech GmbH\"");
  CHECK(UpdateAccount(crm.database, crm.All(), request)->revision() == 2);
  CHECK(crm.Events() == "account.created account.updated");
  rpc::Call stale = crm.All();
  stale.if_match = "1";
  CHECK(Reason(UpdateAccount(crm.database, stale, request)) == "ETAG_MISMATCH");
}

TEST_CASE("The tree of accounts stays a tree") {
  Crm crm;
  const v1::Account top = crm.Open(crm.All(), "Top").value();
  const v1::Account middle = crm.Open(crm.All(), "Middle", top.id()).value();
  const v1::Account leaf = crm.Open(crm.All(), "Leaf", middle.id()).value();
  CHECK(leaf.parent_id() == middle.id());
  CHECK(Reason(crm.Move(top, leaf.id())) == "ACCOUNT_TREE_CYCLE");
  CHECK(Reason(crm.Move(top, top.id())) == "ACCOUNT_TREE_CYCLE");
  CHECK(crm.Move(leaf, top.id())->parent_id() == top.id());
  CHECK(crm.Move(leaf, "")->parent_id() == "");
  CHECK(crm.Move(top, leaf.id())->parent_id() == leaf.id());
  CHECK(Pointer(crm.Move(leaf, ids::AccountId::New().ToString())) == "/parent_id");
  CHECK(Pointer(crm.Open(crm.Seller(), "Hidden parent", top.id())) == "/parent_id");
  v1::ListAccountsRequest list;
  list.set_parent_id(top.id());
  CHECK(ListAccounts(crm.database, crm.All(), list)->data_size() == 1);
}

TEST_CASE("Another system's id finds its account, opens it once, and is nobody else's") {
  Crm crm;
  v1::UpsertAccountRequest request;
  request.set_system("hubspot");
  request.set_external_id("4711");
  request.mutable_account()->set_name("Initech");
  request.add_update_mask("name");
  const v1::Account made = UpsertAccount(crm.database, crm.Seller(), request).value();
  CHECK(made.external_ids(0).id() == "4711");
  CHECK(UpsertAccount(crm.database, crm.Seller(), request)->revision() == 1);
  request.mutable_account()->set_name("Initech GmbH");
  const v1::Account changed = UpsertAccount(crm.database, crm.Seller(), request).value();
  CHECK(changed.id() == made.id());
  CHECK(changed.revision() == 2);
  CHECK(Reason(UpsertAccount(crm.database, crm.Other(), request)) == "EXTERNAL_ID_TAKEN");

  v1::CreateAccountRequest twice;
  twice.mutable_account()->set_name("Twice");
  for (int i = 0; i < 2; ++i) {
    v1::ExternalId& id = *twice.mutable_account()->add_external_ids();
    id.set_system("erp");
    id.set_id("1");
  }
  CHECK(Pointer(CreateAccount(crm.database, crm.All(), twice)) == "/external_ids/1");
}

TEST_CASE("Contacts belong to an account that the caller sees") {
  Crm crm;
  const v1::Account account = crm.Open(crm.Seller(), "Initech").value();
  v1::CreateContactRequest request;
  request.mutable_contact()->set_account_id(account.id());
  request.mutable_contact()->set_last_name("Lumbergh");
  request.mutable_contact()->set_email("bill@example.com");
  const v1::Contact made = CreateContact(crm.database, crm.Seller(), request).value();
  CHECK(Pointer(CreateContact(crm.database, crm.Other(), request)) == "/account_id");
  v1::GetContactRequest get;
  get.set_id(made.id());
  CHECK(GetContact(crm.database, crm.Seller(), get)->email() == "bill@example.com");
  CHECK(Reason(GetContact(crm.database, crm.Other(), get)) == "NOT_FOUND");
  v1::ListContactsRequest list;
  list.set_account_id(account.id());
  CHECK(ListContacts(crm.database, crm.Seller(), list)->data_size() == 1);
  v1::UpdateContactRequest update;
  update.set_id(made.id());
  update.mutable_contact()->set_phone("+49 228 1");
  update.add_update_mask("phone");
  update.add_update_mask("email");
  const v1::Contact changed = UpdateContact(crm.database, crm.Seller(), update).value();
  CHECK(changed.phone() == "+49 228 1");
  CHECK(changed.email() == "");
  CHECK(changed.revision() == 2);
  CHECK(Reason(UpdateContact(crm.database, crm.Other(), update)) == "NOT_FOUND");
}

v1::CreateLeadRequest LeadRequest() {
  v1::CreateLeadRequest request;
  request.mutable_lead()->set_source("web");
  request.mutable_lead()->set_company("Initech GmbH");
  request.mutable_lead()->set_country("DE");
  request.mutable_lead()->set_currency("EUR");
  request.mutable_lead()->mutable_contact()->set_last_name("Lumbergh");
  request.mutable_lead()->mutable_contact()->set_email("bill@example.com");
  return request;
}

TEST_CASE("A lead becomes account, contact and opportunity, all at once and only once") {
  Crm crm;
  const v1::Lead lead = CreateLead(crm.database, crm.Seller(), LeadRequest()).value();
  CHECK(lead.status() == v1::LEAD_STATUS_OPEN);
  CHECK(lead.owner_id() == crm.seller);
  CHECK(lead.contact().email() == "bill@example.com");
  v1::ConvertLeadRequest request;
  request.set_id(lead.id());
  request.set_pipeline_id(ids::PipelineId::New().ToString());
  CHECK(Pointer(ConvertLead(crm.database, crm.Seller(), request)) == "/pipeline_id");
  CHECK(crm.test.Execute("SELECT count(*) FROM crm.account") == "0");

  request.clear_pipeline_id();
  request.set_close_on("2026-04-30");
  const v1::Lead converted = ConvertLead(crm.database, crm.Seller(), request).value();
  CHECK(converted.status() == v1::LEAD_STATUS_CONVERTED);
  v1::GetAccountRequest get;
  get.set_id(converted.account_id());
  const v1::Account account = GetAccount(crm.database, crm.Seller(), get).value();
  CHECK(account.name() == "Initech GmbH");
  CHECK(account.country() == "DE");
  v1::GetContactRequest get_contact;
  get_contact.set_id(converted.contact_id());
  CHECK(GetContact(crm.database, crm.Seller(), get_contact)->last_name() == "Lumbergh");
  const v1::Opportunity deal = crm.Deal(converted.opportunity_id());
  CHECK(deal.name() == "Initech GmbH");
  CHECK(deal.stage() == "qualification");
  CHECK(deal.contact_id() == converted.contact_id());
  CHECK(deal.owner_id() == crm.seller);
  CHECK(deal.close_on() == "2026-04-30");
  CHECK(crm.Events() == "lead.created account.created opportunity.created lead.converted");
  CHECK(Reason(ConvertLead(crm.database, crm.Seller(), request)) == "LEAD_NOT_OPEN");

  const v1::Lead second = CreateLead(crm.database, crm.Seller(), LeadRequest()).value();
  request.set_id(second.id());
  request.set_account_id(account.id());
  CHECK(Pointer(ConvertLead(crm.database, crm.Other(), request)) == "/account_id");
  CHECK(ConvertLead(crm.database, crm.Seller(), request)->account_id() == account.id());
  CHECK(crm.test.Execute("SELECT count(*) FROM crm.account") == "1");
}

TEST_CASE("A lead is changed while open, and given up with a reason") {
  Crm crm;
  const v1::Lead lead = CreateLead(crm.database, crm.All(), LeadRequest()).value();
  v1::UpdateLeadRequest update;
  update.set_id(lead.id());
  update.mutable_lead()->set_source("fair");
  update.add_update_mask("source");
  CHECK(UpdateLead(crm.database, crm.All(), update)->source() == "fair");
  v1::DisqualifyLeadRequest disqualify;
  disqualify.set_id(lead.id());
  disqualify.set_reason("no budget");
  const v1::Lead given_up = DisqualifyLead(crm.database, crm.All(), disqualify).value();
  CHECK(given_up.status() == v1::LEAD_STATUS_DISQUALIFIED);
  CHECK(given_up.disqualified_reason() == "no budget");
  CHECK(Reason(UpdateLead(crm.database, crm.All(), update)) == "LEAD_NOT_OPEN");
  CHECK(Reason(DisqualifyLead(crm.database, crm.All(), disqualify)) == "LEAD_NOT_OPEN");
  v1::GetLeadRequest get;
  get.set_id(lead.id());
  CHECK(GetLead(crm.database, crm.All(), get)->revision() == 3);
  v1::ListLeadsRequest list;
  list.set_status(v1::LEAD_STATUS_DISQUALIFIED);
  CHECK(ListLeads(crm.database, crm.All(), list)->data_size() == 1);
}

TEST_CASE("Pipelines: one default, stages told apart, none left out that is in use") {
  Crm crm;
  v1::CreatePipelineRequest request;
  request.mutable_pipeline()->set_name("Renewals");
  request.mutable_pipeline()->set_is_default(true);
  request.mutable_pipeline()->add_stages()->set_code("open");
  request.mutable_pipeline()->mutable_stages(0)->set_probability("50");
  const v1::Pipeline made = CreatePipeline(crm.database, crm.All(), request).value();
  v1::ListPipelinesRequest list;
  const v1::ListPipelinesResponse all = ListPipelines(crm.database, crm.All(), list).value();
  REQUIRE(all.data_size() == 2);
  CHECK_FALSE(all.data(0).is_default());
  CHECK(all.data(1).is_default());
  request.mutable_pipeline()->add_stages()->set_code("open");
  CHECK(Pointer(CreatePipeline(crm.database, crm.All(), request)) == "/stages/1/code");

  const v1::Account account = crm.Open(crm.All(), "Initech").value();
  CHECK(crm.OpenDeal(account)->pipeline_id() == made.id());
  v1::UpdatePipelineRequest update;
  update.set_id(made.id());
  update.mutable_pipeline()->add_stages()->set_code("other");
  update.add_update_mask("stages");
  CHECK(Reason(UpdatePipeline(crm.database, crm.All(), update)) == "PIPELINE_STAGE_IN_USE");
  update.mutable_pipeline()->add_stages()->set_code("open");
  CHECK(UpdatePipeline(crm.database, crm.All(), update)->stages_size() == 2);
  update.clear_update_mask();
  update.add_update_mask("is_default");
  CHECK(Pointer(UpdatePipeline(crm.database, crm.All(), update)) == "/is_default");
  v1::GetPipelineRequest get;
  get.set_id(made.id());
  CHECK(GetPipeline(crm.database, crm.All(), get)->name() == "Renewals");
}

TEST_CASE("A deal moves through its stages, is lost, reopened and won") {
  Crm crm;
  const v1::Account account = crm.Open(crm.All(), "Initech").value();
  v1::Opportunity deal = crm.OpenDeal(account, "1000.00").value();
  CHECK(deal.kind() == v1::OPPORTUNITY_KIND_NEW);
  CHECK(deal.value().amount() == "1000.00");
  CHECK(Pointer(crm.OpenDeal(account, "1000.005")) == "/value/amount");
  CHECK(Pointer(crm.OpenDeal(account, "-1")) == "/value/amount");

  v1::UpdateOpportunityRequest update;
  update.set_id(deal.id());
  update.mutable_opportunity()->set_stage("nowhere");
  update.add_update_mask("stage");
  CHECK(Pointer(UpdateOpportunity(crm.database, crm.All(), update)) == "/stage");
  update.mutable_opportunity()->set_stage("proposal");
  update.mutable_opportunity()->mutable_value()->set_amount("1200.00");
  update.mutable_opportunity()->mutable_value()->set_currency("EUR");
  update.add_update_mask("value");
  deal = UpdateOpportunity(crm.database, crm.All(), update).value();
  CHECK(deal.stage() == "proposal");
  CHECK(deal.revision() == 2);
  CHECK(crm.Values() == "100000 EUR, 120000 EUR");
  update.clear_update_mask();
  update.add_update_mask("contact_id");
  update.mutable_opportunity()->set_contact_id(ids::ContactId::New().ToString());
  CHECK(Pointer(UpdateOpportunity(crm.database, crm.All(), update)) == "/contact_id");

  v1::LoseOpportunityRequest lose;
  lose.set_id(deal.id());
  lose.set_reason("price");
  deal = LoseOpportunity(crm.database, crm.All(), lose).value();
  CHECK(deal.status() == v1::OPPORTUNITY_STATUS_LOST);
  CHECK(deal.lost_reason() == "price");
  CHECK(deal.has_closed_at());
  CHECK(Reason(LoseOpportunity(crm.database, crm.All(), lose)) == "OPPORTUNITY_NOT_OPEN");
  CHECK(Reason(UpdateOpportunity(crm.database, crm.All(), update)) == "OPPORTUNITY_NOT_OPEN");
  v1::ReopenOpportunityRequest reopen;
  reopen.set_id(deal.id());
  deal = ReopenOpportunity(crm.database, crm.All(), reopen).value();
  CHECK(deal.status() == v1::OPPORTUNITY_STATUS_OPEN);
  CHECK(deal.lost_reason() == "");
  CHECK_FALSE(deal.has_closed_at());
  CHECK(Reason(ReopenOpportunity(crm.database, crm.All(), reopen)) == "OPPORTUNITY_NOT_LOST");
  v1::WinOpportunityRequest win;
  win.set_id(deal.id());
  CHECK(WinOpportunity(crm.database, crm.All(), win)->status() == v1::OPPORTUNITY_STATUS_WON);
  CHECK(Reason(WinOpportunity(crm.database, crm.All(), win)) == "OPPORTUNITY_NOT_OPEN");
  CHECK(crm.Events("type LIKE 'opportunity.%'") ==
        "opportunity.created opportunity.stage_changed opportunity.value_changed opportunity.lost "
        "opportunity.reopened opportunity.won");

  v1::ListOpportunitiesRequest list;
  list.set_status(v1::OPPORTUNITY_STATUS_WON);
  CHECK(ListOpportunities(crm.database, crm.All(), list)->data_size() == 1);
  CHECK(ListOpportunities(crm.database, crm.Other(), list)->data_size() == 0);
  v1::ListOpportunityValuesRequest values;
  values.set_opportunity_id(deal.id());
  CHECK(ListOpportunityValues(crm.database, crm.All(), values)->data_size() == 2);
  StatementsRun().emplace("select_opportunity_value");  // a list runs it within its own text
}

// A sale as quoting tells it, for the account.
struct Sale {
  explicit Sale(const v1::Account& account) : account_id(account.id()) {}

  quoting::v1::QuoteCreated Created(const std::string& quote, bool minted, bool selected) const {
    quoting::v1::QuoteCreated fact;
    fact.set_id(quote);
    fact.set_revision(1);
    fact.set_account_id(account_id);
    fact.set_opportunity_id(opportunity_id);
    fact.set_opportunity_minted(minted);
    fact.set_selected(selected);
    fact.set_kind("new");
    return fact;
  }
  quoting::v1::QuotePriced Priced(const std::string& quote, int64_t revision, bool selected,
                                  const std::string& amount) const {
    quoting::v1::QuotePriced fact;
    fact.set_id(quote);
    fact.set_revision(revision);
    fact.set_account_id(account_id);
    fact.set_opportunity_id(opportunity_id);
    fact.set_selected(selected);
    fact.mutable_term_total()->set_amount(amount);
    fact.mutable_term_total()->set_currency("EUR");
    return fact;
  }
  quoting::v1::QuoteSelected Selected(const std::string& quote, int64_t revision,
                                      const std::string& amount) const {
    quoting::v1::QuoteSelected fact;
    fact.set_id(quote);
    fact.set_revision(revision);
    fact.set_account_id(account_id);
    fact.set_opportunity_id(opportunity_id);
    fact.mutable_term_total()->set_amount(amount);
    fact.mutable_term_total()->set_currency("EUR");
    return fact;
  }
  quoting::v1::OrderAccepted Accepted(const std::string& amount) const {
    quoting::v1::OrderAccepted fact;
    fact.set_id(order_id);
    fact.set_account_id(account_id);
    fact.set_opportunity_id(opportunity_id);
    fact.mutable_term_total()->set_amount(amount);
    fact.mutable_term_total()->set_currency("EUR");
    return fact;
  }

  std::string account_id;
  std::string opportunity_id = ids::OpportunityId::New().ToString();
  std::string a = ids::QuoteId::New().ToString();
  std::string b = ids::QuoteId::New().ToString();
  std::string order_id = ids::OrderId::New().ToString();
};

TEST_CASE("A deal that a quote opened follows the selected quote until an order wins it") {
  Crm crm;
  const Sale sale(crm.Open(crm.Seller(), "Initech").value());
  const auto play = [&] {
    CHECK(crm.Hear(OpenForQuote, sale.Created(sale.a, true, true)) == Followed::kYes);
    CHECK(crm.Hear(FollowPrice, sale.Priced(sale.a, 1, true, "100.00")) == Followed::kYes);
    CHECK(crm.Hear(FollowPrice, sale.Priced(sale.a, 2, true, "90.00")) == Followed::kYes);
    CHECK(crm.Hear(OpenForQuote, sale.Created(sale.b, false, false)) == Followed::kYes);
    CHECK(crm.Hear(FollowPrice, sale.Priced(sale.b, 2, false, "50.00")) == Followed::kYes);
    CHECK(crm.Hear(FollowSelection, sale.Selected(sale.b, 3, "50.00")) == Followed::kYes);
    CHECK(crm.Hear(FollowPrice, sale.Priced(sale.a, 3, false, "80.00")) == Followed::kYes);
  };
  play();
  const v1::Opportunity open = crm.Deal(sale.opportunity_id);
  CHECK(open.quote_id() == sale.b);
  CHECK(open.value().amount() == "50.00");
  // A replay from the beginning changes nothing: not while the deal is open ...
  play();
  CHECK(crm.Deal(sale.opportunity_id).SerializeAsString() == open.SerializeAsString());
  CHECK(crm.Hear(WinByOrder, sale.Accepted("55.00")) == Followed::kYes);
  const v1::Opportunity won = crm.Deal(sale.opportunity_id);
  CHECK(won.name() == "Initech");
  CHECK(won.status() == v1::OPPORTUNITY_STATUS_WON);
  CHECK(won.quote_id() == sale.b);
  CHECK(won.order_id() == sale.order_id);
  CHECK(won.value().amount() == "55.00");
  CHECK(crm.Values() == "10000 EUR, 9000 EUR, 5000 EUR, 5500 EUR");
  const std::string events =
      "opportunity.created opportunity.value_changed opportunity.value_changed "
      "opportunity.value_changed opportunity.value_changed opportunity.won";
  CHECK(crm.Events("type LIKE 'opportunity.%'") == events);

  // ... and not when it is won.
  play();
  CHECK(crm.Hear(WinByOrder, sale.Accepted("55.00")) == Followed::kYes);
  CHECK(crm.Deal(sale.opportunity_id).SerializeAsString() == won.SerializeAsString());
  CHECK(crm.Events("type LIKE 'opportunity.%'") == events);
}

TEST_CASE("What was not bought becomes an upsell of whoever pursues it") {
  Crm crm;
  const Sale sale(crm.Open(crm.Seller(), "Initech").value());
  quoting::v1::ResidualDemandPursued fact;
  fact.set_account_id(sale.account_id);
  fact.set_opportunity_id(sale.opportunity_id);
  fact.set_product_code("SEAT");
  fact.set_quantity("50");
  fact.set_pursued_by(ids::UserId::New().ToString());
  CHECK(crm.Hear(OpenForDemand, fact) == Followed::kYes);
  CHECK(crm.Hear(OpenForDemand, fact) == Followed::kYes);
  const v1::Opportunity deal = crm.Deal(sale.opportunity_id);
  CHECK(deal.name() == "50 SEAT");
  CHECK(deal.kind() == v1::OPPORTUNITY_KIND_UPSELL);
  CHECK(deal.owner_id() == fact.pursued_by());
  CHECK(crm.Events("type LIKE 'opportunity.%'") == "opportunity.created");
}

TEST_CASE("The seller of the account sees the deal; its value is the quote's") {
  Crm crm;
  const v1::Account account = crm.Open(crm.Seller(), "Initech").value();
  Sale sale(account);
  sale.opportunity_id = crm.OpenDeal(account, "1.00").value().id();
  CHECK(crm.Hear(OpenForQuote, sale.Created(sale.a, false, true)) == Followed::kYes);
  CHECK(crm.Deal(sale.opportunity_id).quote_id() == sale.a);
  CHECK(crm.Deal(sale.opportunity_id).value().amount() == "1.00");
  v1::UpdateOpportunityRequest update;
  update.set_id(sale.opportunity_id);
  update.mutable_opportunity()->mutable_value()->set_amount("2.00");
  update.mutable_opportunity()->mutable_value()->set_currency("EUR");
  update.add_update_mask("value");
  CHECK(Reason(UpdateOpportunity(crm.database, crm.Seller(), update)) ==
        "OPPORTUNITY_VALUE_FOLLOWS_QUOTE");
}

TEST_CASE("A fact about a deal that is not known yet waits; one about none is done") {
  Crm crm;
  Sale sale(crm.Open(crm.All(), "Initech").value());
  CHECK(crm.Hear(OpenForQuote, sale.Created(sale.a, false, true)) ==
        Followed::kOpportunityUnknown);
  CHECK(crm.Hear(FollowPrice, sale.Priced(sale.a, 2, true, "1.00")) ==
        Followed::kOpportunityUnknown);
  CHECK(crm.Hear(WinByOrder, sale.Accepted("1.00")) == Followed::kOpportunityUnknown);
  sale.opportunity_id = "";
  CHECK(crm.Hear(WinByOrder, sale.Accepted("1.00")) == Followed::kYes);
  CHECK(crm.Hear(FollowPrice, sale.Priced(sale.a, 2, true, "1.00")) == Followed::kYes);
  CHECK(crm.test.Execute("SELECT count(*) FROM crm.followed_quote") == "0");
}

struct Onboard {
  explicit Onboard(Crm& crm) : crm(crm), account(crm.Open(crm.Seller(), "Initech").value()) {}

  Result<v1::Onboarding> Start(const std::vector<std::string>& steps) {
    v1::CreateOnboardingRequest request;
    v1::Onboarding& sent = *request.mutable_onboarding();
    sent.set_account_id(account.id());
    sent.set_product_id(product);
    sent.set_name("First steps");
    sent.set_blocks_sale(true);
    for (const std::string& step : steps) AddStep(step, &sent);
    return CreateOnboarding(crm.database, crm.Seller(), request);
  }
  Result<v1::Onboarding> SetSteps(const std::vector<std::string>& steps) {
    v1::UpdateOnboardingRequest request;
    request.set_id(id);
    for (const std::string& step : steps) AddStep(step, request.mutable_onboarding());
    request.add_update_mask("steps");
    return UpdateOnboarding(crm.database, crm.Seller(), request);
  }
  Result<v1::Onboarding> Complete(const std::vector<std::string>& steps,
                                  const std::string& on = "") {
    v1::CompleteOnboardingRequest request;
    request.set_id(id);
    for (const std::string& step : steps) request.add_steps(step);
    request.set_completed_on(on);
    return CompleteOnboarding(crm.database, crm.Seller(), request);
  }
  int Count(const rpc::Call& call, v1::OnboardingStatus status) {
    v1::ListOnboardingsRequest request;
    request.set_account_id(account.id());
    request.set_status(status);
    return ListOnboardings(crm.database, call, request)->data_size();
  }
  static void AddStep(const std::string& code, v1::Onboarding* onboarding) {
    v1::OnboardingStep& step = *onboarding->add_steps();
    step.set_code(code);
    step.set_name("Step " + code);
  }

  Crm& crm;
  v1::Account account;
  std::string product = ids::ProductId::New().ToString();
  std::string id;
};

TEST_CASE("An onboarding is completed with its last step, and then stays as it is") {
  Crm crm;
  Onboard onboard(crm);
  CHECK(Pointer(onboard.Start({})) == "/steps");
  CHECK(Pointer(onboard.Start({"credit", "credit"})) == "/steps/1/code");
  const v1::Onboarding made = onboard.Start({"contract", "credit"}).value();
  onboard.id = made.id();
  CHECK(made.status() == v1::ONBOARDING_STATUS_OPEN);
  CHECK(made.product_id() == onboard.product);
  CHECK(made.blocks_sale());
  CHECK(onboard.Count(crm.Seller(), v1::ONBOARDING_STATUS_OPEN) == 1);
  CHECK(onboard.Count(crm.Other(), v1::ONBOARDING_STATUS_OPEN) == 0);

  CHECK(Pointer(onboard.Complete({"training"})) == "/steps/0");
  CHECK(Pointer(onboard.Complete({"credit"}, "2026-03-11")) == "/completed_on");
  const v1::Onboarding half = onboard.Complete({"credit"}, "2026-03-02").value();
  CHECK(half.revision() == 2);
  CHECK(half.steps(1).completed_on() == "2026-03-02");
  CHECK(half.steps(1).completed_by() == crm.seller);
  CHECK(half.completed_on().empty());
  CHECK(onboard.Complete({"credit"})->revision() == 2);

  CHECK(Reason(onboard.SetSteps({"contract"})) == "ONBOARDING_STEP_COMPLETED");
  const v1::Onboarding more = onboard.SetSteps({"credit", "contract", "training"}).value();
  CHECK(more.steps(0).completed_on() == "2026-03-02");

  const v1::Onboarding done = onboard.Complete({}).value();
  CHECK(done.status() == v1::ONBOARDING_STATUS_COMPLETED);
  CHECK(done.completed_on() == "2026-03-10");
  CHECK(onboard.Count(crm.All(), v1::ONBOARDING_STATUS_OPEN) == 0);
  CHECK(onboard.Count(crm.All(), v1::ONBOARDING_STATUS_COMPLETED) == 1);
  CHECK(Reason(onboard.Complete({})) == "ONBOARDING_COMPLETED");
  CHECK(Reason(onboard.SetSteps({"credit", "contract"})) == "ONBOARDING_COMPLETED");
  CHECK(crm.Events("subject = '" + made.id() + "'") ==
        "onboarding.created onboarding.updated onboarding.updated onboarding.completed");
  CHECK(crm.test.Execute("SELECT data::json ->> 'open_steps' FROM crm.event_log WHERE type = "
                         "'onboarding.updated' ORDER BY id LIMIT 1") == R"(["contract"])");
}

TEST_CASE("An onboarding is seen by those who see its account") {
  Crm crm;
  Onboard onboard(crm);
  v1::GetOnboardingRequest get;
  get.set_id(onboard.Start({"contract"})->id());
  CHECK(GetOnboarding(crm.database, crm.Seller(), get)->name() == "First steps");
  CHECK(Reason(GetOnboarding(crm.database, crm.Other(), get)) == "NOT_FOUND");
  v1::CreateOnboardingRequest request;
  request.mutable_onboarding()->set_account_id(onboard.account.id());
  Onboard::AddStep("contract", request.mutable_onboarding());
  CHECK(Pointer(CreateOnboarding(crm.database, crm.Other(), request)) == "/account_id");
}

TEST_CASE("Every statement was run by the tests above") {
  for (const postgres::Statement* statement : sql::statements()) {
    INFO(statement->name);
    CHECK(StatementsRun().contains(std::string(statement->name)));
  }
}

}  // namespace
}  // namespace continuo::crm::app
