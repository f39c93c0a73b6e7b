// The commands of the program, one source file each. Each answers the process's exit code and says
// what went wrong in one sentence on standard error.
#pragma once

#include <string>
#include <vector>

#include "libs/runtime/config.h"

namespace continuo {

struct ServeOptions {
  std::string services = "all";
};
int Serve(const runtime::Config& config, const ServeOptions& options);

struct MigrateOptions {
  std::string services = "all";
  std::string admin_role;  // the role that may create roles and schemas; empty: the connection's own
  std::string clock;       // sandbox: where the test clock starts, RFC 3339; empty: now
};
int MigrateAll(const runtime::Config& config, const MigrateOptions& options);

struct KeyOptions {
  std::string name = "First administrator";
  std::string email;
  std::string out;  // a file, mode 0600; empty: standard output
};
int CreateKey(const runtime::Config& config, const KeyOptions& options);

// "openapi", "events" or "errors"
int Describe(const std::string& what);

struct VerifyOptions {
  std::string admin_role;
  int patience_seconds = 10;  // for what is under way to come to rest
};
// The laws, each with its figures; 1 when one is broken.
int Verify(const runtime::Config& config, const VerifyOptions& options);

struct DemoOptions {
  std::string url = "http://127.0.0.1:8080";
  std::string key_file;
  std::string record;  // the file that keeps the steps it has shown
};
int Demo(const DemoOptions& options);

struct ListenOptions {
  std::string url = "http://127.0.0.1:8080";
  std::string key_file;
  std::vector<std::string> types;  // none: all that the key may read
  std::string after;               // a position; empty: what happens from now on
  std::string forward;             // a URL; empty: they are shown only
  std::string secret;              // whsec_...; empty: a new one
  bool json = false;
};
// Until SIGINT or SIGTERM.
int Listen(const ListenOptions& options);

struct ExampleOptions {
  std::vector<std::string> files;  // none: those that the program was built with
};
// The worked examples of the calculations; 1 when one does not hold.
int Examples(const ExampleOptions& options);

struct EventOptions {
  std::string action;  // list, park, unpark, drop, replay
  std::string service;
  std::string topic;
  int partition = -1;  // all
  long long from_seq = 1;
  std::string id;
  std::string why = "Parked by an operator.";
};
int Events(const runtime::Config& config, const EventOptions& options);

struct TopicOptions {
  int replication_factor = -1;  // the broker's default
  int retention_hours = 0;      // as the broker has it
};
int ApplyTopics(const runtime::Config& config, const TopicOptions& options);

}  // namespace continuo
