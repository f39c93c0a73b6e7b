// `continuo events topics apply`: the topics on Kafka as they should be.
#include <cstdio>

#include "continuo/commands.h"
#include "continuo/services.h"
#include "libs/events/kafka_topics.h"

namespace continuo {
namespace {

const char* Told(events::TopicOutcome::What what) {
  switch (what) {
    case events::TopicOutcome::What::kMade:
      return "made";
    case events::TopicOutcome::What::kRetentionSet:
      return "retention set";
    case events::TopicOutcome::What::kAlready:
      return "as it should be";
  }
  return "";
}

}  // namespace

int ApplyTopics(const runtime::Config& config, const TopicOptions& options) {
  if (config.events.transport != "kafka") {
    std::fprintf(stderr, "events.transport is \"%s\": there are topics on \"kafka\" only.\n",
                 config.events.transport.c_str());
    return 2;
  }
  std::vector<std::string> topics;
  for (const auto& service : AllServices()) {
    topics.push_back(service.name);
    topics.push_back(service.name + ".audit");
  }
  events::TopicSettings settings{.replication_factor = options.replication_factor};
  if (options.retention_hours > 0) settings.retention = std::chrono::hours(options.retention_hours);
  const auto outcomes = events::ApplyTopics(
      {.brokers = config.events.brokers, .settings = config.events.kafka}, topics, settings);
  if (!outcomes) {
    std::fprintf(stderr, "%s\n", outcomes.error().message.c_str());
    return 1;
  }
  for (const auto& outcome : *outcomes) {
    std::printf("%-34s %s\n", outcome.name.c_str(), Told(outcome.what));
  }
  return 0;
}

}  // namespace continuo
