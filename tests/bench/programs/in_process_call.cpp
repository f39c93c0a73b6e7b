// What a call between two services of one process costs at least: gRPC's in-process channel, raw
// bytes, a handler that answers at once.
//
//   continuo_bench_in_process_call SECONDS CALLS_AT_ONCE REQUEST_BYTES ANSWER_BYTES
//   prints calls per second
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <grpcpp/impl/codegen/server_callback_handlers.h>
#include <grpcpp/impl/service_type.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <thread>

namespace {

constexpr char kPath[] = "/bench.Echo/Answer";

grpc::ByteBuffer Bytes(size_t size) {
  const grpc::Slice slice(std::string(size, 'x'));
  return grpc::ByteBuffer(&slice, 1);
}

class Echo final : public grpc::Service {
 public:
  explicit Echo(size_t answer_bytes) : answer_(Bytes(answer_bytes)) {
    AddMethod(new grpc::internal::RpcServiceMethod(kPath, grpc::internal::RpcMethod::NORMAL_RPC,
                                                   nullptr));
    MarkMethodRawCallback(
        0, new grpc::internal::CallbackUnaryHandler<grpc::ByteBuffer, grpc::ByteBuffer>(
               [this](grpc::CallbackServerContext* context, const grpc::ByteBuffer*,
                      grpc::ByteBuffer* answer) {
                 *answer = answer_;
                 auto* reactor = context->DefaultReactor();
                 reactor->Finish(grpc::Status::OK);
                 return reactor;
               }));
  }

 private:
  const grpc::ByteBuffer answer_;
};

// Calls one after the other, until told to stop.
class Caller {
 public:
  Caller(std::shared_ptr<grpc::Channel> channel, size_t request_bytes)
      : stub_(std::move(channel)), request_bytes_(Bytes(request_bytes)) {}

  void Next() {
    context_ = std::make_unique<grpc::ClientContext>();
    request_ = request_bytes_;
    answer_.Clear();
    stub_.UnaryCall(context_.get(), kPath, grpc::StubOptions(), &request_, &answer_,
                    [this](const grpc::Status& status) { Answered(status); });
  }
  void Stop() { stopping_ = true; }
  bool stopped() const { return stopped_; }
  int64_t calls() const { return calls_; }

 private:
  void Answered(const grpc::Status& status) {
    if (!status.ok()) {
      std::fprintf(stderr, "a call failed: %s\n", status.error_message().c_str());
      std::abort();
    }
    ++calls_;
    if (stopping_) {
      stopped_ = true;
      return;
    }
    Next();
  }

  grpc::GenericStub stub_;
  const grpc::ByteBuffer request_bytes_;
  grpc::ByteBuffer request_, answer_;
  std::unique_ptr<grpc::ClientContext> context_;
  std::atomic<int64_t> calls_{0};
  std::atomic<bool> stopping_{false}, stopped_{false};
};

int64_t Total(const std::vector<std::unique_ptr<Caller>>& callers) {
  int64_t total = 0;
  for (const auto& caller : callers) total += caller->calls();
  return total;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr, "usage: %s SECONDS CALLS_AT_ONCE REQUEST_BYTES ANSWER_BYTES\n", argv[0]);
    return 2;
  }
  const double seconds = std::atof(argv[1]);
  Echo echo(std::strtoul(argv[4], nullptr, 10));
  grpc::ServerBuilder builder;
  builder.RegisterService(&echo);
  const auto server = builder.BuildAndStart();
  const auto channel = server->InProcessChannel(grpc::ChannelArguments());
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < std::atoi(argv[2]); ++i) {
    callers.push_back(std::make_unique<Caller>(channel, std::strtoul(argv[3], nullptr, 10)));
  }
  for (auto& caller : callers) caller->Next();
  std::this_thread::sleep_for(std::chrono::milliseconds(200));  // warm
  const int64_t before = Total(callers);
  const auto began = std::chrono::steady_clock::now();
  std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
  const int64_t calls = Total(callers) - before;
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  std::printf("%.0f\n", static_cast<double>(calls) / took.count());
  for (auto& caller : callers) caller->Stop();
  for (auto& caller : callers) {
    while (!caller->stopped()) std::this_thread::yield();
  }
  server->Shutdown();
  return 0;
}
