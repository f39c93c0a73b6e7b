// What an endpoint wants to be told.
//
//   Wants({.event_types = {"invoice.*"}}, {.type = "invoice.issued"})  -> true
//
// A test event goes to the endpoint that is tested, and to no other.
#pragma once

#include <string>
#include <string_view>
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
  std::string division_id;  // empty: of none
};

// A statement's credits are of many divisions: it is only for those who are restricted to none.
bool OfManyDivisions(std::string_view type);

bool Wants(const Subscription& subscription, const FeedEvent& event);

}  // namespace continuo::webhooks::domain
