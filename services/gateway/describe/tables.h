// The catalogues of events and error codes, made from the descriptors, as JSON.
#pragma once

#include <string>

namespace continuo::gateway {

// Every published event as an AsyncAPI 3.0 document: its topic, when it happens, the JSON Schema of its
// data.
std::string EventTable();
// Every code: status, title, remedy.
std::string ErrorTable();

}  // namespace continuo::gateway
