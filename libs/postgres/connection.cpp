#include "libs/postgres/connection.h"

#include <libpq-fe.h>

#include <pqxx/pqxx>
#include <unordered_map>

#include "libs/postgres/rows_data.h"

namespace continuo::postgres {
namespace {

// The five characters of "ERROR:  23505: duplicate key ...", as libpq words it at verbosity
// verbose; "" when the text did not come from the server.
std::string SqlState(std::string_view message) {
  const auto start = message.find(":  ");
  if (start == std::string_view::npos || message.size() < start + 9) return "";
  const std::string_view state = message.substr(start + 3, 5);
  if (message[start + 8] != ':') return "";
  for (const char c : state) {
    if (!((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))) return "";
  }
  return std::string(state);
}

std::string ConstraintName(std::string_view message) {
  constexpr std::string_view kLabel = "CONSTRAINT NAME:  ";
  const auto start = message.find(kLabel);
  if (start == std::string_view::npos) return "";
  const std::string_view rest = message.substr(start + kLabel.size());
  return std::string(rest.substr(0, rest.find('\n')));
}

// It is gone, going, or cannot do anything just now (class 53: a full disk, no memory, no connection
// left; 58030: its disk fails). Nothing is wrong with what was asked: it will do later.
bool MeansServerUnavailable(std::string_view state) {
  return state.starts_with("08") || state.starts_with("53") || state == "58030" || state == "57P01" || state == "57P02" || state == "57P03" ||
         state == "57P05" || state == "25P03";
}

[[noreturn]] void ThrowTyped(const std::string& message, const std::string& state) {
  if (MeansServerUnavailable(state)) throw ConnectionLost(message);
  if (state == "23505") throw UniqueViolation(message, ConstraintName(message));
  if (state == "23503") throw ForeignKeyViolation(message, ConstraintName(message));
  if (state.starts_with("23")) throw CheckViolation(message, ConstraintName(message));
  if (state == "40001" || state == "40P01") throw SerializationFailure(message);
  if (state == "57014") throw StatementTimeout(message);
  if (state == "55P03") throw LockTimeout(message);
  throw StatementFailed(message, state);
}

Shape ShapeOf(const pqxx::result& result) {
  Shape shape;
  const auto columns = static_cast<int>(result.columns());
  for (int column = 0; column < columns; ++column) {
    shape.names.emplace_back(result.column_name(column));
    shape.types.push_back(result.column_type(column));
  }
  return shape;
}

// Columns of a prepared statement cannot change, so their shape is worked out once.
Rows MakeRows(pqxx::result&& driver_result, const Shape*& shape) {
  auto owner = std::make_shared<const pqxx::result>(std::move(driver_result));
  const pqxx::result& result = *owner;
  if (shape == nullptr) shape = InternShape(ShapeOf(result));
  auto data = std::make_shared<RowsData>();
  data->shape = shape;
  data->size = result.size();
  data->affected = result.affected_rows();
  const auto columns = shape->names.size();
  data->cells.reserve(data->size * columns);
  for (size_t row = 0; row < data->size; ++row) {
    const pqxx::row cells = result[static_cast<int>(row)];
    for (size_t column = 0; column < columns; ++column) {
      const pqxx::field cell = cells[static_cast<int>(column)];
      data->cells.push_back(cell.is_null() ? Cell{} : Cell{cell.c_str(), cell.size()});
    }
  }
  data->owner = std::move(owner);
  return Rows(std::move(data));
}

// libpq would cut the text off at a NUL without a word; Postgres holds none in any type.
void RefuseNul(std::span<const Parameter> parameters) {
  for (const Parameter& parameter : parameters) {
    if (parameter.is_null() || parameter.text()->find('\0') == std::string::npos) continue;
    constexpr char kCharacterNotInRepertoire[] = "22021";
    throw StatementFailed("a parameter holds a NUL character", kCharacterNotInRepertoire);
  }
}

#if PQXX_VERSION_MAJOR < 7
auto DriverParameters(std::span<const Parameter> parameters) {
  std::vector<const char*> texts;
  texts.reserve(parameters.size());
  for (const Parameter& parameter : parameters) {
    texts.push_back(parameter.is_null() ? nullptr : parameter.text()->c_str());
  }
  return texts;
}
#else
auto DriverParameters(std::span<const Parameter> parameters) {
  pqxx::params list;
  list.reserve(parameters.size());
  for (const Parameter& parameter : parameters) {
    if (parameter.is_null()) {
      list.append();
    } else {
      list.append(pqxx::zview(*parameter.text()));
    }
  }
  return list;
}
#endif

#if PQXX_VERSION_MAJOR < 7
// One line of COPY's text format, made here: libpqxx 6's stream takes tuples only, whose types must
// be known when compiling.
struct CopyLine {
  std::string text;
};

void AppendEscaped(std::string_view value, std::string* line) {
  for (const char c : value) {
    switch (c) {
      case '\\':
        *line += "\\\\";
        break;
      case '\n':
        *line += "\\n";
        break;
      case '\r':
        *line += "\\r";
        break;
      case '\t':
        *line += "\\t";
        break;
      default:
        *line += c;
    }
  }
}

// stream_to << x calls separated_list("\t", x, escaper) without a namespace, and so finds this one.
template <class Escaper>
const std::string& separated_list(const char*, const CopyLine& line, const Escaper&) {
  return line.text;
}
#endif

class StreamWriter : public CopyWriter {
 public:
  explicit StreamWriter(pqxx::stream_to& stream) : stream_(stream) {}
#if PQXX_VERSION_MAJOR < 7
  void Add(std::span<const Parameter> values) override {
    line_.text.clear();
    for (const Parameter& value : values) {
      if (&value != values.data()) line_.text += '\t';
      if (value.is_null()) {
        line_.text += "\\N";
      } else {
        AppendEscaped(*value.text(), &line_.text);
      }
    }
    stream_ << line_;
  }

 private:
  CopyLine line_;
#else
  void Add(std::span<const Parameter> values) override {
    texts_.clear();
    for (const Parameter& value : values) texts_.push_back(value.text());
    stream_ << texts_;
  }

 private:
  std::vector<std::optional<std::string>> texts_;
#endif
  pqxx::stream_to& stream_;
};

}  // namespace

std::string WithSettings(const std::string& url,
                         const std::vector<std::pair<std::string, std::string>>& settings) {
  char* error = nullptr;
  PQconninfoOption* options = PQconninfoParse(url.c_str(), &error);
  if (options == nullptr) {
    const std::string words = error == nullptr ? "out of memory" : error;
    PQfreemem(error);
    throw std::invalid_argument("The database's connection string is not valid: " + words);
  }
  std::map<std::string, std::string> all;
  for (const PQconninfoOption* option = options; option->keyword != nullptr; ++option) {
    if (option->val != nullptr) all[option->keyword] = option->val;
  }
  PQconninfoFree(options);
  for (const auto& [keyword, value] : settings) all[keyword] = value;
  std::string text;
  for (const auto& [keyword, value] : all) {
    text += keyword + "='";
    for (const char c : value) {
      if (c == '\'' || c == '\\') text += '\\';
      text += c;
    }
    text += "' ";
  }
  return text;
}

struct Connection::Implementation {
  explicit Implementation(const std::string& conninfo) : connection(conninfo), session(connection) {
#if PQXX_VERSION_MAJOR < 7
    // A silent reconnection would lose the transaction, its locks and its settings.
    // It is deprecated because 7 never reconnects.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wdeprecated-declarations"
    connection.inhibit_reactivation(true);
#pragma GCC diagnostic pop
    connection.set_verbosity(pqxx::connection_base::verbose);
#else
    connection.set_verbosity(pqxx::error_verbosity::verbose);
#endif
  }

  // Runs a piece of driver code and turns what it throws into this library's errors.
  template <class Fn>
  auto Guarded(Fn fn) {
    try {
      return fn();
    } catch (const pqxx::broken_connection& error) {
      broken = true;
      throw ConnectionLost(error.what());
    } catch (const pqxx::failure& error) {
      const std::string message = error.what();
      const std::string state = SqlState(message);
      if (!connection.is_open() || MeansServerUnavailable(state)) {
        broken = true;
        throw ConnectionLost(message);
      }
      // A migration has changed what a prepared statement answers: a new connection prepares anew.
      if (state == "0A000" && message.find("cached plan") != std::string::npos) {
        broken = true;
        throw ConnectionLost(message);
      }
      ThrowTyped(message, state);
    } catch (const pqxx::usage_error& error) {
      broken = true;
      throw StatementFailed(error.what(), "");
    }
  }

  struct Prepared {
    std::string name;
    const Shape* shape = nullptr;
  };
  Prepared& Prepare(const std::string& key, std::string_view text) {
    const auto known = prepared.find(key);
    if (known != prepared.end()) return known->second;
    const std::string name = "s" + std::to_string(prepared.size());
    connection.prepare(name, std::string(text));
    return prepared.emplace(key, Prepared{name}).first->second;
  }

  pqxx::connection connection;
  // Not one of libpqxx's transactions: it sends nothing by itself.
  pqxx::nontransaction session;
  std::unordered_map<std::string, Prepared> prepared;
  bool broken = false;
};

Connection::Connection(const std::string& conninfo) {
  try {
    implementation_ = std::make_unique<Implementation>(conninfo);
  } catch (const pqxx::failure& error) {
    throw ConnectionLost(error.what());
  }
}

Connection::~Connection() = default;

Rows Connection::Execute(const std::string& text) {
  return implementation_->Guarded([&] {
    const Shape* shape = nullptr;
    return MakeRows(implementation_->session.exec(text), shape);
  });
}

Rows Connection::ExecutePrepared(const std::string& key, std::string_view text,
                                 std::span<const Parameter> parameters) {
  return implementation_->Guarded([&] {
    RefuseNul(parameters);
    Implementation::Prepared& prepared = implementation_->Prepare(key, text);
    const auto driver_parameters = DriverParameters(parameters);
#if PQXX_VERSION_MAJOR < 7
    pqxx::result result = implementation_->session.exec_prepared(
        prepared.name, pqxx::prepare::make_dynamic_params(driver_parameters));
#else
    pqxx::result result = implementation_->session.exec_prepared(prepared.name, driver_parameters);
#endif
    return MakeRows(std::move(result), prepared.shape);
  });
}

void Connection::Copy(std::string_view table, const std::vector<std::string>& columns,
                      const std::function<void(CopyWriter&)>& write) {
  implementation_->Guarded([&] {
    // When `write` throws, the server still waits for data: only closing ends that.
    implementation_->broken = true;
#if PQXX_VERSION_MAJOR < 7
    pqxx::stream_to stream(implementation_->session, std::string(table), columns);
#else
    std::string list;
    for (const std::string& column : columns) list += (list.empty() ? "" : ",") + column;
    auto stream = pqxx::stream_to::raw_table(implementation_->session, table, list);
#endif
    StreamWriter writer(stream);
    write(writer);
    stream.complete();
    implementation_->broken = false;
  });
}

std::string Connection::Quote(std::string_view text) const {
  return implementation_->connection.quote(std::string(text));
}

bool Connection::broken() const {
  return implementation_->broken || !implementation_->connection.is_open();
}

}  // namespace continuo::postgres
