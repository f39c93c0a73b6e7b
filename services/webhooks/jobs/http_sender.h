// Sends many signed requests at once, each to one endpoint, and tells what came of each.
//
//   HttpSender http({.sandbox = true});
//   http.Start(delivery);
//   for (app::Attempt& attempt : http.Poll(50ms)) ...
//
// One that is slow to look up, to connect or to answer delays no other: names are looked up on
// libcurl's own threads, and all connections are watched together. Where a request goes is checked
// on the address that a socket is opened to, after the look-up, so that no name can be looked up a
// second time to something else, whatever form it has. Redirects are not followed, no proxy is
// used, bodies of answers are thrown away. For one thread.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "services/webhooks/app/send_deliveries.h"

namespace continuo::webhooks::jobs {

struct HttpSenderConfig {
  // Plain http and loopback addresses are allowed.
  bool sandbox = false;
  std::chrono::milliseconds timeout{15'000};  // from looking up to the end of the answer
};

class HttpSender {
 public:
  explicit HttpSender(HttpSenderConfig config);
  ~HttpSender();  // abandons what is under way
  HttpSender(const HttpSender&) = delete;
  HttpSender& operator=(const HttpSender&) = delete;

  void Start(app::ClaimedDelivery delivery);
  // Waits at most so long for something to happen; the attempts that have ended.
  std::vector<app::Attempt> Poll(std::chrono::milliseconds wait);
  // Stops what is under way: whether it arrived is not known.
  std::vector<app::ClaimedDelivery> Abandon();

  // How many are under way, to each endpoint.
  const std::map<std::string, int>& sending() const { return sending_; }
  std::size_t size() const { return transfers_.size(); }

 private:
  struct Transfer;

  app::Attempt Finish(Transfer& transfer, int curl_code);

  HttpSenderConfig config_;
  void* multi_;
  std::map<void*, std::unique_ptr<Transfer>> transfers_;  // by their easy handle
  std::map<std::string, int> sending_;
};

}  // namespace continuo::webhooks::jobs
