// The one program: every service, and every command for running and looking after them.
#include <CLI/CLI.hpp>
#include <csignal>
#include <cstdio>
#include <functional>

#include "continuo/commands.h"
#include "continuo/services.h"
#include "libs/events/event.h"
#include "libs/runtime/config.h"
#include "libs/runtime/log.h"

namespace continuo {
namespace {

constexpr char kAbout[] =
    "Continuo: from lead to cash, revenue and commission in one transactional model.\n"
    "\n"
    "A first start:\n"
    "  continuo migrate --config continuo.toml          make or update the database\n"
    "  continuo keys create --out admin_key             the first administrator's key\n"
    "  continuo serve --services all                    everything in one process\n"
    "\n"
    "deploy/run does all of this on one machine and plays a deal.";

int WithConfig(const std::string& file, const std::function<int(const runtime::Config&)>& run) {
  const auto config = runtime::LoadConfig(file, runtime::ProcessEnvironment());
  if (!config) {
    std::fprintf(stderr, "%s\n", config.error().message.c_str());
    return 2;
  }
  if (!runtime::log::SetLevel(config->log.level)) {
    std::fprintf(stderr, "log.level must be debug, info, warn or error.\n");
    return 2;
  }
  if (const auto known = CheckServiceNames(*config); !known) {
    std::fprintf(stderr, "%s\n", known.error().message.c_str());
    return 2;
  }
  return run(*config);
}

int Main(int argc, char** argv) {
  CLI::App app{kAbout, "continuo"};
  app.set_version_flag("--version", std::string("continuo ") + CONTINUO_VERSION);
  app.require_subcommand(0, 1);
  app.fallthrough();
  app.get_formatter()->column_width(34);
  std::string config_file;
  app.add_option("--config", config_file,
                 "TOML file; the environment (CONTINUO_HTTP_PORT, ...) goes over it")
      ->check(CLI::ExistingFile);
  bool print_config = false;
  app.add_flag("--print-config", print_config, "Show every setting in force, as TOML, and end");
  std::function<int()> run;
  const auto configured = [&](auto command, auto& options) {
    return [&config_file, &run, command, &options] {
      run = [&config_file, command, &options] {
        return WithConfig(config_file, [&](const runtime::Config& config) {
          return command(config, options);
        });
      };
    };
  };

  ServeOptions serve;
  auto* serve_command = app.add_subcommand("serve", "Run services until SIGTERM or Ctrl-C");
  serve_command->add_option("--services", serve.services,
                            "all, or names separated by commas (gateway is one)")
      ->capture_default_str();
  serve_command->callback(configured(Serve, serve));

  MigrateOptions migrate;
  auto* migrate_command = app.add_subcommand("migrate", "Make or update the databases");
  migrate_command->add_option("--services", migrate.services)->capture_default_str();
  migrate_command->add_option("--as", migrate.admin_role,
                              "role that may create roles and schemas");
  migrate_command->add_option("--clock", migrate.clock,
                              "sandbox: where the test clock starts (RFC 3339)");
  migrate_command->callback(configured(MigrateAll, migrate));

  KeyOptions key;
  auto* keys_command = app.add_subcommand("keys", "API keys");
  keys_command->require_subcommand(1);
  auto* create_key = keys_command->add_subcommand(
      "create", "Make an administrator with a key; the key is shown this once");
  create_key->add_option("--name", key.name, "the administrator's name")->capture_default_str();
  create_key->add_option("--email", key.email, "the administrator's e-mail address");
  create_key->add_option("--out", key.out, "write the key to this file, mode 0600");
  create_key->callback(configured(CreateKey, key));

  std::string what;
  auto* describe_command = app.add_subcommand("describe", "Print what the protos say");
  describe_command->add_option("what", what, "openapi, events or errors")
      ->required()
      ->check(CLI::IsMember({"openapi", "events", "errors"}));
  describe_command->callback([&] { run = [&] { return Describe(what); }; });

  ExampleOptions examples;
  auto* examples_command = app.add_subcommand(
      "examples", "Run the worked examples of the calculations, without a server or a database");
  examples_command->add_option("files", examples.files,
                               "files of examples; none: those that the program was built with");
  examples_command->callback([&] { run = [&] { return Examples(examples); }; });

  VerifyOptions verify;
  auto* verify_command = app.add_subcommand("verify", "Check the laws over all schemas");
  verify_command->add_option("--as", verify.admin_role, "role that may read every schema");
  verify_command->add_option("--patience", verify.patience_seconds,
                             "seconds for what is under way to come to rest")
      ->check(CLI::Range(0, 3600))
      ->capture_default_str();
  verify_command->callback(configured(Verify, verify));

  DemoOptions demo;
  auto* demo_command = app.add_subcommand("demo", "Play one deal over REST, from lead to cash");
  demo_command->add_option("--url", demo.url)->capture_default_str();
  demo_command->add_option("--key-file", demo.key_file, "an administrator's key")->required();
  demo_command->add_option("--record", demo.record,
                           "keep the steps here; when it is there already, show them");
  demo_command->callback([&] { run = [&] { return Demo(demo); }; });

  ListenOptions listen;
  auto* listen_command = app.add_subcommand(
      "listen", "Show events as they happen, and forward them to a URL as signed webhooks");
  listen_command->add_option("--url", listen.url)->capture_default_str();
  listen_command->add_option("--key-file", listen.key_file, "a key that may read events")
      ->required();
  listen_command->add_option("--type", listen.types, "a type, or a pattern such as 'invoice.*'");
  listen_command->add_option("--after", listen.after, "a position; default: what happens from now on")
      ->check(CLI::NonNegativeNumber);
  listen_command->add_option("--forward", listen.forward, "POST each to this URL");
  listen_command->add_option("--secret", listen.secret, "sign with this one; default: a new one");
  listen_command->add_flag("--json", listen.json, "show whole events, one a line");
  listen_command->callback([&] { run = [&] { return Listen(listen); }; });

  EventOptions events;
  auto* events_command = app.add_subcommand(
      "events",
      "Look after events that a service could not handle, and replay:\n"
      "  events list   --service billing                      what waits or is parked, and why\n"
      "  events park   --service billing --id def_...         a waiting key is tried no more\n"
      "  events unpark --service billing --id def_...         try its first event again, now\n"
      "  events drop   --service billing --id def_...         its effect never happens\n"
      "  events replay --service billing --topic contracts    handle a topic's events once more\n"
      "  events topics apply --retention-hours 168            make what is missing on Kafka");
  events_command->add_option("action", events.action, "list, park, unpark, drop or replay")
      ->check(CLI::IsMember({"list", "park", "unpark", "drop", "replay"}));
  events_command->add_option("--service", events.service, "the consumer");
  events_command->add_option("--topic", events.topic, "replay: the source");
  events_command->add_option("--partition", events.partition, "replay: one of 0 to 15; default all")
      ->check(CLI::Range(0, events::kPartitions - 1));
  events_command->add_option("--from", events.from_seq, "replay: first sequence")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  events_command->add_option("--id", events.id, "park, unpark, drop: the deferred event");
  events_command->add_option("--why", events.why, "park: the reason, for whoever finds it later");
  TopicOptions topics;
  auto* topics_command = events_command->add_subcommand("topics", "The topics on Kafka");
  topics_command->require_subcommand(1);
  auto* apply_topics = topics_command->add_subcommand(
      "apply",
      "Make the topics that are missing and set their retention; nothing is deleted.\n"
      "A topic with another number of partitions than ours is refused.");
  apply_topics->add_option("--replication-factor", topics.replication_factor,
                           "of topics that are made; default: the broker's");
  apply_topics->add_option("--retention-hours", topics.retention_hours,
                           "of all topics; default: as it is");
  const auto look_after = configured(Events, events);
  const auto apply = configured(ApplyTopics, topics);
  events_command->callback([=] { apply_topics->parsed() ? apply() : look_after(); });

  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;  // as for every other mistake in what was asked for
  }
  if (print_config) {
    run = [&] {
      return WithConfig(config_file, [](const runtime::Config& config) {
        std::fputs(runtime::PrintConfig(config).c_str(), stdout);
        return 0;
      });
    };
  }
  if (!run) {
    std::fprintf(stderr, "Say what to do: continuo --help lists the commands.\n");
    return 2;
  }
  try {
    return run();
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}

}  // namespace
}  // namespace continuo

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  return continuo::Main(argc, argv);
}
