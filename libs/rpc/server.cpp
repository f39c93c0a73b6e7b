#include "libs/rpc/server.h"

#include <google/protobuf/io/coded_stream.h>
#include <google/protobuf/io/zero_copy_stream_impl_lite.h>
#include <grpcpp/ext/proto_server_reflection_plugin.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/health_check_service_interface.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/service_type.h>
#include <openssl/sha.h>

#include <fstream>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <sstream>
#include <stdexcept>

#include "libs/json/validate.h"
#include "libs/rpc/byte_buffer.h"
#include "libs/rpc/fault_detail.h"
#include "libs/rpc/metadata.h"
#include "libs/rpc/method_rules.h"
#include "libs/rpc/tls.h"
#include "libs/rpc/worker_pool.h"

namespace continuo::rpc {
namespace {

using Clock = std::chrono::steady_clock;

constexpr char kOverloaded[] = "the server is overloaded";

std::string MetadataValue(const grpc::CallbackServerContext& context, const char* name) {
  const auto found = context.client_metadata().find(name);
  if (found == context.client_metadata().end()) return {};
  return std::string(found->second.data(), found->second.size());
}

// Of the method and the request in its canonical bytes, so that a repeat is recognised whatever the
// order of its JSON members.
std::string Fingerprint(std::string_view path, const Message& request) {
  std::string bytes(path);
  bytes += '\n';
  {
    google::protobuf::io::StringOutputStream stream(&bytes);
    google::protobuf::io::CodedOutputStream coded(&stream);
    coded.SetSerializationDeterministic(true);
    request.SerializeToCodedStream(&coded);
  }
  std::string digest(SHA256_DIGEST_LENGTH, '\0');
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
         reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

Clock::time_point Deadline(const grpc::CallbackServerContext& context) {
  const auto left = context.deadline() - std::chrono::system_clock::now();
  const auto longest = std::chrono::minutes(10);
  return Clock::now() + std::min<std::chrono::nanoseconds>(left, longest);
}

// A thing that is not there, or an id in the body that names none.
bool IsMiss(const Fault& fault) {
  constexpr std::string_view kReference = "REFERENCE_NOT_FOUND";
  if (fault.code == Code::kNotFound || fault.reason == kReference) return true;
  return std::any_of(fault.violations.begin(), fault.violations.end(),
                     [&](const auto& one) { return one.code == kReference; });
}

// A list in which nothing is shown: what its filters name may be the caller's since a moment ago.
bool IsEmptyList(const Message& answer) {
  const auto* data = answer.GetDescriptor()->FindFieldByName("data");
  const auto* has_more = answer.GetDescriptor()->FindFieldByName("has_more");
  if (data == nullptr || has_more == nullptr || !data->is_repeated()) return false;
  return answer.GetReflection()->FieldSize(answer, data) == 0;
}

struct Operation {
  const Methods::Entry* entry;
  MethodRules rules;
};

// What the protos demand of a call before its handler may run.
Result<void> Admit(const MethodRules& rules, const Call& call, bool sandbox) {
  if (rules.sandbox_only && !sandbox) {
    return FailedPrecondition("SANDBOX_ONLY", "This operation exists in sandbox mode only.");
  }
  if (rules.audience == Audience::kInternal && call.principal.service.empty()) {
    return PermissionDenied("PERMISSION_DENIED", "This operation is internal.");
  }
  if (!rules.permission.empty() && !call.Permits(rules.permission)) {
    return PermissionDenied("PERMISSION_DENIED",
                            "This needs the permission " + rules.permission + ".",
                            {{"permission", rules.permission}});
  }
  const bool by_service = !call.principal.service.empty();
  if (rules.idempotency == Idempotency::kRequired && call.idempotency_key.empty() && !by_service) {
    return Failure(Fault{.code = Code::kInvalidArgument,
                         .reason = "IDEMPOTENCY_KEY_MISSING",
                         .message = "Send an Idempotency-Key header with every write."});
  }
  if (rules.if_match == IfMatch::kRequired && !call.if_match && !by_service) {
    return Failure(Fault{.code = Code::kFailedPrecondition,
                         .reason = "PRECONDITION_REQUIRED",
                         .message = "Send the ETag you have read in the If-Match header."});
  }
  return {};
}

}  // namespace

struct Server::Implementation final : LocalServer,
                                      std::enable_shared_from_this<Server::Implementation> {
  // A gRPC service built from descriptors: each method takes and gives raw bytes.
  class DescribedService final : public grpc::Service {
   public:
    void Offer(Implementation& server, const Operation& operation) {
      AddMethod(new grpc::internal::RpcServiceMethod(operation.rules.path.c_str(),
                                                     grpc::internal::RpcMethod::NORMAL_RPC,
                                                     nullptr));
      MarkMethodRawCallback(
          count_++, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
                        [&server, &operation](grpc::CallbackServerContext* context,
                                              const grpc::ByteBuffer* request,
                                              grpc::ByteBuffer* answer) {
                          return server.Serve(context, operation, request, answer);
                        }));
    }

   private:
    int count_ = 0;
  };

  Implementation(ServerConfig config, TokenSigner signer)
      : config(std::move(config)),
        signer(std::move(signer)),
        pool(std::make_unique<WorkerPool>(this->config.threads, this->config.queue_limit)) {}

  void Listen() {
    static std::once_flag plugins;
    std::call_once(plugins, [] {
      grpc::EnableDefaultHealthCheckService(true);
      grpc::reflection::InitProtoReflectionServerBuilderPlugin();
    });
    grpc::ServerBuilder builder;
    for (auto& [name, operation] : operations) {
      auto& service = services[name.substr(0, name.find('/'))];
      if (!service) service = std::make_unique<DescribedService>();
      service->Offer(*this, operation);
    }
    for (auto& [name, service] : services) builder.RegisterService(service.get());
    builder.AddListeningPort(config.listen, ServerCredentials(config.tls));
    builder.SetMaxReceiveMessageSize(64 << 20);
    server = builder.BuildAndStart();
    if (!server) throw std::runtime_error("cannot listen on " + config.listen + " for gRPC");
  }

  // False when the pool is full or gone.
  bool Post(const std::string& caller, WorkerPool::Task task) {
    std::shared_lock lock(pool_mutex);
    return pool != nullptr && pool->Post(caller, std::move(task));
  }

  // What gRPC keeps until the reactor has finished.
  struct GrpcCall {
    grpc::CallbackServerContext* context;
    grpc::ServerUnaryReactor* reactor;
    const Operation* operation;
    const grpc::ByteBuffer* request;
    grpc::ByteBuffer* answer;
    Clock::time_point received;
  };

  grpc::ServerUnaryReactor* Serve(grpc::CallbackServerContext* context, const Operation& operation,
                                  const grpc::ByteBuffer* request, grpc::ByteBuffer* answer) {
    auto* reactor = context->DefaultReactor();
    const auto received = Clock::now();
    AnswerByGrpc(std::make_shared<Call>(ReadCall(*context, operation)),
                 {context, reactor, &operation, request, answer, received});
    return reactor;
  }

  // Now, and once more each time that the call was parked.
  void AnswerByGrpc(std::shared_ptr<Call> call, const GrpcCall& grpc) {
    const std::string caller =
        TokenSigner::ClaimedCaller(MetadataValue(*grpc.context, metadata::kToken));
    const bool queued = Post(caller, [self = shared_from_this(), call, grpc] {
      if (self->AnsweredByGrpc(*call, grpc)) return;
      std::exchange(call->notes->park, nullptr)(
          [self, call, grpc] { self->AnswerByGrpc(call, grpc); });
    });
    if (!queued) grpc.reactor->Finish(grpc::Status(grpc::StatusCode::UNAVAILABLE, kOverloaded));
  }

  void Take(LocalCall local, Message* answer, std::function<void(Result<void>)> done) override {
    const auto found = operations.find(std::string_view(local.call.method).substr(1));
    if (found == operations.end()) {
      return done(Failure(ParseFault(grpc::StatusCode::UNIMPLEMENTED, local.call.method, "")));
    }
    // std::function wants what it holds to be copyable.
    auto taken = std::make_shared<LocalCall>(std::move(local));
    taken->call.principal = Principal{};
    AnswerLocally(taken, found->second, answer, std::move(done), Clock::now());
  }

  void AnswerLocally(const std::shared_ptr<LocalCall>& taken, const Operation& operation,
                     Message* answer, std::function<void(Result<void>)> done,
                     Clock::time_point received) {
    const std::string caller = TokenSigner::ClaimedCaller(taken->token);
    const bool queued = Post(caller, [self = shared_from_this(), taken, answer, done, &operation,
                                      received] {
      Result<void> result = self->Answer(taken->call, operation, taken->token,
                                         [&taken] { return taken->request.get(); }, *answer,
                                         received);
      auto park = std::exchange(taken->call.notes->park, nullptr);
      if (!park) return done(std::move(result));
      answer->Clear();
      park([self, taken, answer, done, &operation, received] {
        self->AnswerLocally(taken, operation, answer, done, received);
      });
    });
    if (!queued) done(Failure(ParseFault(grpc::StatusCode::UNAVAILABLE, kOverloaded, "")));
  }

  Call ReadCall(const grpc::CallbackServerContext& context, const Operation& operation) {
    Call call;
    call.method = operation.rules.path;
    call.request_id = MetadataValue(context, metadata::kRequestId);
    call.traceparent = MetadataValue(context, metadata::kTraceparent);
    call.idempotency_key = MetadataValue(context, metadata::kIdempotencyKey);
    call.causation = MetadataValue(context, metadata::kCausation);
    const auto if_match = context.client_metadata().find(metadata::kIfMatch);
    if (if_match != context.client_metadata().end()) {
      call.if_match = std::string(if_match->second.data(), if_match->second.size());
    }
    call.deadline = Deadline(context);
    return call;
  }

  // The request is read when the caller is known to be allowed to send it; null: it cannot be read.
  using ReadRequest = std::function<const Message*()>;

  Result<void> Run(Call& call, const Operation& operation, const std::string& token,
                   const ReadRequest& read, Message& answer) {
    if (operation.rules.audience == Audience::kPublic) {
      call.principal = Principal{};
    } else {
      ASSIGN_OR_RETURN(call.principal, signer.Verify(token, config.service));
    }
    RETURN_IF_FAULT(Admit(operation.rules, call, config.sandbox));
    const Message* request = read();
    if (request == nullptr) return Internal("The request's bytes cannot be read.");
    if (auto violations = json::Validate(*request); !violations.empty()) {
      return Invalid(std::move(violations));
    }
    // Only a key makes a repeat.
    if (!call.idempotency_key.empty()) {
      call.fingerprint = Fingerprint(operation.rules.path, *request);
    }
    Result<void> result = operation.entry->handler(call, *request, answer);
    const bool missed = result ? IsEmptyList(answer) && !call.notes->park : IsMiss(result.error());
    if (!missed || !config.learn_of_miss || !config.learn_of_miss(call, *request)) return result;
    answer.Clear();
    return operation.entry->handler(call, *request, answer);
  }

  // One call, on a thread of the pool.
  Result<void> Answer(Call& call, const Operation& operation, const std::string& token,
                      const ReadRequest& read, Message& answer, Clock::time_point received) {
    std::string internal;
    Result<void> result;
    try {
      result = Run(call, operation, token, read, answer);
    } catch (const std::exception& error) {
      internal = error.what();
      result = Internal("An error on our side. Quote the request id if it persists.");
    } catch (...) {
      internal = "an exception that is no std::exception";
      result = Internal("An error on our side. Quote the request id if it persists.");
    }
    if (config.observe && !call.notes->park) {
      config.observe({call, operation.rules.action, result ? nullptr : &result.error(), internal,
                      Clock::now() - received});
    }
    return result;
  }

  // False: it was parked.
  bool AnsweredByGrpc(Call& call, const GrpcCall& grpc) {
    const auto& [context, reactor, operation_pointer, bytes, out, received] = grpc;
    const Operation& operation = *operation_pointer;
    auto* factory = google::protobuf::MessageFactory::generated_factory();
    const auto& descriptor = *operation.entry->descriptor;
    std::unique_ptr<Message> request(factory->GetPrototype(descriptor.input_type())->New());
    std::unique_ptr<Message> answer(factory->GetPrototype(descriptor.output_type())->New());
    const ReadRequest read = [&] {
      return FromBuffer(*bytes, request.get()) ? request.get() : nullptr;
    };
    const Result<void> result = Answer(call, operation, MetadataValue(*context, metadata::kToken),
                                       read, *answer, received);
    if (call.notes->park) return false;
    if (!result) {
      const Fault& fault = result.error();
      reactor->Finish(grpc::Status(static_cast<grpc::StatusCode>(fault.code), fault.reason,
                                   SerialiseFault(fault)));
      return true;
    }
    if (call.notes->replayed) context->AddTrailingMetadata(metadata::kReplayed, "true");
    reactor->Finish(ToBuffer(*answer, out));
    return true;
  }

  ServerConfig config;
  TokenSigner signer;
  std::shared_mutex pool_mutex;
  std::unique_ptr<WorkerPool> pool;  // none after Shutdown
  // Stable addresses: handlers keep references.
  std::map<std::string, Operation, std::less<>> operations;
  std::map<std::string, std::unique_ptr<DescribedService>> services;
  std::unique_ptr<grpc::Server> server;
};

Server::Server(ServerConfig config, TokenSigner signer, const Methods& methods)
    : implementation_(std::make_shared<Implementation>(std::move(config), std::move(signer))) {
  auto& self = *implementation_;
  for (const auto& [name, entry] : methods.entries()) {
    self.operations[name] = {&entry, RulesOf(*entry.descriptor)};
  }
  if (!self.config.listen.empty()) self.Listen();
}

Server::~Server() {
  Shutdown(std::chrono::system_clock::now());
}

std::shared_ptr<LocalServer> Server::Local() { return implementation_; }

void Server::SetServing(bool serving) {
  auto& server = implementation_->server;
  if (server == nullptr) return;
  if (auto* health = server->GetHealthCheckService()) health->SetServingStatus(serving);
}

void Server::Shutdown(std::chrono::system_clock::time_point deadline) {
  auto& self = *implementation_;
  if (self.server) self.server->Shutdown(deadline);
  std::unique_ptr<WorkerPool> ending;
  {
    const std::unique_lock lock(self.pool_mutex);
    ending = std::move(self.pool);
  }
  ending.reset();
  self.server.reset();
}

}  // namespace continuo::rpc
