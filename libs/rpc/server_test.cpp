// What every operation can rely on, through real channels: in the process and over TCP.
#include "libs/rpc/server.h"

#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <atomic>
#include <cstdlib>
#include <stdexcept>
#include <thread>

#include "continuo/crm/v1/lead.pb.h"
#include "libs/rpc/channels.h"
#include "libs/rpc/free_port_test.h"
#include "libs/testing/catch/catch.h"

namespace continuo::rpc {
namespace {

using crm::v1::GetLeadRequest;
using crm::v1::Lead;

const std::string kSecret(32, 's');
const std::string kLead = "lead_01h2xcejqtf2nbrexx3vqjhp41";
constexpr char kGetLead[] = "continuo.crm.v1.CrmService/GetLead";

// crm with a few use cases, and a caller that reaches it in the process.
struct Stage {
  Methods methods;
  std::atomic<int> served = 0;
  Call seen;
  std::function<Result<Lead>(const GetLeadRequest&)> get_lead = [](const GetLeadRequest& request) {
    Lead lead;
    lead.set_id(request.id());
    return Result<Lead>(lead);
  };
  std::unique_ptr<Server> server;
  std::unique_ptr<Channels> channels;

  Stage() {
    methods.On<GetLeadRequest, Lead>(kGetLead, [this](const Call& call, const GetLeadRequest& request) {
      ++served;
      seen = call;
      return get_lead(request);
    });
    methods.On<crm::v1::UpdateLeadRequest, Lead>(
        "continuo.crm.v1.CrmService/UpdateLead",
        [this](const Call& call, const crm::v1::UpdateLeadRequest&) -> Result<Lead> {
          ++served;
          seen = call;
          return Lead();
        });
  }
  void Start(ServerConfig config = {}, const std::string& target = "", TlsFiles client_tls = {}) {
    config.service = "crm";
    server = std::make_unique<Server>(std::move(config), TokenSigner(kSecret), methods);
    std::map<std::string, std::string> targets;
    if (!target.empty()) targets["crm"] = target;
    channels = std::make_unique<Channels>(TokenSigner(kSecret), targets, client_tls);
    if (target.empty()) channels->AddLocal("crm", server->Local());
  }
  ~Stage() {
    channels.reset();
    server.reset();
  }

  Call Caller(std::vector<std::string> permissions = {"*"}) const {
    Call call;
    call.principal.user_id = "usr_1";
    call.principal.permissions = std::move(permissions);
    call.request_id = "req_1";
    call.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    return call;
  }
  Result<Lead> Get(const Call& call, const std::string& id = kLead) {
    GetLeadRequest request;
    request.set_id(id);
    return channels->Ask<Lead>(call, kGetLead, request);
  }
};

std::string ReasonOf(const Result<Lead>& result) { return result ? "" : result.error().reason; }

TEST_CASE("a call carries who calls, its request, trace and cause") {
  Stage stage;
  stage.Start();
  Call call = stage.Caller({"leads.read"});
  call.principal.key_id = "key_1";
  call.principal.sees_all = true;
  call.principal.division_ids = {"div_1"};
  call.traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  call.causation = "evt_1";
  const auto lead = stage.Get(call);
  REQUIRE(lead);
  CHECK(lead->id() == kLead);
  CHECK(stage.seen.principal.user_id == "usr_1");
  CHECK(stage.seen.principal.key_id == "key_1");
  CHECK(stage.seen.principal.sees_all);
  CHECK(stage.seen.principal.division_ids == call.principal.division_ids);
  CHECK(stage.seen.request_id == "req_1");
  CHECK(stage.seen.traceparent == call.traceparent);
  CHECK(stage.seen.causation == "evt_1");
  CHECK(stage.seen.deadline <= call.deadline + std::chrono::seconds(1));
  CHECK(stage.seen.fingerprint.empty());  // without a key nothing is repeated
}

TEST_CASE("what is not allowed never reaches the use case") {
  Stage stage;
  stage.Start();
  CHECK(ReasonOf(stage.Get(stage.Caller({"leads.update", "accounts.*"}))) == "PERMISSION_DENIED");
  CHECK(ReasonOf(stage.Get(stage.Caller({}))) == "PERMISSION_DENIED");
  CHECK(ReasonOf(stage.Get(stage.Caller(), "acc_1")) == "INVALID_REQUEST");
  CHECK(ReasonOf(stage.Get(stage.Caller(), "")) == "INVALID_REQUEST");

  crm::v1::UpdateLeadRequest update;
  update.set_id(kLead);
  update.mutable_lead()->set_company("x");
  // Asked by a service without a key of its own it runs, by a user it does not.
  CHECK(ReasonOf(stage.channels->Ask<Lead>(stage.Caller(), "continuo.crm.v1.CrmService/UpdateLead",
                                           update)) == "IDEMPOTENCY_KEY_MISSING");
  CHECK(stage.served == 0);
  CHECK(stage.channels->Ask<Lead>(Call::AsService("billing", "req_1"),
                                  "continuo.crm.v1.CrmService/UpdateLead", update));
  CHECK(stage.served == 1);
}

TEST_CASE("a forged, foreign or missing token is no principal") {
  Stage stage;
  stage.Start();
  const auto ask = [&](const std::string& secret, const std::string& audience) {
    Channels other(TokenSigner(secret), {}, {});
    other.AddLocal(audience, stage.server->Local());
    GetLeadRequest request;
    request.set_id(kLead);
    Lead answer;
    const auto asked = other.AskMessageAt(audience, stage.Caller(), kGetLead, request, answer);
    return asked ? std::string() : asked.error().reason;
  };
  CHECK(ask(kSecret, "crm") == "");
  CHECK(ask(std::string(32, 'x'), "crm") == "UNAUTHENTICATED");
  CHECK(ask(kSecret, "billing") == "UNAUTHENTICATED");  // signed for another service
  CHECK(stage.served == 1);
}

TEST_CASE("a fault arrives whole; what is thrown arrives without its words") {
  Stage stage;
  std::string internal;
  stage.get_lead = [](const GetLeadRequest&) -> Result<Lead> {
    return Invalid({{"/lead/email", "INVALID_FORMAT", "Send an address."}});
  };
  stage.Start({.observe = [&](const CallRecord& record) { internal = record.internal; }});
  const auto refused = stage.Get(stage.Caller());
  REQUIRE_FALSE(refused);
  CHECK(refused.error().code == Code::kInvalidArgument);
  REQUIRE(refused.error().violations.size() == 1);
  CHECK(refused.error().violations[0].pointer == "/lead/email");
  stage.get_lead = [](const GetLeadRequest&) -> Result<Lead> {
    throw std::runtime_error("password=hunter2");
  };
  const auto failed = stage.Get(stage.Caller());
  REQUIRE_FALSE(failed);
  CHECK(failed.error().code == Code::kInternal);
  CHECK(failed.error().message.find("hunter2") == std::string::npos);
  CHECK(internal == "password=hunter2");
}

TEST_CASE("a miss is looked at once more, and only once, when something was learned") {
  Stage stage;
  const auto learns = GENERATE(true, false);
  const auto miss = GENERATE(std::string("not found"), std::string("reference"), std::string("other"));
  int asked = 0;
  stage.get_lead = [&](const GetLeadRequest& request) -> Result<Lead> {
    if (miss == "reference") return Invalid("/account_id", "REFERENCE_NOT_FOUND", "No such account.");
    if (miss == "other") return Invalid("/account_id", "REQUIRED", "Name it.");
    return NotFound("lead", request.id());
  };
  stage.Start({.learn_of_miss = [&](const Call& call, const Message& request) {
    ++asked;
    CHECK(call.principal.user_id == "usr_1");
    CHECK(static_cast<const GetLeadRequest&>(request).id() == kLead);
    return learns;
  }});
  CHECK_FALSE(stage.Get(stage.Caller()));
  CHECK(asked == (miss == "other" ? 0 : 1));
  CHECK(stage.served == (miss != "other" && learns ? 2 : 1));
}

TEST_CASE("a list that shows nothing is looked at once more; one that shows something is not") {
  Stage stage;
  int listed = 0, asked = 0;
  bool full = false;
  stage.methods.On<crm::v1::ListLeadsRequest, crm::v1::ListLeadsResponse>(
      "continuo.crm.v1.CrmService/ListLeads",
      [&](const Call&, const crm::v1::ListLeadsRequest&) -> Result<crm::v1::ListLeadsResponse> {
        crm::v1::ListLeadsResponse response;
        if (++listed == 2 || full) response.add_data()->set_id(kLead);
        return response;
      });
  stage.Start({.learn_of_miss = [&](const Call&, const Message&) {
    ++asked;
    return true;
  }});
  const auto list = [&] {
    return stage.channels->Ask<crm::v1::ListLeadsResponse>(
        stage.Caller(), "continuo.crm.v1.CrmService/ListLeads", crm::v1::ListLeadsRequest());
  };
  CHECK(list()->data_size() == 1);
  CHECK(listed == 2);
  CHECK(asked == 1);
  full = true;
  CHECK(list()->data_size() == 1);
  CHECK(listed == 3);
  CHECK(asked == 1);
}

TEST_CASE("beyond the queue's end a call is refused at once") {
  Stage stage;
  std::atomic<bool> go = false;
  stage.get_lead = [&](const GetLeadRequest&) -> Result<Lead> {
    while (!go) std::this_thread::yield();
    return Lead();
  };
  stage.Start({.threads = 1, .queue_limit = 1});
  std::vector<std::thread> callers;
  std::atomic<int> unavailable = 0, answered = 0, other = 0;
  for (int i = 0; i < 6; ++i) {
    callers.emplace_back([&] {
      const auto lead = stage.Get(stage.Caller());
      ++(lead ? answered : lead.error().code == Code::kUnavailable ? unavailable : other);
    });
  }
  while (unavailable + other == 0) std::this_thread::yield();
  go = true;
  for (auto& caller : callers) caller.join();
  CHECK(answered >= 1);
  CHECK(other == 0);
}

// A certificate authority with one certificate, made by the machine's own openssl.
struct Certificates {
  std::string directory;
  explicit Certificates(const std::string& name) {
    char path[] = "/tmp/continuo-tls-XXXXXX";
    directory = mkdtemp(path);
    const std::string script =
        "cd " + directory + " && openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=" + name +
        " -keyout ca.key -out ca.pem 2>/dev/null && "
        "openssl req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout key.pem -out r.csr 2>/dev/null && "
        "printf 'subjectAltName=DNS:localhost,IP:127.0.0.1' > san && "
        "openssl x509 -req -in r.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile san "
        "-out cert.pem 2>/dev/null";
    if (std::system(script.c_str()) != 0) throw std::runtime_error("openssl failed");
  }
  ~Certificates() { [[maybe_unused]] const int gone = std::system(("rm -rf " + directory).c_str()); }
  TlsFiles Files() const {
    return {directory + "/cert.pem", directory + "/key.pem", directory + "/ca.pem"};
  }
};

TEST_CASE("mutual TLS: only who has a certificate of our authority is heard") {
  const Certificates ours("ours"), theirs("theirs");
  const std::string port = std::to_string(FreePort());
  const auto ask = [&](TlsFiles client) {
    Stage stage;
    stage.Start({.listen = "127.0.0.1:" + port, .tls = ours.Files()}, "localhost:" + port,
                std::move(client));
    Call call = stage.Caller();
    call.deadline = std::chrono::steady_clock::now() + std::chrono::seconds(2);
    const auto lead = stage.Get(call);
    CHECK(stage.served == (lead ? 1 : 0));
    return lead.has_value();
  };
  CHECK(ask(ours.Files()));
  CHECK_FALSE(ask({}));  // plain text
  CHECK_FALSE(ask(theirs.Files()));
  TlsFiles stranger = theirs.Files();
  stranger.authority = ours.Files().authority;  // trusts us, but we do not trust it
  CHECK_FALSE(ask(stranger));
}

TEST_CASE("a caller waits for a service that is not there yet") {
  Stage stage;
  const std::string address = "127.0.0.1:" + std::to_string(FreePort());
  stage.channels = std::make_unique<Channels>(
      TokenSigner(kSecret), std::map<std::string, std::string>{{"crm", address}}, TlsFiles{});
  Result<Lead> lead = Failure(Fault{});
  std::thread caller([&] { lead = stage.Get(stage.Caller()); });
  // The order is right either way: it starts late, or the caller comes later still.
  stage.server = std::make_unique<Server>(ServerConfig{.service = "crm", .listen = address},
                                          TokenSigner(kSecret), stage.methods);
  caller.join();
  CHECK(lead);
}

std::string BytesOf(const grpc::ByteBuffer& buffer) {
  std::vector<grpc::Slice> slices;
  std::string bytes;
  if (!buffer.Dump(&slices).ok()) return bytes;
  for (const auto& slice : slices) bytes.append(slice.begin(), slice.end());
  return bytes;
}

const std::string& ToolsAddress() {
  static const std::string address = "127.0.0.1:" + std::to_string(FreePort());
  return address;
}

// As any gRPC tool calls: raw bytes, no token.
struct Tool {
  grpc::GenericStub stub;
  grpc::ClientContext context;
  grpc::CompletionQueue queue;

  explicit Tool(const std::string& address)
      : stub(grpc::CreateChannel(address, grpc::InsecureChannelCredentials())) {}
  void Next() {
    void* tag = nullptr;
    bool ok = false;
    queue.Next(&tag, &ok);
  }
  static grpc::ByteBuffer Bytes(const std::string& bytes) {
    const grpc::Slice slice(bytes);
    return grpc::ByteBuffer(&slice, 1);
  }
};

TEST_CASE("gRPC's own health service says whether we serve") {
  Stage stage;
  stage.Start({.listen = ToolsAddress()});
  const bool serving = GENERATE(true, false);
  stage.server->SetServing(serving);
  Tool tool(ToolsAddress());
  auto call = tool.stub.PrepareUnaryCall(&tool.context, "/grpc.health.v1.Health/Check",
                                         Tool::Bytes(""), &tool.queue);
  call->StartCall();
  grpc::ByteBuffer answer;
  grpc::Status status;
  call->Finish(&answer, &status, nullptr);
  tool.Next();
  REQUIRE(status.ok());
  // HealthCheckResponse{status: SERVING = 1, NOT_SERVING = 2}
  CHECK(BytesOf(answer) == (serving ? std::string("\x08\x01") : std::string("\x08\x02")));
}

TEST_CASE("reflection lists our services as ordinary ones") {
  Stage stage;
  stage.Start({.listen = ToolsAddress()});
  Tool tool(ToolsAddress());
  auto call = tool.stub.PrepareCall(
      &tool.context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &tool.queue);
  call->StartCall(nullptr);
  tool.Next();
  call->Write(Tool::Bytes(std::string("\x3a\x01*", 3)), nullptr);  // {list_services: "*"}
  tool.Next();
  grpc::ByteBuffer answer;
  call->Read(&answer, nullptr);
  tool.Next();
  CHECK(BytesOf(answer).find("continuo.crm.v1.CrmService") != std::string::npos);
  tool.context.TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  tool.Next();
}

}  // namespace
}  // namespace continuo::rpc
