// One connection, the only user of libpqxx. It knows statements and errors, nothing of
// transactions. For this library's .cpp files only.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "libs/postgres/parameter.h"
#include "libs/postgres/rows.h"
#include "libs/postgres/transaction.h"

namespace continuo::postgres {

// The given connection string with these settings added or replaced. Throws std::invalid_argument
// with libpq's words when it does not parse.
std::string WithSettings(const std::string& url,
                         const std::vector<std::pair<std::string, std::string>>& settings);

class Connection {
 public:
  // Throws ConnectionLost when there is no server, or it is starting or stopping, or full.
  explicit Connection(const std::string& conninfo);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // One or more statements without parameters in one round trip; the last one's rows.
  Rows Execute(const std::string& text);
  // Prepares under `key`, unless done before. `key` and `text` belong together for ever.
  Rows ExecutePrepared(const std::string& key, std::string_view text,
                       std::span<const Parameter> parameters);
  void Copy(std::string_view table, const std::vector<std::string>& columns,
            const std::function<void(CopyWriter&)>& write);

  // A text as a literal within a statement: 'it''s'.
  std::string Quote(std::string_view text) const;
  // Never to be used again: closed, or in a state that is not known.
  bool broken() const;

  // What tells this run of the server from the one before a crash; set by who sets up the session.
  const std::string& server_run() const { return server_run_; }
  void set_server_run(std::string server_run) { server_run_ = std::move(server_run); }

 private:
  std::string server_run_;
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::postgres
