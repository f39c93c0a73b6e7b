// One consistent, read-only view over every schema of a database, for what must look at several
// services at once: the laws of `continuo verify`.
//
//   Snapshot snapshot("host=/run/postgresql dbname=continuo user=postgres");
//   snapshot.Read("SELECT count(*) AS orders FROM quoting.\"order\"").front().Int("orders")
//
// All reads see the same moment. A service never uses it: it has its own schema (database.h).
#pragma once

#include <memory>
#include <string>

#include "libs/postgres/rows.h"

namespace continuo::postgres {

class Snapshot {
 public:
  // Throws std::runtime_error when there is no such server or role.
  explicit Snapshot(const std::string& url);
  ~Snapshot();

  // One SELECT without parameters. Throws StatementFailed with the server's words.
  Rows Read(const std::string& select);

 private:
  struct Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace continuo::postgres
