// The laws as `continuo verify` asks them: one SQL file each in queries/, whose first line says the
// law in a sentence, and which answers one row (checked, broken, example).
//
// What a law asks of every service alike it says once:
//
//   EACH SERVICE (SELECT topic, seq FROM {service}.event_log)
//
// becomes the union of that SELECT over all services, so that a new service takes part by itself.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace continuo::laws {

// "-- 2. Order line = ..." -> "2. Order line = ..."
std::string SentenceOf(std::string_view law);
// std::logic_error when a parenthesis is missing: our own bug.
std::string ForServices(std::string_view law, std::span<const std::string> services);

}  // namespace continuo::laws
