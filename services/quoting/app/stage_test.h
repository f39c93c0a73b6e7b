// The stage for quoting's tests: its schema on a real Postgres, a catalogue of three products and a
// bundle, and the other services played by FakePeers.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "continuo/catalogue/v1/catalogue_service.pb.h"
#include "continuo/catalogue/v1/price_book.pb.h"
#include "continuo/crm/v1/account.pb.h"
#include "continuo/crm/v1/onboarding.pb.h"
#include "continuo/crm/v1/opportunity.pb.h"
#include "continuo/directory/v1/division.pb.h"
#include "continuo/directory/v1/exchange_rate.pb.h"
#include "continuo/quoting/v1/order.pb.h"
#include "continuo/quoting/v1/quote.pb.h"
#include "continuo/quoting/v1/residual_demand.pb.h"
#include "libs/access/access.h"
#include "libs/events/migrations.h"
#include "libs/ids/kinds.h"
#include "libs/json/read.h"
#include "libs/rpc/peers.h"
#include "libs/testing/catch/catch.h"
#include "libs/testing/database.h"
#include "services/quoting/app/accept_quote.h"
#include "services/quoting/app/act_on_quote.h"
#include "services/quoting/app/create_quote.h"
#include "services/quoting/app/edit_lines.h"
#include "services/quoting/app/expire_quotes.h"
#include "services/quoting/app/orders.h"
#include "services/quoting/app/read_quotes.h"
#include "services/quoting/app/residual_demands.h"
#include "services/quoting/app/update_quote.h"
#include "services/quoting/store/sql.h"

namespace continuo::quoting::app {

inline std::set<std::string>& StatementsRun() {
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

// Answers from what a test has put in: by method and the id that was asked for.
struct FakePeers : rpc::Peers {
  Result<void> AskMessageAt(const std::string&, const rpc::Call&, const std::string& method,
                            const google::protobuf::Message& request,
                            google::protobuf::Message& answer) override {
    const auto* descriptor = request.GetDescriptor();
    if (method.ends_with("/GetExchangeRateOn")) return AnswerRate(request, answer);
    if (method.ends_with("/ListOnboardings")) {
      answer.CopyFrom(onboardings);
      return {};
    }
    if (method.ends_with("/ListContracts")) {
      answer.CopyFrom(*answers.at("contracts"));
      return {};
    }
    const auto* field = descriptor->FindFieldByName("product_id");
    if (!field) field = descriptor->FindFieldByName("id");
    if (!field) field = descriptor->FindFieldByName("contract_id");
    if (!field) return NotFound(method, "nothing");
    const std::string id = request.GetReflection()->GetString(request, field);
    if (const auto* segment = descriptor->FindFieldByName("segment")) {
      const auto* existing = descriptor->FindFieldByName("existing_customer");
      offers_asked.push_back(request.GetReflection()->GetString(request, segment) +
                             (request.GetReflection()->GetBool(request, existing) ? " owns it" : ""));
    }
    const auto found = answers.find(id);
    if (found == answers.end()) return NotFound(method, id);
    if (method.ends_with("/GetOffer")) return AnswerOffer(request, *found->second, answer);
    answer.CopyFrom(*found->second);
    return {};
  }
  std::vector<std::string> services() const override { return {}; }
  template <class Message>
  void Know(const std::string& id, const Message& message) {
    answers[id] = std::make_shared<Message>(message);
  }
  void KnowRate(const std::string& base, const std::string& quote, const std::string& rate) {
    rates[base + quote] = rate;
  }
  Result<void> AnswerOffer(const google::protobuf::Message& request,
                           const google::protobuf::Message& sold,
                           google::protobuf::Message& answer) {
    catalogue::v1::GetOfferRequest asked;
    asked.CopyFrom(request);
    catalogue::v1::CatalogueOffer offer;
    offer.mutable_version()->CopyFrom(sold);
    offer.set_stamp(std::to_string(offer.version().version()));
    const auto& known = asked.known_stamps();
    if (std::find(known.begin(), known.end(), offer.stamp()) == known.end()) {
      ++told;
    } else {
      offer.clear_version();
    }
    answer.CopyFrom(offer);
    return {};
  }
  Result<void> AnswerRate(const google::protobuf::Message& request,
                          google::protobuf::Message& answer) {
    directory::v1::GetExchangeRateOnRequest asked;
    asked.CopyFrom(request);
    const auto found = rates.find(asked.base() + asked.quote());
    if (found == rates.end()) return FailedPrecondition("EXCHANGE_RATE_UNKNOWN", "None is known.");
    directory::v1::ExchangeRate rate;
    rate.set_base(asked.base());
    rate.set_quote(asked.quote());
    rate.set_rate(found->second);
    rate.set_on(asked.on());
    rate.set_source("ecb");
    answer.CopyFrom(rate);
    return {};
  }
  std::map<std::string, std::shared_ptr<google::protobuf::Message>> answers;
  crm::v1::ListOnboardingsResponse onboardings;
  int told = 0;                              // offers with their content
  std::map<std::string, std::string> rates;  // "USDEUR" -> "0.9"
  std::vector<std::string> offers_asked;     // for which segment, and whether the account owns it
};

template <class Message>
Message Json(const std::string& json) {
  Message message;
  REQUIRE(json::ReadMessage(json, &message, json::Direction::kResponse));
  return message;
}

struct Quoting {
  Quoting()
      : database([&] {
          test.Migrate("quoting", {events::Migrations(), access::Migrations(), sql::migrations()});
          test.SetClock("quoting", "2026-03-10T09:00:00Z");
          postgres::DatabaseConfig config = test.Config("quoting");
          config.on_statement = [](const postgres::Statement& statement, auto) {
            if (statement.service == "quoting") StatementsRun().emplace(statement.name);
          };
          return config;
        }()),
        app{database, peers} {
    crm::v1::Account customer;
    customer.set_id(account);
    customer.set_currency("EUR");
    customer.set_payment_days(14);
    customer.set_segment("education");
    peers.Know(account, customer);
    directory::v1::Division german;
    german.set_id(division);
    german.set_currency("EUR");
    german.set_time_zone("Europe/Berlin");
    peers.Know(division, german);
    seats = Publish(R"("code":"SEAT","name":"Licence per seat","unit":"seat","kind":"recurring",
        "pricing":{"model":"volume","prices":[{"currency":"EUR","bands":[
          {"up_to":"50","unit_price":"20"},{"unit_price":"18"}]}]},
        "billing":{"period":{"unit":"month","count":1},"timing":"advance","lead_days":14},
        "term":{"length":{"unit":"month","count":36},"renewal":"automatic","notice_days":90},
        "revenue":{"rule":"straight_line_days","ssp":[{"currency":"EUR","amount":"19"}]},
        "tax_code":"standard","commission_class":"licence")");
    installation = Publish(R"("code":"INST","name":"Installation","kind":"one_off",
        "pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":"2500"}]},
        "revenue":{"rule":"point_in_time"})");
    support = Publish(R"("code":"SUP","name":"Support","kind":"recurring",
        "pricing":{"model":"flat","prices":[{"currency":"EUR","unit_price":"1200"}]},
        "billing":{"period":{"unit":"year","count":1},"timing":"advance"},
        "term":{"length":{"unit":"year","count":3}},
        "revenue":{"rule":"straight_line_days"},
        "service_levels":[{"code":"gold","name":"Gold","factor":"1.5","hours":"24x7"}],
        "purchasing":[{"name":"Vendor support","currency":"USD","unit_cost":"700",
          "period":{"unit":"year","count":1},"timing":"advance"}])");
    starter = Publish(R"("code":"STARTER","name":"Starter","kind":"bundle","components":[
        {"product_id":")" + seats + R"(","quantity":"10"},
        {"product_id":")" + installation + R"(","quantity":"1"}])");
  }

  std::string Publish(const std::string& fields) {
    const std::string id = ids::ProductId::New().ToString();
    PublishAs(id, fields);
    return id;
  }
  // The product's next version.
  void PublishAs(const std::string& id, const std::string& fields) {
    catalogue::v1::ProductVersion version;
    version.set_product_id(id);
    version.set_version(++versions[id]);
    *version.mutable_product() =
        Json<catalogue::v1::Product>(R"({"id":")" + id + R"(",)" + fields + "}");
    peers.Know(id, version);
  }

  rpc::Call As(const std::string& user, bool sees_all = true) const {
    rpc::Call call;
    call.principal.user_id = user;
    call.principal.sees_all = sees_all;
    call.principal.permissions = {"*"};
    call.request_id = ids::RequestId::New().ToString();
    call.method = "/continuo.quoting.v1.QuotingService/ListQuotes";
    return call;
  }
  rpc::Call Call() const { return As(seller); }
  rpc::Call Matching(const v1::Quote& quote) const {
    rpc::Call call = Call();
    call.if_match = std::to_string(quote.revision());
    return call;
  }

  static v1::QuoteLine Line(const std::string& product, const std::string& quantity,
                            const std::string& percent = "") {
    v1::QuoteLine line;
    line.set_product_id(product);
    line.set_quantity(quantity);
    line.set_discount_percent(percent);
    return line;
  }
  v1::CreateQuoteRequest Request(const std::vector<v1::QuoteLine>& lines = {}) const {
    v1::CreateQuoteRequest request;
    request.mutable_quote()->set_account_id(account);
    request.mutable_quote()->set_division_id(division);
    for (const v1::QuoteLine& line : lines) *request.mutable_quote()->add_lines() = line;
    return request;
  }
  template <class T>
  T Must(const Result<T>& result) {
    if (!result) {
      std::string why = result.error().reason + ": " + result.error().message;
      for (const Violation& violation : result.error().violations) {
        why += "\n" + violation.pointer + " " + violation.code + " " + violation.detail;
      }
      INFO(why);
      REQUIRE(result);
    }
    return *result;
  }
  v1::Quote Open(const std::vector<v1::QuoteLine>& lines) {
    return Must(CreateQuote(app, Call(), Request(lines)));
  }
  // 100 seats asked for, the installation, and support at gold level that covers the seats.
  v1::Quote OpenDemoDeal() {
    v1::QuoteLine gold = Line(support, "1");
    gold.set_service_level("gold");
    return Open({Line(seats, "100"), Line(installation, "1"), gold});
  }
  template <class Request>
  static Request Of(const v1::Quote& quote) {
    Request request;
    request.set_id(quote.id());
    return request;
  }
  template <class Request>
  static Request Version(const v1::Quote& quote) {
    Request request = Of<Request>(quote);
    request.set_version(quote.version());
    return request;
  }
  v1::Quote Release(const v1::Quote& quote) {
    Must(SubmitQuote(app, Call(), Of<v1::SubmitQuoteRequest>(quote)));
    Must(ApproveQuote(app, Call(), Version<v1::ApproveQuoteRequest>(quote)));
    return Must(ReleaseQuote(app, Call(), Version<v1::ReleaseQuoteRequest>(quote)));
  }
  Result<v1::Order> Accept(const v1::Quote& quote) {
    auto request = Version<v1::AcceptQuoteRequest>(quote);
    request.set_accepted_by("E. Beispiel");
    request.set_place("Bonn");
    return AcceptQuote(app, Call(), request);
  }
  v1::Quote Get(const std::string& id) {
    v1::GetQuoteRequest request;
    request.set_id(id);
    return Must(GetQuote(app, Call(), request));
  }
  Result<v1::Quote> SetQuantity(const v1::Quote& quote, int line, const std::string& quantity) {
    v1::UpdateQuoteLineRequest request;
    request.set_quote_id(quote.id());
    request.set_id(quote.lines(line).id());
    request.mutable_line()->set_quantity(quantity);
    request.add_update_mask("quantity");
    return UpdateQuoteLine(app, Matching(quote), request);
  }
  std::string Events() const {
    return test.Execute("SELECT string_agg(type, ' ' ORDER BY id) FROM quoting.event_log");
  }

  testing::TestDatabase test;
  std::string seller = ids::UserId::New().ToString();
  std::string account = ids::AccountId::New().ToString();
  std::string division = ids::DivisionId::New().ToString();
  std::string seats, installation, support, starter;
  std::map<std::string, int> versions;  // by product
  FakePeers peers;
  postgres::Database database;
  App app;
};

}  // namespace continuo::quoting::app
