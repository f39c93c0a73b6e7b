#include "libs/http/connection.h"

#include <fmt/format.h>
#include <spdlog/spdlog.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <utility>

#include "libs/http/problem.h"
#include "libs/http/response_writer.h"

namespace continuo::http {
namespace {

constexpr size_t kReadBytes = 16 * 1024;
constexpr int kReadsPerTurn = 64;
constexpr size_t kPiecesPerWrite = 16;
// A buffer larger than this is given back when nothing is in it.
constexpr size_t kKeptInputBytes = 1024;

}  // namespace

Connection::Connection(int fd, std::string peer, Edge& edge, std::shared_ptr<Mailbox> mailbox,
                       Instant now)
    : fd_(fd),
      peer_(std::move(peer)),
      edge_(edge),
      limits_(edge.options.limits),
      mailbox_(std::move(mailbox)),
      now_(now),
      parser_(limits_),
      deadline_(now + limits_.head) {}

Connection::~Connection() {
  EndExchange();
  edge_.memory_bytes -= accounted_bytes_;
  ::close(fd_);
  {
    std::lock_guard lock(edge_.mutex);
    --edge_.connections;
  }
  edge_.connection_closed.notify_all();
}

void Connection::OnReady(Instant now) {
  now_ = now;
  readable_ = true;
  Work();
}

void Connection::OnCommand(Command command, Instant now) {
  now_ = now;
  bool streaming = state_ == State::kStreaming;
  switch (command.kind) {
    case Command::kSend:
      if (!streaming) SendWhole(std::move(command.response));
      break;
    case Command::kSendAfter:
      if (!streaming) Delay(std::move(command.response), command.delay);
      break;
    case Command::kBegin:
      if (!streaming) BeginStream(std::move(command.response));
      break;
    case Command::kPiece:
      if (streaming) SendPiece(std::move(command.response.body));
      break;
    case Command::kEnd:
      if (streaming) EndStream();
      break;
    case Command::kAbandon:
      Refuse("INTERNAL");
      break;
    case Command::kDrain:
    case Command::kContinue:
      break;  // not for an exchange
  }
  Work();
}

void Connection::OnTick(Instant now) {
  now_ = now;
  if (!output_.empty() && now >= stall_deadline_) return Close();
  if (edge_.draining && IsIdle()) return Close();
  if (now >= deadline_) OnDeadline();
  if (!closed_) Work();
}

void Connection::OnDrain(Instant now) {
  now_ = now;
  if (IsIdle()) Close();
}

bool Connection::IsIdle() const {
  return state_ == State::kHead && input_.empty() && output_.empty();
}

void Connection::OnDeadline() {
  switch (state_) {
    case State::kHead:
      if (!output_.empty()) return;  // the stall deadline watches over it
      if (input_.empty()) return Close();
      return Refuse("REQUEST_TIMEOUT");
    case State::kBody:
      return Refuse("REQUEST_TIMEOUT");
    case State::kHandling:
      return Refuse("DEADLINE_EXCEEDED");
    case State::kDelayed:
      return SendWhole(std::move(*std::exchange(delayed_, nullptr)));
    case State::kStreaming:
      if (output_.empty()) Close();
      return;
    case State::kLinger:
      return Close();
  }
}

// --- in ------------------------------------------------------------------------------------------

// The next request waits until the client has taken most of the answers before it.
bool Connection::MayParse() const {
  bool reading = state_ == State::kHead || state_ == State::kBody;
  return reading && !close_when_sent_ && unsent_bytes_ < limits_.unsent_bytes;
}

bool Connection::WantsInput() const {
  if (input_ended_) return false;
  return state_ == State::kLinger || MayParse() || input_.size() < limits_.head_bytes;
}

// Does everything that can be done now: parses, sends, reads, until the kernel or a handler has to
// go first. After a while it lets the other connections of the thread have their turn.
void Connection::Work() {
  for (int reads = 0; !closed_;) {
    bool starved = Parse();
    Flush();
    if (closed_) break;
    if (!starved && MayParse()) continue;  // the client took enough of the answers before
    if (starved && input_ended_) {  // every whole request is answered, and no other can come
      close_when_sent_ = true;
      continue;
    }
    if (!readable_ || !WantsInput()) break;
    if (++reads > kReadsPerTurn) {
      mailbox_->Post({.kind = Command::kContinue, .fd = fd_});
      break;
    }
    Read();
  }
  AccountMemory();
}

void Connection::Read() {
  std::array<char, kReadBytes> buffer;
  ssize_t count = ::recv(fd_, buffer.data(), buffer.size(), 0);
  if (count > 0) {
    if (state_ == State::kLinger) return;
    if (state_ == State::kHead && input_.empty()) deadline_ = now_ + limits_.head;
    input_.append(buffer.data(), static_cast<size_t>(count));
    return;
  }
  if (count < 0 && errno == EINTR) return;
  readable_ = false;
  if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
  if (count < 0 || state_ == State::kLinger) return Close();
  // The client may have closed only its side, and still wait for the answers.
  input_ended_ = true;
}

// True when it stopped for want of input.
bool Connection::Parse() {
  bool starved = false;
  while (!starved && !closed_ && MayParse()) {
    std::string_view bytes = std::string_view(input_).substr(parsed_);
    if (state_ == State::kHead && bytes.empty()) {
      starved = true;
      break;
    }
    size_t taken = 0;
    RequestParser::Progress progress = parser_.Parse(bytes, &taken);
    parsed_ += taken;
    if (progress == RequestParser::kMore) {
      starved = true;
      if (state_ == State::kBody) RewardBody();
    }
    if (progress == RequestParser::kHead) OnHead();
    if (progress == RequestParser::kDone) Dispatch();
    if (progress == RequestParser::kRefused) Refuse(parser_.refusal());
  }
  input_.erase(0, parsed_);
  parsed_ = 0;
  return starved && MayParse();
}

void Connection::OnHead() {
  const Request& request = parser_.request();
  is_head_request_ = request.method == "HEAD";
  is_http11_ = parser_.is_http11();
  keep_alive_ = parser_.keep_alive();
  const auto& body_limit = edge_.options.body_limit;
  parser_.LimitBody(body_limit ? body_limit(request.method, request.path) : limits_.body_bytes);
  if (parser_.refusal() != nullptr) return Refuse(parser_.refusal());
  if (edge_.memory_bytes > limits_.memory_bytes) return Refuse("UNAVAILABLE");
  state_ = State::kBody;
  deadline_ = now_ + limits_.body;
  rewarded_body_bytes_ = 0;
  if (parser_.expects_continue() && parsed_ == input_.size()) {
    Queue("HTTP/1.1 100 Continue\r\n\r\n");
  }
}

void Connection::RewardBody() {
  if (edge_.memory_bytes > limits_.memory_bytes) return Refuse("UNAVAILABLE");
  size_t seconds = (parser_.body_bytes() - rewarded_body_bytes_) / limits_.body_bytes_per_second;
  rewarded_body_bytes_ += seconds * limits_.body_bytes_per_second;
  deadline_ += std::chrono::seconds(seconds);
}

void Connection::Dispatch() {
  Request request = parser_.TakeRequest();
  parser_ = RequestParser(limits_);
  if (edge_.requests.fetch_add(1) >= limits_.requests) {
    --edge_.requests;
    return Refuse("UNAVAILABLE");
  }
  request.peer = peer_;
  request_body_bytes_ = request.body.capacity();
  state_ = State::kHandling;
  deadline_ = now_ + limits_.handler;
  exchange_ = ++edge_.last_exchange;
  flow_ = std::make_shared<Flow>(limits_.unsent_bytes);
  try {
    edge_.options.handler(std::move(request), Responder(mailbox_, fd_, exchange_, flow_));
  } catch (const std::exception& exception) {  // the responder has answered when it was destroyed
    spdlog::error("an HTTP handler threw: {}", exception.what());
  } catch (...) {
    spdlog::error("an HTTP handler threw something that is no std::exception");
  }
}

// --- out -----------------------------------------------------------------------------------------

// Answers with a problem and closes: what the client sends after a refused request means nothing.
void Connection::Refuse(const char* code) {
  if (state_ == State::kStreaming) return Close();  // half an answer is out already
  Response problem = RenderProblem(code, NewRequestId());
  parser_ = RequestParser(limits_);  // what came of a body is given back before the client leaves
  keep_alive_ = false;
  SendWhole(std::move(problem));
}

void Connection::SendWhole(Response response) {
  if (edge_.draining) keep_alive_ = false;
  Queue(FormatHead(response, {.body_bytes = response.body.size(),
                              .keep_alive = keep_alive_,
                              .is_http11 = is_http11_}));
  if (!is_head_request_ && MayHaveBody(response.status)) Queue(std::move(response.body));
  FinishExchange();
}

// The handler is done, so another request may have its place.
void Connection::Delay(Response response, std::chrono::milliseconds delay) {
  EndExchange();
  delayed_ = std::make_unique<Response>(std::move(response));
  state_ = State::kDelayed;
  deadline_ = now_ + delay;
}

void Connection::BeginStream(Response head) {
  if (!is_http11_ || edge_.draining) keep_alive_ = false;
  state_ = State::kStreaming;
  deadline_ = now_ + limits_.handler;
  drops_body_ = is_head_request_ || !MayHaveBody(head.status);
  Queue(FormatHead(head, {.framing = is_http11_ ? Framing::kChunked : Framing::kUntilClose,
                          .keep_alive = keep_alive_,
                          .is_http11 = is_http11_}));
}

void Connection::SendPiece(std::string piece) {
  deadline_ = now_ + limits_.handler;
  size_t size = piece.size();
  if (drops_body_) return flow_->Sent(size);
  if (is_http11_) Queue(fmt::format("{:x}\r\n", size));
  Queue(std::move(piece), size);
  if (is_http11_) Queue("\r\n");
}

void Connection::EndStream() {
  if (is_http11_ && !drops_body_) Queue("0\r\n\r\n");
  FinishExchange();
}

void Connection::FinishExchange() {
  EndExchange();
  is_head_request_ = false;
  state_ = State::kHead;
  close_when_sent_ = !keep_alive_;
  deadline_ = now_ + (input_.empty() ? limits_.idle : limits_.head);
}

void Connection::EndExchange() {
  if (exchange_ == 0) return;
  exchange_ = 0;
  request_body_bytes_ = 0;
  --edge_.requests;
  std::exchange(flow_, nullptr)->Die();
}

void Connection::Queue(std::string bytes, size_t flow_bytes) {
  if (bytes.empty()) return;
  if (output_.empty()) stall_deadline_ = now_ + limits_.stall;
  unsent_bytes_ += bytes.size();
  output_.push_back({std::move(bytes), flow_bytes});
}

void Connection::Flush() {
  while (!output_.empty()) {
    std::array<iovec, kPiecesPerWrite> pieces;
    size_t count = 0;
    for (Piece& piece : output_) {
      if (count == pieces.size()) break;
      size_t skip = count == 0 ? sent_of_first_ : 0;
      pieces[count++] = {piece.bytes.data() + skip, piece.bytes.size() - skip};
    }
    msghdr message{};
    message.msg_iov = pieces.data();
    message.msg_iovlen = count;
    ssize_t sent = ::sendmsg(fd_, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return;
    if (sent < 0) return Close();
    TakeSent(static_cast<size_t>(sent));
  }
  if (close_when_sent_ && state_ != State::kLinger) StartLinger();
}

void Connection::TakeSent(size_t bytes) {
  stall_deadline_ = now_ + limits_.stall;
  if (state_ == State::kStreaming) deadline_ = now_ + limits_.handler;
  unsent_bytes_ -= bytes;
  sent_of_first_ += bytes;
  while (!output_.empty() && sent_of_first_ >= output_.front().bytes.size()) {
    sent_of_first_ -= output_.front().bytes.size();
    size_t flow_bytes = output_.front().flow_bytes;
    output_.pop_front();
    if (flow_ && flow_bytes > 0) flow_->Sent(flow_bytes);
  }
}

// Closing at once, with input unread, would reset the connection and take the answer from the
// client's hands.
void Connection::StartLinger() {
  if (input_ended_) return Close();
  ::shutdown(fd_, SHUT_WR);
  input_.clear();
  state_ = State::kLinger;
  deadline_ = now_ + limits_.linger;
}

void Connection::Close() {
  EndExchange();
  closed_ = true;
}

void Connection::AccountMemory() {
  if (input_.empty() && input_.capacity() > kKeptInputBytes) std::string().swap(input_);
  size_t bytes = input_.capacity() + parser_.held_bytes() + request_body_bytes_ + unsent_bytes_;
  edge_.memory_bytes += bytes - accounted_bytes_;
  accounted_bytes_ = bytes;
}

}  // namespace continuo::http
