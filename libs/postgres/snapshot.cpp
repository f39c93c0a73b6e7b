#include "libs/postgres/snapshot.h"

#include "libs/postgres/connection.h"

namespace continuo::postgres {

struct Snapshot::Implementation {
  Connection connection;
};

Snapshot::Snapshot(const std::string& url)
    : implementation_(new Implementation{Connection(url)}) {
  implementation_->connection.Execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
}

Snapshot::~Snapshot() = default;

Rows Snapshot::Read(const std::string& select) {
  return implementation_->connection.Execute(select);
}

}  // namespace continuo::postgres
