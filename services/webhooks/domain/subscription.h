// What an endpoint wants to be told.
//
//   Wants({.event_types = {"invoice.*"}}, {.type = "invoice.issued"})  -> true
//
// A test event goes to the endpoint that is tested, and to no other.
#pragma once

#include <string>
#include <vector>

namespace continuo::webhooks::domain {

inline constexpr char kTestType[] = "webhook_endpoint.tested";

struct Subscription {
  std::string endpoint_id;
  std::vector<std::string> event_types;
  std::string division_id;  // empty: of all divisions
};
struct FeedEvent {
  std::string type;
  std::string subject;
  std::string division_id;  // empty: it names none
};

bool Wants(const Subscription& subscription, const FeedEvent& event);

}  // namespace continuo::webhooks::domain
