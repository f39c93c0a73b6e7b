#include "services/directory/app/peer_progress.h"

#include "continuo/runtime/v1/runtime_service.pb.h"
#include "libs/rpc/peers.h"
#include "services/directory/app/app.h"
#include "services/directory/app/resource.h"

namespace continuo::directory::app {
namespace {

template <class Positions>
std::map<domain::Stream, int64_t> ReadPositions(const Positions& positions) {
  std::map<domain::Stream, int64_t> read;
  for (const auto& position : positions) {
    read[{position.topic(), position.partition()}] = position.seq();
  }
  return read;
}

}  // namespace

domain::ServiceProgress ReadProgress(const runtime::v1::Progress& progress) {
  domain::ServiceProgress read{.service = progress.service(),
                               .emitted = ReadPositions(progress.emitted()),
                               .consumed = ReadPositions(progress.consumed()),
                               .topics = {progress.topics().begin(), progress.topics().end()},
                               .unstamped = progress.unstamped(),
                               .waiting = progress.waiting(),
                               .parked = progress.parked(),
                               .jobs_running = progress.jobs_running(),
                               .clock = ToInstant(progress.clock())};
  if (progress.has_next_due_at()) read.next_due_at = ToInstant(progress.next_due_at());
  return read;
}

domain::Pass AskAll(const App& app, const rpc::Call& call) {
  domain::Pass pass;
  for (const std::string& service : app.peers.services()) {
    const auto answer = app.peers.AskAt<runtime::v1::Progress>(
        service, call, kGetProgress, runtime::v1::GetProgressRequest());
    if (answer) {
      pass.push_back(ReadProgress(*answer));
    } else {
      pass.push_back({.service = service, .answers = false});
    }
  }
  return pass;
}

}  // namespace continuo::directory::app
