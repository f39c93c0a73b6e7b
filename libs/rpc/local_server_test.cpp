// A call, by either way it can come: from a service of the same process, or by gRPC over TCP. What
// the callee checks and answers must not depend on it.
#include "libs/rpc/server.h"

#include <atomic>
#include <future>

#include "continuo/billing/v1/billing_service.pb.h"
#include "libs/rpc/channels.h"
#include "libs/rpc/free_port_test.h"
#include "libs/testing/catch/catch.h"

namespace continuo::rpc {
namespace {

using billing::v1::GetPaymentRequest;
using billing::v1::Payment;

constexpr char kMethod[] = "continuo.billing.v1.BillingService/GetPayment";
constexpr char kSecret[] = "0123456789abcdef0123456789abcdef";
constexpr char kOtherSecret[] = "fedcba9876543210fedcba9876543210";
constexpr char kPaymentId[] = "pay_01h2xcejqtf2nbrexx3vqjhp41";

using Handler = std::function<Result<Payment>(const Call&, const GetPaymentRequest&)>;

enum class Way { kLocal, kTcp };

// Billing with one method, and a caller's channels to it.
class World {
 public:
  explicit World(Way way, Handler handler, int threads = 2, const std::string& secret = kSecret)
      : server_(Config(way, threads), TokenSigner(kSecret), Offered(std::move(handler))),
        channels_(TokenSigner(secret), Targets(way), {}) {
    if (way == Way::kLocal) channels_.AddLocal("billing", server_.Local());
  }

  Call NewCall(std::vector<std::string> permissions = {"payments.read"}) const {
    Call call;
    call.principal.user_id = "usr_01h2xcejqtf2nbrexx3vqjhp41";
    call.principal.permissions = std::move(permissions);
    call.request_id = "req_01h2xcejqtf2nbrexx3vqjhp41";
    call.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    return call;
  }

  Result<Payment> Ask(const Call& call, const std::string& id = kPaymentId) {
    GetPaymentRequest request;
    request.set_id(id);
    return channels_.Ask<Payment>(call, kMethod, request);
  }

  Server& server() { return server_; }
  Channels& channels() { return channels_; }

 private:
  ServerConfig Config(Way way, int threads) {
    if (way == Way::kTcp) address_ = "127.0.0.1:" + std::to_string(FreePort());
    return {.service = "billing", .listen = address_, .threads = threads, .queue_limit = 1};
  }
  std::map<std::string, std::string> Targets(Way way) const {
    if (way == Way::kLocal) return {};
    return {{"billing", address_}};
  }
  const Methods& Offered(Handler handler) {
    methods_.On<GetPaymentRequest, Payment>(kMethod, std::move(handler));
    return methods_;
  }

  std::string address_;
  Methods methods_;
  Server server_;
  Channels channels_;
};

Result<Payment> Found(const Call& call, const GetPaymentRequest& request) {
  Payment payment;
  payment.set_id(request.id());
  payment.set_reference(call.principal.user_id + " " + call.request_id);
  return payment;
}

Way EitherWay() { return GENERATE(Way::kLocal, Way::kTcp); }

}  // namespace

TEST_CASE("a call arrives with its caller, and its answer comes back") {
  World world(EitherWay(), Found);
  const auto answer = world.Ask(world.NewCall());
  REQUIRE(answer);
  CHECK(answer->id() == kPaymentId);
  CHECK(answer->reference() ==
        "usr_01h2xcejqtf2nbrexx3vqjhp41 req_01h2xcejqtf2nbrexx3vqjhp41");
}

TEST_CASE("the callee believes only a token that the deployment's secret has signed") {
  World world(EitherWay(), Found, 2, kOtherSecret);
  const auto answer = world.Ask(world.NewCall());
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == Code::kUnauthenticated);
}

TEST_CASE("the callee checks the permission itself") {
  World world(EitherWay(), Found);
  const auto answer = world.Ask(world.NewCall({"invoices.read"}));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == Code::kPermissionDenied);
  CHECK(answer.error().metadata.at("permission") == "payments.read");
}

TEST_CASE("the callee checks the fields, and a fault comes back whole") {
  World world(EitherWay(), Found);
  const auto answer = world.Ask(world.NewCall(), "no id");
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == Code::kInvalidArgument);
  REQUIRE(answer.error().violations.size() == 1);
  CHECK(answer.error().violations[0].pointer == "/id");
}

TEST_CASE("what a handler throws is told to nobody") {
  World world(EitherWay(), [](const Call&, const GetPaymentRequest&) -> Result<Payment> {
    throw std::runtime_error("the password is swordfish");
  });
  const auto answer = world.Ask(world.NewCall());
  REQUIRE_FALSE(answer);
  CHECK(answer.error().reason == "INTERNAL");
  CHECK(answer.error().message.find("swordfish") == std::string::npos);
}

TEST_CASE("the caller learns that the answer is a stored one") {
  World world(EitherWay(), [](const Call& call, const GetPaymentRequest& request) {
    call.notes->replayed = true;
    return Found(call, request);
  });
  const Call call = world.NewCall();
  GetPaymentRequest request;
  request.set_id(kPaymentId);
  Payment answer;
  std::promise<Result<void>> done;
  world.channels().Start("billing", std::string("/") + kMethod, call, request, &answer,
                         [&](Result<void> outcome) { done.set_value(std::move(outcome)); });
  REQUIRE(done.get_future().get());
  CHECK(call.notes->replayed);
}

// A handler that holds its thread until it is let go.
struct Held {
  std::promise<void> begun, release;
  std::shared_future<void> released = release.get_future().share();
  std::atomic<int> count{0};

  Result<Payment> operator()(const Call& call, const GetPaymentRequest& request) {
    if (count++ == 0) begun.set_value();
    released.wait();
    return Found(call, request);
  }
};

TEST_CASE("a caller waits no longer than its deadline") {
  Held held;
  World world(EitherWay(), std::ref(held));
  Call call = world.NewCall();
  call.deadline = std::chrono::steady_clock::now() + std::chrono::milliseconds(50);
  const auto late = world.Ask(call);
  REQUIRE_FALSE(late);
  CHECK(late.error().code == Code::kDeadlineExceeded);
  held.release.set_value();
}

TEST_CASE("what neither a thread nor the queue has room for is refused at once") {
  Held held;
  World world(EitherWay(), std::ref(held), 1);
  auto first = std::async(std::launch::async, [&] { return world.Ask(world.NewCall()); });
  held.begun.get_future().wait();
  Payment sent[2];
  std::promise<Code> sooner;
  std::atomic<int> answers{0};
  GetPaymentRequest request;
  request.set_id(kPaymentId);
  std::promise<void> all;
  std::atomic<int> served{0};
  for (Payment& answer : sent) {
    world.channels().Start("billing", std::string("/") + kMethod, world.NewCall(), request,
                           &answer, [&](Result<void> outcome) {
                             if (outcome) ++served;
                             if (answers++ == 1) return all.set_value();
                             sooner.set_value(outcome ? Code{} : outcome.error().code);
                           });
  }
  CHECK(sooner.get_future().get() == Code::kUnavailable);  // one waits in the queue, one may not
  held.release.set_value();
  all.get_future().wait();
  CHECK(first.get());
  CHECK(served == 1);
}

TEST_CASE("a server that has ended refuses, whoever still knows it") {
  auto world = std::make_unique<World>(Way::kLocal, Found);
  const auto local = world->server().Local();
  world->server().Shutdown(std::chrono::system_clock::now());
  const auto answer = world->Ask(world->NewCall());
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == Code::kUnavailable);
  world.reset();
  Payment unused;
  Code code = Code::kInternal;
  local->Take({.call = {.method = std::string("/") + kMethod},
               .request = std::make_unique<GetPaymentRequest>()},
              &unused, [&](Result<void> outcome) { code = outcome.error().code; });
  CHECK(code == Code::kUnavailable);
}

TEST_CASE("a signature holds for its audience alone, and not for a changed token") {
  const TokenSigner signer(kSecret);
  Principal principal;
  principal.user_id = "usr_01h2xcejqtf2nbrexx3vqjhp41";
  principal.permissions = {"payments.*"};
  const std::string token = signer.Sign(principal, "billing");
  const auto read = TokenSigner(kSecret).Verify(token, "billing");
  REQUIRE(read);
  CHECK(read->user_id == principal.user_id);
  CHECK(read->permissions == principal.permissions);
  CHECK_FALSE(signer.Verify(token, "crm"));
  for (size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    CHECK_FALSE(signer.Verify(changed, "billing"));
  }
}

TEST_CASE("a call that has nothing to tell yet waits without a thread, and is run once more") {
  for (const Way way : {Way::kLocal, Way::kTcp}) {
    std::mutex mutex;
    std::vector<std::function<void()>> parked;
    std::atomic<bool> there = false;
    World world(
        way,
        [&](const Call& call, const GetPaymentRequest& request) {
          if (request.id() == kPaymentId && !there) {
            call.notes->park = [&](std::function<void()> resume) {
              const std::lock_guard lock(mutex);
              parked.push_back(std::move(resume));
            };
          }
          return Found(call, request);
        },
        1);
    const auto waiting = [&] {
      const std::lock_guard lock(mutex);
      return parked.size();
    };
    std::vector<std::future<Result<Payment>>> asked;
    for (int i = 0; i < 3; ++i) {
      asked.push_back(std::async(std::launch::async, [&] { return world.Ask(world.NewCall()); }));
      while (waiting() <= static_cast<std::size_t>(i)) std::this_thread::yield();
    }
    // The one thread is free for others meanwhile.
    CHECK(world.Ask(world.NewCall(), "pay_01h2xcejqtf2nbrexx3vqjhp42"));
    there = true;
    // One after the other, since the queue of this world holds one.
    for (std::size_t i = 0; i < 3; ++i) {
      parked[i]();
      const auto answer = asked[i].get();
      REQUIRE(answer);
      CHECK(answer->id() == kPaymentId);
    }
  }
}

TEST_CASE("a parked call whose server has ended is told so") {
  std::function<void()> resume;
  std::promise<void> parked;
  World world(Way::kLocal, [&](const Call& call, const GetPaymentRequest& request) {
    call.notes->park = [&](std::function<void()> later) {
      resume = std::move(later);
      parked.set_value();
    };
    return Found(call, request);
  });
  auto asked = std::async(std::launch::async, [&] { return world.Ask(world.NewCall()); });
  parked.get_future().wait();
  world.server().Shutdown(std::chrono::system_clock::now());
  resume();
  const auto answer = asked.get();
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == Code::kUnavailable);
}

}  // namespace continuo::rpc
