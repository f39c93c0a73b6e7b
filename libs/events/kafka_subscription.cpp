#include "libs/events/kafka_subscription.h"

#include <atomic>
#include <deque>
#include <map>

#include "libs/events/cloud_event.h"
#include "libs/events/kafka_handles.h"

namespace continuo::events {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t kPollEventsMax = 2'000;
constexpr milliseconds kWakeEvery{250};  // how long Wake may go unnoticed
constexpr milliseconds kCommitEvery{1'000};
constexpr int kBrokerMilliseconds = 5'000;

// Which sequence is found at which offset: what was delivered and is not applied, and the last that
// was. Sequences that come a second time are left out, so both numbers rise together, and from the
// offset after a sequence on every later sequence is found.
struct Track {
  std::deque<std::pair<int64_t, int64_t>> delivered;
  int64_t applied_seq = -1, next_offset = -1;
  bool changed = false;  // since it was last committed
};

KafkaPartitions NewPartitions(int capacity) {
  return KafkaPartitions(rd_kafka_topic_partition_list_new(capacity));
}

void Ignore(rd_kafka_error_t* error) {
  if (error != nullptr) rd_kafka_error_destroy(error);
}

// Cooperative, so that a replica that comes or goes leaves the others' streams alone. Before 2.3
// (Debian 12 has 2.0) librdkafka aborts the process when such a consumer is closed before its first
// assignment (its issue 4312), so there all streams are dealt anew each time. All replicas of a
// service need the same one.
std::string AssignmentStrategy() {
  constexpr int kCooperativeIsSafe = 0x02030000;
  return rd_kafka_version() >= kCooperativeIsSafe ? "cooperative-sticky" : "roundrobin";
}

class KafkaSubscription : public Subscription {
 public:
  KafkaSubscription(const KafkaTransportConfig& config, SubscribeOptions options,
                    const std::atomic<bool>& ended,
                    std::function<void(const Stream&, int64_t)> request_resend)
      : config_(config),
        options_(std::move(options)),
        ended_(ended),
        request_resend_(std::move(request_resend)) {}
  ~KafkaSubscription() override {
    if (consumer_ == nullptr) return;
    CommitHints();
    rd_kafka_consumer_close(consumer_.get());
  }

  Result<std::vector<Event>> Poll(steady_clock::time_point until) override;
  void Seek(const Stream& stream, int64_t seq) override;
  void Pause(const Stream& stream) override {
    rd_kafka_pause_partitions(consumer_.get(), Only(stream, RD_KAFKA_OFFSET_INVALID).get());
  }
  void Resume(const Stream& stream) override {
    rd_kafka_resume_partitions(consumer_.get(), Only(stream, RD_KAFKA_OFFSET_INVALID).get());
  }
  void Applied(const Stream& stream, int64_t seq) override;
  void RequestResend(const Stream& stream, int64_t seq) override { request_resend_(stream, seq); }
  void Wake() override { woken_ = true; }

 private:
  static void OnRebalance(rd_kafka_t*, rd_kafka_resp_err_t error,
                          rd_kafka_topic_partition_list_t* partitions, void* self) {
    static_cast<KafkaSubscription*>(self)->Rebalance(error, partitions);
  }
  void Rebalance(rd_kafka_resp_err_t error, rd_kafka_topic_partition_list_t* partitions);
  bool cooperative() const {
    const char* protocol = rd_kafka_rebalance_protocol(consumer_.get());
    return protocol != nullptr && std::string_view(protocol) == "COOPERATIVE";
  }
  Result<void> Join();
  Result<std::vector<int64_t>> BeginningsOf(std::span<const Stream> streams);
  Result<void> BeginLate();
  void SeekOffset(const Stream& stream, int64_t offset);
  void CommitHints();
  void Take(const rd_kafka_message_t& message, std::vector<Event>& events);
  int64_t OffsetFor(const Stream& stream, int64_t seq) const;
  KafkaPartitions Only(const Stream& stream, int64_t offset) const;
  std::string TopicName(const std::string& topic) const { return config_.topic_prefix + topic; }
  Stream StreamOf(const char* name, int partition) const {
    return {std::string(name).substr(config_.topic_prefix.size()), partition};
  }

  KafkaTransportConfig config_;
  SubscribeOptions options_;
  const std::atomic<bool>& ended_;
  std::function<void(const Stream&, int64_t)> request_resend_;
  KafkaHandle consumer_;
  std::vector<Stream> beginning_;  // assigned, and their positions not yet known
  std::map<Stream, Track> tracks_;
  steady_clock::time_point commit_at_{};
  std::atomic<bool> woken_{false};
};

Result<void> KafkaSubscription::Join() {
  std::map<std::string, std::string> group = {
      {"group.id", config_.topic_prefix + options_.consumer},
      {"enable.auto.commit", "false"},
      {"auto.offset.reset", "earliest"},
      // A topic that was made a moment ago may be missing from the first assignment; the default
      // would notice it after five minutes.
      {"topic.metadata.refresh.interval.ms", "2000"},
      {"session.timeout.ms", "10000"}};
  const std::string strategy = "partition.assignment.strategy";
  if (!config_.settings.contains(strategy)) group[strategy] = AssignmentStrategy();
  rd_kafka_conf_t* settings = KafkaSettings(config_, group);
  rd_kafka_conf_set_opaque(settings, this);
  rd_kafka_conf_set_rebalance_cb(settings, &KafkaSubscription::OnRebalance);
  KafkaHandle consumer = NewKafka(RD_KAFKA_CONSUMER, settings);
  rd_kafka_poll_set_consumer(consumer.get());
  std::vector<std::string> names;
  const KafkaPartitions topics = NewPartitions(static_cast<int>(options_.topics.size()));
  for (const std::string& topic : options_.topics) {
    names.push_back(TopicName(topic));
    rd_kafka_topic_partition_list_add(topics.get(), names.back().c_str(),
                                      RD_KAFKA_PARTITION_UA);
  }
  RETURN_IF_FAULT(
      MakeTopics(consumer.get(), names, kPartitions, config_.replication_factor, ended_));
  if (const auto error = rd_kafka_subscribe(consumer.get(), topics.get());
      error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaFailure("subscribing", error);
  }
  consumer_ = std::move(consumer);
  return {};
}

void KafkaSubscription::Rebalance(rd_kafka_resp_err_t error,
                                  rd_kafka_topic_partition_list_t* partitions) {
  std::vector<Stream> streams;
  for (int i = 0; i < partitions->cnt; ++i) {
    streams.push_back(StreamOf(partitions->elems[i].topic, partitions->elems[i].partition));
  }
  // What is refused here the next rebalance sets right.
  if (error == RD_KAFKA_RESP_ERR__ASSIGN_PARTITIONS) {
    const Result<std::vector<int64_t>> offsets = BeginningsOf(streams);
    for (int i = 0; i < partitions->cnt; ++i) {
      partitions->elems[i].offset = offsets ? (*offsets)[static_cast<std::size_t>(i)] : 0;
    }
    if (cooperative()) {
      Ignore(rd_kafka_incremental_assign(consumer_.get(), partitions));
    } else {
      rd_kafka_assign(consumer_.get(), partitions);
    }
    if (!offsets) {
      // Nothing is fetched before the position is known: Poll asks for it until it is.
      rd_kafka_pause_partitions(consumer_.get(), partitions);
      beginning_.insert(beginning_.end(), streams.begin(), streams.end());
    }
  } else {
    CommitHints();
    for (const Stream& stream : streams) {
      tracks_.erase(stream);
      std::erase(beginning_, stream);
    }
    options_.revoked(streams);
    if (cooperative()) {
      Ignore(rd_kafka_incremental_unassign(consumer_.get(), partitions));
    } else {
      rd_kafka_assign(consumer_.get(), nullptr);
    }
  }
}

// Where to begin with what was newly assigned: the service's database says what comes next, and the
// committed offset where that may be found.
Result<std::vector<int64_t>> KafkaSubscription::BeginningsOf(std::span<const Stream> streams) {
  const KafkaPartitions committed = NewPartitions(static_cast<int>(streams.size()));
  for (const Stream& stream : streams) {
    rd_kafka_topic_partition_list_add(committed.get(), TopicName(stream.topic).c_str(),
                                      stream.partition);
  }
  if (const auto error =
          rd_kafka_committed(consumer_.get(), committed.get(), kBrokerMilliseconds);
      error != RD_KAFKA_RESP_ERR_NO_ERROR) {
    return KafkaFailure("reading committed offsets", error);
  }
  ASSIGN_OR_RETURN(const std::vector<int64_t> positions, options_.assigned(streams));
  std::vector<int64_t> offsets;
  for (std::size_t i = 0; i < streams.size(); ++i) {
    const rd_kafka_topic_partition_t& hint = committed->elems[i];
    Track& track = tracks_[streams[i]];
    track = {};
    if (hint.offset >= 0 && hint.metadata != nullptr) {
      const std::string seq(static_cast<const char*>(hint.metadata), hint.metadata_size);
      track.applied_seq = std::atoll(seq.c_str());
      track.next_offset = hint.offset;
    }
    offsets.push_back(OffsetFor(streams[i], positions[i] + 1));
  }
  return offsets;
}

Result<void> KafkaSubscription::BeginLate() {
  ASSIGN_OR_RETURN(const std::vector<int64_t> offsets, BeginningsOf(beginning_));
  for (std::size_t i = 0; i < beginning_.size(); ++i) {
    SeekOffset(beginning_[i], offsets[i]);
    Resume(beginning_[i]);
  }
  beginning_.clear();
  return {};
}

// The hint when it does not lie beyond what is wanted, else the beginning: consumers drop what they
// have applied. The beginning is offset 0; where the broker has deleted that, auto.offset.reset
// leads to the earliest there is.
int64_t KafkaSubscription::OffsetFor(const Stream& stream, int64_t seq) const {
  const auto found = tracks_.find(stream);
  if (found == tracks_.end() || found->second.next_offset < 0) return 0;
  return found->second.applied_seq < seq ? found->second.next_offset : 0;
}

void KafkaSubscription::Seek(const Stream& stream, int64_t seq) {
  SeekOffset(stream, OffsetFor(stream, seq));
}

void KafkaSubscription::SeekOffset(const Stream& stream, int64_t offset) {
  const KafkaPartitions place = Only(stream, offset);
  tracks_[stream].delivered.clear();
  // Refused: a gap or repeats follow, and the consumer deals with both.
  Ignore(rd_kafka_seek_partitions(consumer_.get(), place.get(), kBrokerMilliseconds));
}

KafkaPartitions KafkaSubscription::Only(const Stream& stream, int64_t offset) const {
  KafkaPartitions one = NewPartitions(1);
  rd_kafka_topic_partition_list_add(one.get(), TopicName(stream.topic).c_str(), stream.partition)
      ->offset = offset;
  return one;
}

void KafkaSubscription::Applied(const Stream& stream, int64_t seq) {
  const auto found = tracks_.find(stream);
  if (found == tracks_.end()) return;
  Track& track = found->second;
  while (!track.delivered.empty() && track.delivered.front().first <= seq) {
    track.applied_seq = track.delivered.front().first;
    track.next_offset = track.delivered.front().second + 1;
    track.changed = true;
    track.delivered.pop_front();
  }
}

// Nobody waits for it: what is lost costs repeats.
void KafkaSubscription::CommitHints() {
  const KafkaPartitions hints = NewPartitions(static_cast<int>(tracks_.size()));
  for (auto& [stream, track] : tracks_) {
    if (!track.changed) continue;
    track.changed = false;
    rd_kafka_topic_partition_t* hint = rd_kafka_topic_partition_list_add(
        hints.get(), TopicName(stream.topic).c_str(), stream.partition);
    const std::string seq = std::to_string(track.applied_seq);
    hint->offset = track.next_offset;
    hint->metadata = std::malloc(seq.size());  // freed with the list
    hint->metadata_size = seq.size();
    seq.copy(static_cast<char*>(hint->metadata), seq.size());
  }
  if (hints->cnt > 0) rd_kafka_commit(consumer_.get(), hints.get(), /*async=*/1);
  commit_at_ = steady_clock::now() + kCommitEvery;
}

void KafkaSubscription::Take(const rd_kafka_message_t& message, std::vector<Event>& events) {
  std::map<std::string, std::string> headers;
  rd_kafka_headers_t* list = nullptr;
  if (rd_kafka_message_headers(&message, &list) == RD_KAFKA_RESP_ERR_NO_ERROR) {
    const char* name = nullptr;
    const void* value = nullptr;
    std::size_t size = 0;
    for (std::size_t i = 0; rd_kafka_header_get_all(list, i, &name, &value, &size) ==
                            RD_KAFKA_RESP_ERR_NO_ERROR;
         ++i) {
      headers[name] = std::string(static_cast<const char*>(value), size);
    }
  }
  std::optional<Event> event = EventFromHeaders(headers);
  if (!event) return;  // someone else's message
  const Stream stream = StreamOf(rd_kafka_topic_name(message.rkt), message.partition);
  event->topic = stream.topic;
  event->partition = stream.partition;
  event->data.assign(static_cast<const char*>(message.payload), message.len);
  Track& track = tracks_[stream];
  const int64_t highest =
      track.delivered.empty() ? track.applied_seq : track.delivered.back().first;
  if (event->seq > highest) track.delivered.emplace_back(event->seq, message.offset);
  events.push_back(std::move(*event));
}

Result<std::vector<Event>> KafkaSubscription::Poll(steady_clock::time_point until) {
  if (consumer_ == nullptr) RETURN_IF_FAULT(Join());
  if (steady_clock::now() >= commit_at_) CommitHints();
  std::vector<Event> events;
  while (!woken_.exchange(false)) {
    if (!beginning_.empty()) RETURN_IF_FAULT(BeginLate());
    const auto left =
        std::chrono::ceil<milliseconds>(until - steady_clock::now());
    const milliseconds wait =
        events.empty() ? std::clamp(left, milliseconds(0), kWakeEvery) : milliseconds(0);
    const KafkaMessage message(
        rd_kafka_consumer_poll(consumer_.get(), static_cast<int>(wait.count())));
    if (message != nullptr && message->err == RD_KAFKA_RESP_ERR_NO_ERROR) {
      Take(*message, events);
      if (events.size() == kPollEventsMax) break;
      continue;
    }
    if (message != nullptr && message->err == RD_KAFKA_RESP_ERR__FATAL) {
      rd_kafka_consumer_close(consumer_.get());
      consumer_.reset();
      return KafkaFailure("consuming", message->err);
    }
    // Others (a broker away, a topic not yet known) librdkafka gets over by itself.
    if (!events.empty() || steady_clock::now() >= until) break;
  }
  return events;
}

}  // namespace

std::unique_ptr<Subscription> SubscribeKafka(
    const KafkaTransportConfig& config, SubscribeOptions options, const std::atomic<bool>& ended,
    std::function<void(const Stream&, int64_t)> request_resend) {
  return std::make_unique<KafkaSubscription>(config, std::move(options), ended,
                                             std::move(request_resend));
}

}  // namespace continuo::events
