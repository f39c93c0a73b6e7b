// Structured logs: one JSON object a line on standard error.
//
//   log::Info("invoice issued", {{"invoice_id", id}, {"request_id", call.request_id}});
//   {"ts":"2026-11-23T22:05:07.123456Z","level":"info","message":"invoice issued",...}
//
// Values are strings and are escaped. What holds a secret or a person's data is never given here.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace continuo::runtime::log {

using Fields = std::initializer_list<std::pair<std::string_view, std::string>>;

// Of a W3C traceparent the trace's id, which all lines of one trace share; empty when there is none.
std::string TraceId(const std::string& traceparent);

// "debug", "info", "warn" or "error"; false when it is none of them.
bool SetLevel(std::string_view level);
void Debug(std::string_view message, Fields fields = {});
void Info(std::string_view message, Fields fields = {});
void Warn(std::string_view message, Fields fields = {});
void Error(std::string_view message, Fields fields = {});
void Flush();

}  // namespace continuo::runtime::log
