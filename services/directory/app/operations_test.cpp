// The test clock, what came of a request, deferred events and the checklist, with played services.
#include "continuo/directory/v1/operations.pb.h"
#include "continuo/directory/v1/test_clock.pb.h"
#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/ids/kinds.h"
#include "libs/testing/catch/catch.h"
#include "services/directory/app/operations.h"
#include "services/directory/app/resource.h"
#include "services/directory/app/stage_test.h"
#include "services/directory/app/test_clock.h"

namespace continuo::directory::app {
namespace {

using calendar::Instant;

Instant At(std::string_view text) { return *calendar::ParseInstant(text); }

// crm has work due on some days; doing it emits an event that directory consumes a pass later.
struct PlayedCrm {
  std::vector<Instant> due;
  Instant clock;
  Instant directory_clock;
  std::vector<Instant> visited;
  int64_t emitted = 0;
  int64_t consumed = 0;
  int64_t parked = 0;

  void SetClock(Instant at) {
    clock = std::max(clock, at);
    visited.push_back(clock);
  }
  runtime::v1::Progress Progress() {
    runtime::v1::Progress progress;
    progress.set_service("crm");
    if (!due.empty() && due.front() <= clock) {
      due.erase(due.begin());
      ++emitted;
    }
    if (!due.empty()) *progress.mutable_next_due_at() = ToTimestamp(due.front());
    auto* position = progress.add_emitted();
    position->set_topic("crm");
    position->set_seq(emitted);
    progress.set_parked(parked);
    *progress.mutable_clock() = ToTimestamp(clock);
    return progress;
  }
  runtime::v1::Progress DirectoryProgress() {
    runtime::v1::Progress progress;
    progress.set_service("directory");
    progress.add_topics("crm");
    auto* position = progress.add_consumed();
    position->set_topic("crm");
    position->set_seq(consumed);
    consumed = emitted;
    *progress.mutable_clock() = ToTimestamp(directory_clock);
    return progress;
  }
  void Play(PlayedPeers& peers) {
    peers.answers["GetProgress"] = [this](const std::string& service, const auto&, auto& answer) {
      static_cast<runtime::v1::Progress&>(answer) =
          service == "crm" ? Progress() : DirectoryProgress();
      return Result<void>();
    };
    peers.answers["SetClock"] = [this](const std::string& service, const auto& request, auto&) {
      const Instant at =
          ToInstant(static_cast<const runtime::v1::SetClockRequest&>(request).at());
      if (service == "crm") SetClock(at);
      if (service == "directory") directory_clock = std::max(directory_clock, at);
      return Result<void>();
    };
  }
};

Result<v1::TestClock> Advance(const Stage& stage, std::string_view to) {
  v1::AdvanceTestClockRequest request;
  *request.mutable_to() = ToTimestamp(At(to));
  return AdvanceTestClock(stage.app, stage.All(), request);
}

v1::TestClock Clock(const Stage& stage) { return Must(GetTestClock(stage.app, stage.All(), {})); }

void RunUntilReady(const Stage& stage) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  RunTestClock(stage.app, [&] {
    return Clock(stage).status() == v1::TEST_CLOCK_STATUS_READY ||
           std::chrono::steady_clock::now() > give_up;
  });
}

TEST_CASE("the clock visits every instant with work due, and is ready at its target") {
  Stage stage;
  PlayedCrm crm{.due = {At("2026-03-15T00:00:00Z"), At("2026-04-01T00:00:00Z"),
                        At("2026-06-01T00:00:00Z")},
                .parked = 2};
  crm.Play(stage.peers);
  CHECK(Clock(stage).status() == v1::TEST_CLOCK_STATUS_READY);
  CHECK(Must(Advance(stage, "2026-05-01T00:00:00Z")).status() ==
        v1::TEST_CLOCK_STATUS_ADVANCING);
  CHECK(Reason(Advance(stage, "2026-07-01T00:00:00Z")) == "TEST_CLOCK_ADVANCING");
  RunUntilReady(stage);
  const auto clock = Clock(stage);
  CHECK(clock.status() == v1::TEST_CLOCK_STATUS_READY);
  CHECK(ToInstant(clock.at()) == At("2026-05-01T00:00:00Z"));
  CHECK(clock.visited() == 3);
  CHECK(clock.parked() == 2);
  CHECK(crm.emitted == 2);
  CHECK(crm.consumed == 2);
  CHECK(crm.directory_clock == At("2026-05-01T00:00:00Z"));
  CHECK(std::count(crm.visited.begin(), crm.visited.end(), At("2026-03-15T00:00:00Z")) == 1);
  CHECK(stage.Events("type = 'test_clock.advanced'") == "test_clock.advanced");

  CHECK(Reason(Advance(stage, "2026-04-01T00:00:00Z")) == "TEST_CLOCK_BACKWARDS");
  Must(Advance(stage, "2026-06-01T00:00:00Z"));
  RunUntilReady(stage);
  CHECK(crm.emitted == 3);
}

TEST_CASE("a clock that was never set may start in the past while no account exists") {
  Stage stage;
  PlayedCrm crm;
  crm.Play(stage.peers);
  Must(Advance(stage, "2020-01-01T00:00:00Z"));
  RunUntilReady(stage);
  CHECK(ToInstant(Clock(stage).at()) == At("2020-01-01T00:00:00Z"));

  Stage busy;
  busy.test.Execute("UPDATE directory.access_closure SET revision = 1");
  CHECK(Reason(Advance(busy, "2020-01-01T00:00:00Z")) == "TEST_CLOCK_BACKWARDS");
}

TEST_CASE("what holds up the clock is shown") {
  Stage stage;
  PlayedCrm crm;
  crm.Play(stage.peers);
  const auto answer = stage.peers.answers["GetProgress"];
  bool running = true;
  stage.peers.answers["GetProgress"] = [&](const std::string& service, const auto& request,
                                           auto& progress) {
    const auto result = answer(service, request, progress);
    if (service == "crm") static_cast<runtime::v1::Progress&>(progress).set_jobs_running(running);
    return result;
  };
  Must(Advance(stage, "2026-05-01T00:00:00Z"));
  std::string seen;
  RunTestClock(stage.app, [&] {
    const auto clock = Clock(stage);
    if (clock.stalls_size() > 0) {
      seen = clock.stalls(0);
      running = false;
    }
    return clock.status() == v1::TEST_CLOCK_STATUS_READY;
  });
  CHECK(seen == "crm: jobs are running");
  CHECK(Clock(stage).stalls_size() == 0);
}

// What crm says followed from a request.
void PlayFollowUps(PlayedPeers& peers, const runtime::v1::FollowUps& of_crm) {
  peers.answers["ListFollowUps"] = [of_crm](const std::string& service, const auto&,
                                            auto& answer) {
    if (service == "crm") static_cast<runtime::v1::FollowUps&>(answer) = of_crm;
    return Result<void>();
  };
}

TEST_CASE("a request is done when all that followed was handled by all who listen") {
  Stage stage;
  PlayedCrm crm{.emitted = 2, .consumed = 1};
  crm.Play(stage.peers);
  runtime::v1::FollowUps follow_ups;
  for (int seq : {1, 2}) {
    auto* event = follow_ups.add_events();
    event->set_id("evt_" + std::to_string(seq));
    event->set_type("lead.created");
    event->set_topic("crm");
    event->set_seq(seq);
  }
  auto* audit = follow_ups.add_events();
  audit->set_topic("crm.audit");
  follow_ups.set_count(3);
  auto* head = follow_ups.add_heads();
  head->set_topic("crm");
  head->set_seq(2);
  PlayFollowUps(stage.peers, follow_ups);
  v1::GetRequestRequest request;
  request.set_request_id("req_1");
  const auto running = Must(GetRequest(stage.app, stage.All(), request));
  CHECK_FALSE(running.done());
  REQUIRE(running.events_size() == 2);  // the trail of audit entries is not shown
  CHECK(running.events(0).awaited_from_size() == 0);
  CHECK(running.events(1).awaited_from(0) == "directory");
  const auto done = Must(GetRequest(stage.app, stage.All(), request));
  CHECK(done.done());
  CHECK_FALSE(done.has_more());

  // More than is listed, and the last of it not consumed.
  follow_ups.set_count(5'000);
  follow_ups.mutable_heads(0)->set_seq(4'999);
  PlayFollowUps(stage.peers, follow_ups);
  const auto long_one = Must(GetRequest(stage.app, stage.All(), request));
  CHECK_FALSE(long_one.done());
  CHECK(long_one.has_more());
  CHECK(long_one.events_size() == 2);
  follow_ups.mutable_heads(0)->set_seq(2);
  follow_ups.set_unstamped(1);
  PlayFollowUps(stage.peers, follow_ups);
  CHECK_FALSE(Must(GetRequest(stage.app, stage.All(), request)).done());
  follow_ups.set_unstamped(0);

  follow_ups.mutable_events(0)->set_account_id(ids::AccountId::New().ToString());
  follow_ups.set_parked(1);
  PlayFollowUps(stage.peers, follow_ups);
  const auto parked = Must(GetRequest(stage.app, stage.Of(stage.administrator.user_id, false),
                                      request));
  CHECK(parked.status() == v1::REQUEST_STATUS_PARKED);
  CHECK(parked.events_size() == 1);  // the other is of an account that this caller does not see

  stage.peers.answers.erase("GetProgress");
  CHECK(Reason(GetRequest(stage.app, stage.All(), request)) == "UNAVAILABLE");
}

// The service's n-th deferred event.
std::string DeferredId(const std::string& service, int n) {
  const auto first = static_cast<std::uint8_t>(service == "crm" ? 1 : 2);
  return ids::FormatTypeId("def", ids::Uuid({first, static_cast<std::uint8_t>(n)}));
}

// Two of each service, the first parked and the second queued behind it, a page at a time.
Result<void> PlayDeferred(const std::string& service, const google::protobuf::Message& request,
                          google::protobuf::Message& answer) {
  const auto& page = static_cast<const runtime::v1::ListDeferredEventsRequest&>(request);
  auto& deferred = static_cast<runtime::v1::DeferredEvents&>(answer);
  for (int i : {1, 2}) {
    const std::string state = i == 1 ? "parked" : "queued";
    if (DeferredId(service, i) <= page.after() || deferred.entries_size() == page.limit()) continue;
    if (!page.state().empty() && page.state() != state) continue;
    auto* entry = deferred.add_entries();
    entry->set_id(DeferredId(service, i));
    entry->set_service(service);
    entry->set_key("acc_1");
    entry->set_state(state);
  }
  return {};
}

TEST_CASE("deferred events of all services are one list, and resolved where they are") {
  Stage stage;
  std::string resolved;
  stage.peers.answers["ListDeferredEvents"] = PlayDeferred;
  stage.peers.answers["ResolveDeferredEvent"] = [&](const std::string& service,
                                                    const auto& request, auto&) {
    const auto& wanted = static_cast<const runtime::v1::ResolveDeferredEventRequest&>(request);
    resolved = service + " " + wanted.id() + (wanted.drop() ? " drop" : " retry");
    CHECK(wanted.on_behalf_of() == stage.All().principal.user_id);
    CHECK_FALSE(wanted.on_behalf_of().empty());
    return Result<void>();
  };
  v1::ListDeferredEventsRequest list;
  list.set_limit(3);
  const auto page = Must(ListDeferredEvents(stage.app, stage.All(), list));
  CHECK(page.data_size() == 3);
  CHECK(page.has_more());
  list.set_cursor(page.next_cursor());
  const auto rest = Must(ListDeferredEvents(stage.app, stage.All(), list));
  REQUIRE(rest.data_size() == 1);
  CHECK(rest.data(0).id() == DeferredId("directory", 2));
  CHECK_FALSE(rest.has_more());
  list.set_cursor("abc");
  CHECK(Reason(ListDeferredEvents(stage.app, stage.All(), list)) == "INVALID_CURSOR");
  list.clear_cursor();
  list.set_state("parked");
  list.set_service("crm");
  CHECK(Must(ListDeferredEvents(stage.app, stage.All(), list)).data_size() == 1);

  v1::RetryDeferredEventRequest retry;
  retry.set_id(DeferredId("crm", 1));
  CHECK(RetryDeferredEvent(stage.app, stage.All(), retry));
  CHECK(resolved == "crm " + DeferredId("crm", 1) + " retry");
  v1::DropDeferredEventRequest drop;
  drop.set_id(DeferredId("directory", 1));
  CHECK(DropDeferredEvent(stage.app, stage.All(), drop));
  CHECK(resolved == "directory " + DeferredId("directory", 1) + " drop");
  drop.set_id(DeferredId("crm", 2));
  CHECK(Reason(DropDeferredEvent(stage.app, stage.All(), drop)) == "DEFERRED_EVENT_IS_QUEUED");
  drop.set_id(DeferredId("crm", 9));
  CHECK(Reason(DropDeferredEvent(stage.app, stage.All(), drop)) == "NOT_FOUND");
}

TEST_CASE("the checklist says what is missing, and what could not be found out") {
  Stage stage;
  const auto checklist = Must(GetSetupChecklist(stage.app, stage.All(), {}));
  CHECK_FALSE(checklist.done());
  REQUIRE(checklist.items_size() == 7);
  CHECK(checklist.items(0).step() == "division");
  CHECK_FALSE(checklist.items(0).done());
  CHECK(checklist.items(0).problem().empty());
  CHECK(checklist.items(1).step() == "invoice_series");
  CHECK_FALSE(checklist.items(1).done());
  CHECK_FALSE(checklist.items(5).problem().empty());
}

}  // namespace
}  // namespace continuo::directory::app
