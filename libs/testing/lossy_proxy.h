// Stands between a service and its database and loses the answer to a COMMIT, as a network can.
//
//   TestServer server;
//   LossyProxy proxy(server.directory());
//   Database database({.service = "billing", .url = "host=" + proxy.directory() + " dbname=..."});
//   proxy.LoseNextCommit();   // the server commits; the client's connection is cut instead
//
// It passes bytes on unchanged otherwise. Unix sockets only, no TLS.
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace continuo::testing {

class LossyProxy {
 public:
  // `server_directory` holds the server's socket.
  explicit LossyProxy(std::string server_directory);
  ~LossyProxy();
  LossyProxy(const LossyProxy&) = delete;
  LossyProxy& operator=(const LossyProxy&) = delete;

  // Where clients connect to: a folder, for host=.
  const std::string& directory() const { return directory_; }
  void LoseNextCommit() { lose_ = true; }
  int lost() const { return lost_; }

 private:
  void Accept();
  void Serve(int client);

  const std::string server_directory_;
  std::string directory_;
  int listener_ = -1;
  std::atomic<bool> lose_{false};
  std::atomic<int> lost_{0};
  std::mutex mutex_;
  std::vector<std::thread> connections_;
  std::thread acceptor_;
};

}  // namespace continuo::testing
