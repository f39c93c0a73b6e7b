#include "libs/events/archive.h"

#include "libs/events/sql.h"
#include "libs/postgres/transaction.h"

namespace continuo::events {

std::vector<OldMonth> ArchiveLog(postgres::Transaction& tx, int keep_months,
                                 std::span<const TakenUpTo> taken) {
  std::vector<std::string> topics;
  std::vector<int> partitions;
  std::vector<int64_t> seqs;
  for (const TakenUpTo& each : taken) {
    topics.push_back(each.stream.topic);
    partitions.push_back(each.stream.partition);
    seqs.push_back(each.seq);
  }
  std::vector<OldMonth> months;
  for (const postgres::Row row :
       tx.Run(sql::archive_event_log, keep_months, topics, partitions, seqs)) {
    months.push_back({.month = std::string(row.Text("month")),
                      .archived = row.Bool("archived"),
                      .held_by = std::string(row.Text("held_by"))});
  }
  return months;
}

int64_t ArchivedThrough(postgres::Transaction& tx, const Stream& stream) {
  return tx.Run(sql::select_event_log_bound, stream.topic, stream.partition)
      .front()
      .Int("through_seq");
}

}  // namespace continuo::events
