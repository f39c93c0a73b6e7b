// One client's connection: its state, its buffers and its deadlines.
//
// Lives on one I/O thread, which calls it when its socket is ready, when a handler has posted to it,
// and on every tick. It closes its socket when destroyed; it only marks itself as closed, so that
// no call ever returns into a destroyed connection. It knows no event loop: the descriptor is
// registered once, edge-triggered, so it reads and writes until the kernel has no more.
// Private to libs/http.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>

#include "libs/http/mailbox.h"
#include "libs/http/request_parser.h"
#include "libs/http/server.h"

namespace continuo::http {

using Instant = std::chrono::steady_clock::time_point;

// What all connections of a server share.
struct Edge {
  ServerOptions options;
  std::atomic<size_t> connections = 0;
  std::atomic<size_t> requests = 0;  // in handlers
  std::atomic<size_t> memory_bytes = 0;
  std::atomic<uint64_t> last_exchange = 0;
  std::atomic<bool> draining = false;
  std::mutex mutex;
  std::condition_variable connection_closed;
};

class Connection {
 public:
  Connection(int fd, std::string peer, Edge& edge, std::shared_ptr<Mailbox> mailbox, Instant now);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void OnReady(Instant now);
  // Only called when command.exchange is exchange().
  void OnCommand(Command command, Instant now);
  // Whether a deadline has passed. Ten thousand quiet connections are asked this on every tick.
  bool IsDue(Instant now) const {
    return now >= deadline_ || (!output_.empty() && now >= stall_deadline_);
  }
  void OnTick(Instant now);
  void OnDrain(Instant now);

  // Of the request that is being handled; 0 when there is none.
  uint64_t exchange() const { return exchange_; }
  bool closed() const { return closed_; }

 private:
  enum class State {
    kHead,       // between requests, or reading a head
    kBody,       // reading a body
    kHandling,   // waiting for the answer
    kDelayed,    // the answer is here, and waits for its time
    kStreaming,  // the answer comes in pieces
    kLinger,     // answered, closing: what the client still sends is thrown away
  };
  // Bytes on their way out, and how many of them the handler's Flow is to be told of.
  struct Piece {
    std::string bytes;
    size_t flow_bytes = 0;
  };

  bool MayParse() const;
  bool WantsInput() const;
  void Work();
  void Read();
  bool Parse();
  void OnHead();
  void RewardBody();
  void Dispatch();
  void Refuse(const char* code);
  void SendWhole(Response response);
  void Delay(Response response, std::chrono::milliseconds delay);
  void BeginStream(Response head);
  void SendPiece(std::string piece);
  void EndStream();
  void FinishExchange();
  void EndExchange();
  void Queue(std::string bytes, size_t flow_bytes = 0);
  void Flush();
  void TakeSent(size_t bytes);
  void StartLinger();
  void Close();
  bool IsIdle() const;
  void OnDeadline();
  void AccountMemory();

  const int fd_;
  const std::string peer_;
  Edge& edge_;
  const Limits& limits_;
  std::shared_ptr<Mailbox> mailbox_;
  Instant now_;

  State state_ = State::kHead;
  bool closed_ = false;
  bool keep_alive_ = true;
  bool close_when_sent_ = false;
  bool input_ended_ = false;
  bool readable_ = false;  // the kernel may hold input that was not read

  std::string input_;
  size_t parsed_ = 0;  // bytes of input_ that are used up
  RequestParser parser_;
  bool is_head_request_ = false;
  bool is_http11_ = true;
  bool drops_body_ = false;         // of the stream: its response has none
  size_t request_body_bytes_ = 0;   // of the request in the handler

  uint64_t exchange_ = 0;
  std::shared_ptr<Flow> flow_;
  std::unique_ptr<Response> delayed_;
  std::deque<Piece> output_;
  size_t sent_of_first_ = 0;
  size_t unsent_bytes_ = 0;

  Instant deadline_;        // of the state
  Instant stall_deadline_;  // of the output, when there is some
  size_t rewarded_body_bytes_ = 0;
  size_t accounted_bytes_ = 0;
};

}  // namespace continuo::http
