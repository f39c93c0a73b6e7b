// What an endpoint wants to be told.
//
//   Wants({.event_types = {"invoice.*"}}, {.type = "invoice.issued"})  -> true
//
// Conditions narrow it: an event whose type some of them name is wanted where all of those hold.
// A test event goes to the endpoint that is tested, and to no other.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "services/webhooks/domain/condition.h"

namespace continuo::webhooks::domain {

inline constexpr char kTestType[] = "webhook_endpoint.tested";

struct Subscription {
  std::string endpoint_id;
  std::vector<std::string> event_types;
  std::string division_id;  // empty: of all divisions
  std::vector<Condition> conditions{};
};
struct FeedEvent {
  std::string type;
  std::string subject;
  std::string division_id;  // empty: of none
  std::map<std::string, FieldChange> changes{};  // where a condition names the type
};

// A statement's credits are of many divisions: it is only for those who are restricted to none.
bool OfManyDivisions(std::string_view type);

bool Wants(const Subscription& subscription, const FeedEvent& event);

}  // namespace continuo::webhooks::domain
