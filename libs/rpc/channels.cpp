#include "libs/rpc/channels.h"

#include <google/protobuf/message.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <future>
#include <optional>
#include <set>

#include "libs/rpc/byte_buffer.h"
#include "libs/rpc/fault_detail.h"
#include "libs/rpc/metadata.h"
#include "libs/rpc/tls.h"

namespace continuo::rpc {

// Everything that must live until a call is answered.
struct Channels::Exchange {
  explicit Exchange(std::shared_ptr<grpc::Channel> channel) : stub(std::move(channel)) {}

  grpc::ClientContext context;
  grpc::GenericStub stub;
  grpc::ByteBuffer request, answer;
  std::shared_ptr<CallNotes> notes;

  Result<void> Finish(const grpc::Status& status, google::protobuf::Message* out) {
    if (!status.ok()) {
      return Failure(ParseFault(status.error_code(), status.error_message(),
                                status.error_details()));
    }
    notes->replayed = context.GetServerTrailingMetadata().contains(metadata::kReplayed);
    if (!FromBuffer(answer, out)) return Internal("The answer's bytes cannot be read.");
    return {};
  }
};

// The calls that gRPC has not answered yet, given up by their callers or not.
struct Channels::Pending {
  std::mutex mutex;
  std::condition_variable changed;
  std::set<Exchange*> exchanges;
  bool ended = false;

  void Add(Exchange* exchange) {
    std::lock_guard lock(mutex);
    exchanges.insert(exchange);
    if (ended) exchange->context.TryCancel();
  }
  void Delete(Exchange* exchange) {
    std::lock_guard lock(mutex);
    exchanges.erase(exchange);
    delete exchange;
    changed.notify_all();
  }
  void CancelAll() {
    std::unique_lock lock(mutex);
    ended = true;
    for (Exchange* exchange : exchanges) exchange->context.TryCancel();
    changed.wait(lock, [this] { return exchanges.empty(); });
  }
};

Channels::Channels(TokenSigner signer, std::map<std::string, std::string> targets, TlsFiles tls)
    : signer_(std::move(signer)),
      targets_(std::move(targets)),
      tls_(std::move(tls)),
      pending_(std::make_shared<Pending>()) {}

// gRPC 1.51 breaks when one of its own threads lets go of the last channel: it then destroys the
// queue that it is itself reading. So no call outlives us, and the channels end here.
Channels::~Channels() {
  End();
}

void Channels::End() {
  pending_->CancelAll();
}

void Channels::AddLocal(const std::string& service, std::shared_ptr<LocalServer> server) {
  std::lock_guard lock(mutex_);
  locals_[service] = std::move(server);
}

std::shared_ptr<LocalServer> Channels::LocalOf(const std::string& service) const {
  std::lock_guard lock(mutex_);
  const auto found = locals_.find(service);
  return found == locals_.end() ? nullptr : found->second;
}

std::vector<std::string> Channels::services() const {
  std::lock_guard lock(mutex_);
  std::vector<std::string> names;
  for (const auto& [name, server] : locals_) names.push_back(name);
  for (const auto& [name, target] : targets_) {
    if (!locals_.contains(name)) names.push_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::shared_ptr<grpc::Channel> Channels::ChannelTo(const std::string& service) {
  std::lock_guard lock(mutex_);
  auto& channel = channels_[service];
  if (channel) return channel;
  const auto target = targets_.find(service);
  if (target == targets_.end()) {
    channels_.erase(service);
    return nullptr;
  }
  grpc::ChannelArguments arguments;
  arguments.SetLoadBalancingPolicyName("round_robin");
  arguments.SetMaxReceiveMessageSize(64 << 20);
  // A peer that is being restarted is found again within a second or so.
  arguments.SetInt(GRPC_ARG_INITIAL_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MIN_RECONNECT_BACKOFF_MS, 100);
  arguments.SetInt(GRPC_ARG_MAX_RECONNECT_BACKOFF_MS, 1000);
  channel = grpc::CreateCustomChannel(target->second, ChannelCredentials(tls_), arguments);
  return channel;
}

std::unique_ptr<Channels::Exchange> Channels::Prepare(const std::string& service, const Call& call,
                                                      const google::protobuf::Message& request) {
  auto channel = ChannelTo(service);
  if (!channel) return nullptr;
  auto exchange = std::make_unique<Exchange>(std::move(channel));
  auto& context = exchange->context;
  const auto left = call.deadline - std::chrono::steady_clock::now();
  context.set_deadline(std::chrono::system_clock::now() +
                       std::chrono::duration_cast<std::chrono::microseconds>(left));
  // A service that is started before its peers waits for them, within the call's deadline.
  context.set_wait_for_ready(true);
  context.AddMetadata(metadata::kToken, signer_.Sign(call.principal, service));
  if (!call.request_id.empty()) context.AddMetadata(metadata::kRequestId, call.request_id);
  if (!call.traceparent.empty()) context.AddMetadata(metadata::kTraceparent, call.traceparent);
  if (!call.causation.empty()) context.AddMetadata(metadata::kCausation, call.causation);
  if (!call.idempotency_key.empty()) {
    context.AddMetadata(metadata::kIdempotencyKey, call.idempotency_key);
  }
  if (call.if_match) context.AddMetadata(metadata::kIfMatch, *call.if_match);
  exchange->notes = call.notes;
  ToBuffer(request, &exchange->request);
  return exchange;
}

void Channels::Start(const std::string& service, const std::string& path, const Call& call,
                     const google::protobuf::Message& request, google::protobuf::Message* answer,
                     std::function<void(Result<void>)> done) {
  if (const auto local = LocalOf(service)) {
    LocalCall taken{.token = signer_.Sign(call.principal, service), .call = call};
    taken.call.method = path;
    taken.call.work = {};
    taken.request.reset(request.New());
    taken.request->CopyFrom(request);
    return local->Take(std::move(taken), answer, std::move(done));
  }
  auto prepared = Prepare(service, call, request);
  if (!prepared) {
    done(Unavailable("UNAVAILABLE", "The service " + service + " is not part of this deployment."));
    return;
  }
  auto* exchange = prepared.release();
  pending_->Add(exchange);
  exchange->stub.UnaryCall(&exchange->context, path, grpc::StubOptions(), &exchange->request,
                           &exchange->answer,
                           [pending = pending_, exchange, answer,
                            done = std::move(done)](grpc::Status status) {
                             done(exchange->Finish(status, answer));
                             pending->Delete(exchange);
                           });
}

Result<void> Channels::AskMessageAt(const std::string& service, const Call& call,
                                    const std::string& method,
                                    const google::protobuf::Message& request,
                                    google::protobuf::Message& answer) {
  // The key and the precondition belong to the caller's own command, not to what it asks others.
  Call inner = call;
  inner.idempotency_key.clear();
  inner.if_match.reset();
  inner.notes = std::make_shared<CallNotes>();
  struct Asked {
    std::unique_ptr<google::protobuf::Message> answer;
    std::promise<Result<void>> outcome;
  };
  // Outlives us when we give up: two services whose threads all wait for each other end so.
  auto asked = std::make_shared<Asked>();
  asked->answer.reset(answer.New());
  auto outcome = asked->outcome.get_future();
  Start(service, "/" + method, inner, request, asked->answer.get(),
        [asked](Result<void> result) { asked->outcome.set_value(std::move(result)); });
  if (outcome.wait_until(call.deadline) == std::future_status::timeout) {
    return Failure(
        ParseFault(grpc::StatusCode::DEADLINE_EXCEEDED, service + " did not answer", ""));
  }
  RETURN_IF_FAULT(outcome.get());
  answer.GetReflection()->Swap(&answer, asked->answer.get());
  return {};
}

}  // namespace continuo::rpc
