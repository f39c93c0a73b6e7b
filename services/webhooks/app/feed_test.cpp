// The feed on a real database: whole, in one order, and shown to nobody who may not see it.
#include <atomic>
#include <thread>

#include "libs/events/signals.h"
#include "services/webhooks/app/event_catalogue.h"
#include "services/webhooks/app/feed_waiters.h"
#include "services/webhooks/app/stage_test.h"

namespace continuo::webhooks {
namespace {

v1::ListEventsResponse Listed(Stage& stage, const v1::ListEventsRequest& request,
                              const rpc::Call& call) {
  return Must(app::ListEvents(stage.app, call, request));
}
std::vector<std::string> IdsSeen(Stage& stage, const rpc::Call& call) {
  std::vector<std::string> ids;
  v1::ListEventsRequest request;
  request.set_limit(100);
  const auto listed = Listed(stage, request, call);
  for (const auto& event : listed.data()) ids.push_back(event.id());
  return ids;
}

TEST_CASE("an event is taken once, an internal one never, an unknown one when it is known") {
  Stage stage;
  const Fact fact;
  CHECK(stage.Take(fact).done());
  CHECK(stage.Take(fact).done());
  CHECK(stage.Take({.type = "account_access.changed"}).done());
  CHECK(stage.Take({.type = "audit_entry.recorded"}).done());
  CHECK(stage.Take({.type = "meeting.held"}).wait().has_value());
  stage.Place();
  CHECK(IdsSeen(stage, stage.Of("ListEvents")) == std::vector{fact.id});
}

TEST_CASE("positions are dense and in the order of arrival, however many replicas give them") {
  Stage stage;
  std::vector<std::string> taken;
  for (int i = 0; i < 40; ++i) {
    taken.push_back(Fact{}.id);
    stage.Take({.id = taken.back()});
  }
  std::vector<std::thread> replicas;
  for (int i = 0; i < 3; ++i) {
    replicas.emplace_back([&] {
      for (int round = 0; round < 20; ++round) (void)app::PlaceEvents(stage.database, stage.Own());
    });
  }
  for (int i = 0; i < 40; ++i) {
    taken.push_back(Fact{}.id);
    stage.Take({.id = taken.back()});
  }
  for (auto& replica : replicas) replica.join();
  stage.Place();
  CHECK(IdsSeen(stage, stage.Of("ListEvents")) == taken);
  CHECK(stage.test.Execute("SELECT count(*) || ' ' || min(position) || ' ' || max(position) "
                           "FROM webhooks.feed_event") == "80 1 80");
  CHECK(stage.test.Execute("SELECT position FROM webhooks.feed_head") == "80");
}

TEST_CASE("an event is CloudEvents 1.0") {
  Stage stage;
  const Fact fact{.account_id = ids::AccountId::New().ToString()};
  stage.Happens(fact);
  v1::GetEventRequest request;
  request.set_id(fact.id);
  const auto event = Must(app::GetEvent(stage.app, stage.Of("GetEvent"), request));
  CHECK(event.specversion() == "1.0");
  CHECK(event.source() == "/continuo/billing");
  CHECK(event.type() == "invoice.issued");
  CHECK(event.subject() == fact.subject);
  CHECK(event.sequence() == "1");
  CHECK(event.accountid() == fact.account_id);
  CHECK(event.position() == "1");
  CHECK(event.datacontenttype() == "application/json");
  CHECK(event.data().fields().at("id").string_value() == fact.subject);
}

TEST_CASE("the feed is read page by page, from a position or from a cursor") {
  Stage stage;
  for (int i = 0; i < 11; ++i) stage.Take({});
  stage.Happens({.type = "quote.created", .subject = ids::QuoteId::New().ToString()});
  const rpc::Call call = stage.Of("ListEvents");
  v1::ListEventsRequest request;
  request.set_limit(8);
  const auto first = Listed(stage, request, call);
  CHECK(first.data_size() == 8);
  CHECK(first.has_more());
  CHECK(first.data(1).position() == "2");
  CHECK(first.next_cursor() == "8");
  request.set_cursor(first.next_cursor());
  const auto second = Listed(stage, request, call);
  CHECK(second.data_size() == 4);
  CHECK(second.data(3).position() == "12");
  CHECK_FALSE(second.has_more());
  CHECK(second.next_cursor().empty());
  v1::ListEventsRequest after;
  after.set_after(11);
  CHECK(Listed(stage, after, call).data_size() == 1);
  after.set_after(0);
  after.add_type("quote.*");
  CHECK(Listed(stage, after, call).data_size() == 1);
  after.clear_type();
  after.set_account_id(ids::AccountId::New().ToString());
  CHECK(Listed(stage, after, call).data_size() == 0);
}

TEST_CASE("what is wrong with a request of the feed is told") {
  Stage stage;
  const rpc::Call call = stage.Of("ListEvents");
  v1::ListEventsRequest request;
  request.set_cursor("someone else's");
  CHECK(Reason(app::ListEvents(stage.app, call, request)) == "INVALID_CURSOR");
  request.set_cursor("-1");
  CHECK(Reason(app::ListEvents(stage.app, call, request)) == "INVALID_CURSOR");
  request.Clear();
  request.add_type("Invoice*");
  CHECK(Reason(app::ListEvents(stage.app, call, request)) == "INVALID_FORMAT");
  request.Clear();
  request.set_limit(-1);
  CHECK(Reason(app::ListEvents(stage.app, call, request)) == "OUT_OF_RANGE");
}

TEST_CASE("a caller sees the events of their accounts, divisions and permissions, and no others") {
  Stage stage;
  const auto account = ids::AccountId::New();
  const std::string other = ids::AccountId::New().ToString();
  const std::string division = ids::DivisionId::New().ToString();
  const std::string mine = stage.Happens({.account_id = account.ToString()});
  const std::string theirs = stage.Happens({.account_id = other, .division_id = division});
  const std::string of_nobody =
      stage.Happens({.type = "product.published", .subject = ids::ProductId::New().ToString()});
  REQUIRE(stage.database.Work(stage.Own(), [&](postgres::Transaction& tx) -> Result<void> {
    const access::Grant grant{.user = Must(ids::UserId::Parse(stage.user)),
                              .valid_from = Must(calendar::Date::Parse("2019-01-01"))};
    access::Replace(tx, account, 1, std::span(&grant, 1));
    return {};
  }));

  const auto seen = [&](const rpc::Call& call) { return IdsSeen(stage, call); };
  CHECK(seen(stage.Of("ListEvents")) == std::vector{mine, theirs, of_nobody});
  CHECK(seen(stage.Of("ListEvents", false)) == std::vector{mine});
  CHECK(seen(stage.Of("ListEvents", true, {"events.read", "products.read"})) ==
        std::vector{of_nobody});
  CHECK(seen(stage.Of("ListEvents", true, {"events.read"})).empty());
  rpc::Call of_division = stage.Of("ListEvents");
  of_division.principal.division_ids = {ids::DivisionId::New().ToString()};
  CHECK(seen(of_division) == std::vector{mine, of_nobody});

  v1::GetEventRequest request;
  request.set_id(theirs);
  CHECK(Reason(app::GetEvent(stage.app, stage.Of("GetEvent", false), request)) == "NOT_FOUND");
  request.set_id(ids::EventId::New().ToString());
  CHECK(Reason(app::GetEvent(stage.app, stage.Of("GetEvent"), request)) == "NOT_FOUND");
}

TEST_CASE("an event that names no division is of the one that its subject's last one named") {
  Stage stage;
  const std::string first = ids::DivisionId::New().ToString();
  const std::string second = ids::DivisionId::New().ToString();
  stage.divisions.known = {first, second};
  const auto of = [&](const std::string& division) {
    return stage.Endpoint({"*"}, [&](auto& endpoint) { endpoint.set_division_id(division); });
  };
  const auto to_first = of(first);
  const auto to_second = of(second);
  const Fact issued{.division_id = first};
  const Fact paid{.type = "invoice.paid", .subject = issued.subject};
  const Fact elsewhere{.type = "invoice.paid"};
  stage.TakeAll({issued, paid, elsewhere});
  stage.Place();
  const Fact moved{.division_id = second, .subject = issued.subject};
  const Fact overdue{.type = "invoice.overdue", .subject = issued.subject};
  stage.Happens(moved);
  stage.Happens(overdue);

  const auto seen_by = [&](const std::string& division) {
    rpc::Call call = stage.Of("ListEvents");
    call.principal.division_ids = {division};
    return IdsSeen(stage, call);
  };
  CHECK(seen_by(first) == std::vector{issued.id, paid.id, elsewhere.id});
  CHECK(seen_by(second) == std::vector{elsewhere.id, moved.id, overdue.id});
  CHECK(stage.Deliveries(to_first.id()).size() == 3);
  CHECK(stage.Deliveries(to_second.id()).size() == 3);
}

TEST_CASE("what is of many divisions is only for those who are restricted to none") {
  Stage stage;
  const std::string division = ids::DivisionId::New().ToString();
  stage.divisions.known = {division};
  const auto of_all = stage.Endpoint();
  const auto of_division =
      stage.Endpoint({"*"}, [&](auto& endpoint) { endpoint.set_division_id(division); });
  const std::string statement =
      stage.Happens({.type = "commission_statement.created",
                     .subject = ids::CommissionStatementId::New().ToString()});
  rpc::Call restricted = stage.Of("ListEvents");
  restricted.principal.division_ids = {division};
  CHECK(IdsSeen(stage, stage.Of("ListEvents")) == std::vector{statement});
  CHECK(IdsSeen(stage, restricted).empty());
  v1::GetEventRequest request;
  request.set_id(statement);
  CHECK(Reason(app::GetEvent(stage.app, restricted, request)) == "NOT_FOUND");
  CHECK(stage.Deliveries(of_all.id()).size() == 1);
  CHECK(stage.Deliveries(of_division.id()).empty());
}

TEST_CASE("an event shows no more than its subject: its permission is that of the resource") {
  CHECK(app::FindType("invoice.issued")->permission == "invoices.read");
  CHECK(app::FindType("credit_note.issued")->permission == "credit_notes.read");
  CHECK(app::FindType("test_clock.advanced")->permission.empty());
  CHECK(app::FindType("invoice.issued")->topic == "billing");
  CHECK(app::FindType("account_access.changed")->internal);
  CHECK(app::FindType("no.such") == nullptr);
  rpc::Principal linked{.permissions = {"*"}};
  CHECK_FALSE(app::MayRead(linked, *app::FindType("test_clock.advanced")));
  CHECK_FALSE(app::MayRead(linked, *app::FindType("account_access.changed")));
  CHECK(app::MayRead(linked, *app::FindType("invoice.issued")));
}

// As the server does: run, parked, run once more.
struct Waiting {
  rpc::Call call;
  v1::ListEventsRequest request;
  std::atomic<int> resumed = 0;

  Waiting(Stage& stage, int wait, int64_t after = 0) : call(stage.Of("ListEvents")) {
    request.set_wait(wait);
    request.set_after(after);
  }
  v1::ListEventsResponse Ask(Stage& stage) {
    const auto response = Must(app::ListEvents(stage.app, call, request));
    if (auto park = std::exchange(call.notes->park, nullptr)) park([this] { ++resumed; });
    return response;
  }
  bool Woken(std::chrono::milliseconds patience) const {
    const auto until = std::chrono::steady_clock::now() + patience;
    while (resumed == 0 && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    return resumed == 1;
  }
};

TEST_CASE("who asks to wait is answered when there is something, or when the time is over") {
  using namespace std::chrono_literals;
  Stage stage;
  app::FeedWaiters waiters(2);
  stage.app.waiters = &waiters;
  Waiting first(stage, 20);
  CHECK(first.Ask(stage).data_size() == 0);
  CHECK(waiters.waiting() == 1);
  CHECK_FALSE(first.Woken(50ms));
  const std::string event = stage.Happens({});
  CHECK(first.Woken(5s));
  const auto response = first.Ask(stage);
  REQUIRE(response.data_size() == 1);
  CHECK(response.data(0).id() == event);
  CHECK(response.head() == "1");
  // Where there is something already nobody waits, nor where nobody asked to.
  Waiting at_once(stage, 20);
  CHECK(at_once.Ask(stage).data_size() == 1);
  Waiting not_at_all(stage, 0, 1);
  CHECK(not_at_all.Ask(stage).data_size() == 0);
  CHECK(waiters.waiting() == 0);
  // A second later the wait is over, and with it the last look.
  Waiting in_vain(stage, 1, 1);
  in_vain.Ask(stage);
  CHECK(in_vain.Woken(5s));
  in_vain.Ask(stage);
  CHECK(waiters.waiting() == 0);
  // Two seats; a third one is answered at once. Who closes sends all home.
  Waiting one(stage, 20, 1), two(stage, 20, 1), three(stage, 20, 1);
  for (Waiting* waiting : {&one, &two, &three}) waiting->Ask(stage);
  CHECK(waiters.waiting() == 2);
  waiters.Close();
  CHECK(one.Woken(5s));
  CHECK(two.Woken(5s));
  CHECK(three.resumed == 0);
  one.Ask(stage);
  CHECK(waiters.waiting() == 0);
}

TEST_CASE("what comes between the look and the seat is not missed") {
  app::FeedWaiters waiters;
  const auto seen = waiters.seen();
  events::Raise(app::kPlacedSignal);
  while (waiters.seen() == seen) std::this_thread::yield();
  bool resumed = false;
  waiters.Seat(seen, std::chrono::steady_clock::now() + std::chrono::seconds(60))(
      [&] { resumed = true; });
  CHECK(resumed);
}

}  // namespace
}  // namespace continuo::webhooks
