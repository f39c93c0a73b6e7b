// What an event's data tells of changes, by field.
//
//   ChangesIn(R"({"changes":{"rate":{"from":"\"1.5\"","to":"\"2\""}}})").at("rate").to.number  -> 2
//
// It tells of one in `changes`, whose sides are JSON text, or by a pair of fields: from_value and
// to_value. What it tells as a state alone is no change.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "services/webhooks/domain/condition.h"

namespace continuo::webhooks::app {

std::map<std::string, domain::FieldChange> ChangesIn(std::string_view data);

}  // namespace continuo::webhooks::app
