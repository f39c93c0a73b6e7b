// The ways to every service: directly where it runs in this process, gRPC over TCP otherwise.
//
// One object serves the gateway (asynchronous, from its I/O threads) and the services (blocking,
// through the Peers interface). Each call is signed for its callee alone.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "libs/rpc/peers.h"
#include "libs/rpc/server.h"
#include "libs/rpc/token.h"

namespace google::protobuf {
class MethodDescriptor;
}
namespace grpc {
class Channel;
}

namespace continuo::rpc {

class Channels final : public Peers {
 public:
  // `targets`: service -> "host:port" for those that run elsewhere.
  Channels(TokenSigner signer, std::map<std::string, std::string> targets, TlsFiles tls);
  ~Channels() override;

  // Before the first call.
  void AddLocal(const std::string& service, std::shared_ptr<LocalServer> server);

  Result<void> AskMessageAt(const std::string& service, const Call& call,
                            const std::string& method, const google::protobuf::Message& request,
                            google::protobuf::Message& answer) override;
  std::vector<std::string> services() const override;

  // Calls `done` on a thread of gRPC's or the callee's, which it must not block; `request` may go
  // away at once, `answer` must stay.
  // call.notes->replayed tells whether the answer is a stored one.
  void Start(const std::string& service, const std::string& path, const Call& call,
             const google::protobuf::Message& request, google::protobuf::Message* answer,
             std::function<void(Result<void>)> done);

  // Cancels the calls to other processes that are under way and all that come later, and returns
  // when the `done` of each has run: what they touch may go away then.
  void End();

 private:
  struct Exchange;
  struct Pending;
  std::shared_ptr<LocalServer> LocalOf(const std::string& service) const;
  std::shared_ptr<grpc::Channel> ChannelTo(const std::string& service);
  std::unique_ptr<Exchange> Prepare(const std::string& service, const Call& call,
                                    const google::protobuf::Message& request);

  TokenSigner signer_;
  std::map<std::string, std::string> targets_;
  TlsFiles tls_;
  mutable std::mutex mutex_;
  std::shared_ptr<Pending> pending_;
  std::map<std::string, std::shared_ptr<LocalServer>> locals_;
  std::map<std::string, std::shared_ptr<grpc::Channel>> channels_;
};

}  // namespace continuo::rpc
