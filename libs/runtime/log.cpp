#include "libs/runtime/log.h"

#include <rapidjson/stringbuffer.h>
#include <rapidjson/writer.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <memory>

namespace continuo::runtime::log {
namespace {

spdlog::logger& Logger() {
  static const auto logger = [] {
    auto made = std::make_shared<spdlog::logger>(
        "continuo", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    // %v is the rest of a JSON object that the pattern has opened.
    made->set_pattern(R"({"ts":"%Y-%m-%dT%H:%M:%S.%fZ","level":"%l",%v})",
                      spdlog::pattern_time_type::utc);
    made->flush_on(spdlog::level::info);
    return made;
  }();
  return *logger;
}

void Write(spdlog::level::level_enum level, std::string_view message, Fields fields) {
  auto& logger = Logger();
  if (!logger.should_log(level)) return;
  rapidjson::StringBuffer buffer;
  rapidjson::Writer<rapidjson::StringBuffer> writer(buffer);
  const auto size = [](std::string_view text) {
    return static_cast<rapidjson::SizeType>(text.size());
  };
  writer.StartObject();
  writer.Key("message");
  writer.String(message.data(), size(message));
  for (const auto& [key, value] : fields) {
    writer.Key(key.data(), size(key));
    writer.String(value.data(), size(value));
  }
  writer.EndObject();
  const std::string_view object(buffer.GetString(), buffer.GetSize());
  logger.log(level, object.substr(1, object.size() - 2));
}

}  // namespace

std::string TraceId(const std::string& traceparent) {
  constexpr size_t kBegin = 3, kDigits = 32;  // 00-<trace>-<span>-<flags>
  return traceparent.size() < kBegin + kDigits ? "" : traceparent.substr(kBegin, kDigits);
}

bool SetLevel(std::string_view level) {
  constexpr std::array<std::string_view, 4> kLevels{"debug", "info", "warn", "error"};
  if (std::find(kLevels.begin(), kLevels.end(), level) == kLevels.end()) return false;
  const auto parsed = spdlog::level::from_str(std::string(level));
  Logger().set_level(parsed);
  return true;
}

void Debug(std::string_view message, Fields fields) {
  Write(spdlog::level::debug, message, fields);
}
void Info(std::string_view message, Fields fields) { Write(spdlog::level::info, message, fields); }
void Warn(std::string_view message, Fields fields) { Write(spdlog::level::warn, message, fields); }
void Error(std::string_view message, Fields fields) { Write(spdlog::level::err, message, fields); }
void Flush() { Logger().flush(); }

}  // namespace continuo::runtime::log
