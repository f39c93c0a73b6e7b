#include "libs/postgres/session.h"

#include "libs/ids/type_id.h"

namespace continuo::postgres {
namespace {

// One simple query may hold several statements, and EXECUTE spares each of them parsing and
// planning. plan_cache_mode: these plans never depend on their values.
constexpr char kSetUp[] = R"sql(
SET plan_cache_mode = force_generic_plan;
PREPARE continuo_begin(text, text, text, text) AS
SELECT set_config('continuo.user_id', $1, true),
       set_config('continuo.sees_all', $2, true),
       set_config('continuo.division_ids', $3, true),
       set_config('statement_timeout', $4, true),
       set_config('continuo.business_date', (at AT TIME ZONE 'UTC')::date::text, true),
       set_config('continuo.now', (extract(epoch FROM at) * 1000000)::bigint::text, true) AS now
FROM (SELECT coalesce((SELECT at FROM business_clock), now()) AS at OFFSET 0) AS clock;
PREPARE continuo_lock(text, text) AS
SELECT set_config('continuo.locked', pg_try_advisory_xact_lock(
  hashtextextended(current_schema() || ' ' || $1 || ' ' || $2, 0))::text, true);
PREPARE continuo_lock_waiting(text, text) AS
SELECT set_config('continuo.locked', 'true', true)
FROM (SELECT pg_advisory_xact_lock(
  hashtextextended(current_schema() || ' ' || $1 || ' ' || $2, 0)) OFFSET 0) AS locked;
PREPARE continuo_find(text, text) AS
SELECT current_setting('continuo.now') AS now,
       current_setting('continuo.locked') = 'true' AS locked,
       fingerprint, answer
FROM (SELECT) AS one
LEFT JOIN idempotency_key
  ON caller = $1 AND key = $2 AND created_at > now() - interval '72 hours';
PREPARE continuo_store(text, text, bytea, bytea) AS
INSERT INTO idempotency_key (caller, key, fingerprint, answer) VALUES ($1, $2, $3, $4)
ON CONFLICT (caller, key) DO UPDATE
SET fingerprint = excluded.fingerprint, answer = excluded.answer, created_at = excluded.created_at
WHERE idempotency_key.created_at <= now() - interval '72 hours';
RESET plan_cache_mode;
SELECT pg_postmaster_start_time()::text || ' ' ||
       coalesce((SELECT stats_reset FROM pg_stat_bgwriter)::text, '') AS server_run
)sql";

calendar::Instant InstantOfMicroseconds(int64_t microseconds) {
  return calendar::Instant(std::chrono::microseconds(microseconds));
}

std::string UuidText(std::string_view prefix, std::string_view id) {
  if (id.empty()) return "";
  const Result<ids::Uuid> uuid = ids::ParseTypeId(prefix, id);
  // A caller that is not who the schema thinks sees nothing.
  return uuid ? uuid->ToString() : std::string();
}

std::string DivisionArray(const std::vector<std::string>& division_ids) {
  std::string text = "{";
  for (const std::string& id : division_ids) {
    const std::string uuid = UuidText("div", id);
    // A malformed id must not turn into "no restriction".
    text += (text.size() > 1 ? "," : "") + (uuid.empty() ? ids::Uuid().ToString() : uuid);
  }
  return text + "}";
}

std::string BeginText(Connection& connection, const DatabaseConfig& config, const rpc::Call& call,
                      bool read_only) {
  using std::chrono::milliseconds;
  const auto remaining =
      std::chrono::duration_cast<milliseconds>(call.deadline - std::chrono::steady_clock::now());
  if (remaining <= milliseconds::zero()) throw StatementTimeout("the call's deadline has passed");
  const rpc::Principal& principal = call.principal;
  std::string text = read_only ? "BEGIN READ ONLY; " : "BEGIN; ";
  text += "EXECUTE continuo_begin(";
  text += connection.Quote(UuidText("usr", principal.user_id));
  text += principal.sees_all ? ",'t'," : ",'f',";
  text += connection.Quote(DivisionArray(principal.division_ids));
  text += ",'" + std::to_string(std::min(remaining, config.statement_timeout).count()) + "')";
  return text;
}

std::string QuotedKey(Connection& connection, const rpc::Call& call) {
  return connection.Quote(CallerName(call.principal)) + "," +
         connection.Quote(call.idempotency_key);
}

}  // namespace

std::string CallerName(const rpc::Principal& principal) {
  if (!principal.user_id.empty()) return principal.user_id;
  return "service:" + principal.service;
}

std::string RoleConninfo(const DatabaseConfig& config, const std::string& role) {
  const std::string options = "-c search_path=" + config.service +
                              " -c jit=off -c timezone=UTC -c datestyle=ISO -c bytea_output=hex"
                              " -c client_min_messages=error -c standard_conforming_strings=on"
                              " -c default_transaction_isolation=read\\ committed"
                              " -c idle_in_transaction_session_timeout=10000"
                              " -c statement_timeout=" +
                              std::to_string(config.statement_timeout.count()) +
                              " -c lock_timeout=" + std::to_string(config.lock_timeout.count());
  const auto seconds = std::max<int64_t>(2, config.connect_timeout.count() / 1000);
  std::vector<std::pair<std::string, std::string>> settings{
      {"user", "continuo_" + config.service + "_" + role},
      {"options", options},
      {"application_name", "continuo-" + config.service},
      {"client_encoding", "UTF8"},
      {"connect_timeout", std::to_string(seconds)},
      // A server that is gone without a word is noticed.
      {"keepalives_idle", "10"},
      {"keepalives_interval", "5"},
      {"keepalives_count", "3"},
      {"tcp_user_timeout", "20000"},
  };
  if (!config.password.empty()) settings.emplace_back("password", config.password);
  return WithSettings(config.url, settings);
}

void SetUpSession(Connection& connection) {
  const Rows rows = connection.Execute(kSetUp);
  connection.set_server_run(std::string(rows.front().Text("server_run")));
}

void Begin(Connection& connection, const DatabaseConfig& config, const rpc::Call& call,
           bool read_only, calendar::Instant* now) {
  const Rows rows = connection.Execute(BeginText(connection, config, call, read_only));
  *now = InstantOfMicroseconds(rows.front().Int("now"));
}

StoredAnswer BeginCommand(Connection& connection, const DatabaseConfig& config,
                          const rpc::Call& call, bool wait, calendar::Instant* now) {
  const std::string key = QuotedKey(connection, call);
  std::string text = BeginText(connection, config, call, false);
  text += wait ? "; EXECUTE continuo_lock_waiting(" : "; EXECUTE continuo_lock(";
  // The row is looked for by a statement of its own: its snapshot must be taken under the lock.
  text += key + "); EXECUTE continuo_find(" + key + ")";
  const Rows rows = connection.Execute(text);
  const Row row = rows.front();
  *now = InstantOfMicroseconds(row.Int("now"));
  StoredAnswer stored{.busy = !row.Bool("locked"), .found = !row.IsNull("answer")};
  if (stored.found) {
    stored.fingerprint = row.Bytes("fingerprint");
    stored.answer = row.Bytes("answer");
  }
  return stored;
}

void StoreAnswerAndCommit(Connection& connection, const rpc::Call& call, std::string_view answer) {
  std::string text = "EXECUTE continuo_store(" + QuotedKey(connection, call) + ",";
  text += "'" + *Parameter(Bytes{call.fingerprint}).text() + "',";
  text += "'" + *Parameter(Bytes{answer}).text() + "'); COMMIT";
  connection.Execute(text);
}

}  // namespace continuo::postgres
