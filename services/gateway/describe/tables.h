// The catalogues of events and error codes, made from the descriptors, as JSON.
#pragma once

#include <string>

namespace continuo::gateway {

// Every published event: type, topic, when it happens, and the JSON Schema of its data.
std::string EventTable();
// Every code: status, title, remedy.
std::string ErrorTable();

}  // namespace continuo::gateway
