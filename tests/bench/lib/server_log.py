"""The very statements of one call, read from the server's log, as a pgbench script.

So the bare limit follows the service: whatever statements it sends today, pgbench sends the same
texts, in the same round trips, prepared once for each connection, over the same Unix socket as the
same role. Values that must be new in every transaction are told apart by looking at two calls.
"""
import json
import pathlib
import re

PARAMETER = re.compile(r"\$(\d+) = (NULL|'(?:[^']|'')*')")
UUID = re.compile(r"'([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12})'")


class ServerLog:
    """Of a cluster that was started with `log_destination=jsonlog logging_collector=on`."""

    def __init__(self, directory, psql):
        self.folder = pathlib.Path(directory) / "data/server_log"
        self.psql = psql

    def record(self, role, act):
        """The statements of `role`, by session, that `act` caused on new connections."""
        self.psql("ALTER SYSTEM SET log_statement = 'all'", "SELECT pg_reload_conf()",
                  "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = '%s'" % role)
        before = len(self._lines())
        try:
            act()
        finally:
            self.psql("ALTER SYSTEM RESET log_statement", "SELECT pg_reload_conf()")
        sessions = {}
        for text in self._lines()[before:]:
            entry = json.loads(text)
            if entry.get("user") == role and entry.get("error_severity") == "LOG":
                sessions.setdefault(entry["pid"], []).append(entry)
        return sessions

    def _lines(self):
        return [text for path in sorted(self.folder.glob("*.json"))
                for text in path.read_text().splitlines()]


def transactions(sessions, marker):
    """(statements that set a session up, [those of each transaction that has `marker`])."""
    for entries in sessions.values():
        begins = [i for i, e in enumerate(entries) if e["message"].startswith("statement: BEGIN")]
        parts = []
        for begin in begins:
            end = next((i for i in range(begin, len(entries))
                        if entries[i]["message"].rstrip().endswith("COMMIT")), begin)
            part = entries[begin:end + 1]
            if any(marker in entry["message"] for entry in part):
                parts.append(part)
        if parts:
            return entries[:begins[0]], parts
    raise RuntimeError("no transaction with %r in the server's log" % marker)


def _values(entry):
    found = dict(PARAMETER.findall(entry.get("detail", "")))
    return [found[str(number + 1)] for number in range(len(found))]


def _step(entry):
    """(name or none, text, values) of one round trip."""
    simple = re.match(r"statement: (.*)", entry["message"], re.S)
    if simple:
        return None, simple.group(1), []
    name, text = re.match(r"execute ([^:]+): (.*)", entry["message"], re.S).groups()
    return name, text, _values(entry)


def script(setup, part, fresh=None):
    """A pgbench script. `fresh`: literal -> expression, for what must be new each time."""
    lines = ["\\if :fresh"]
    for entry in setup:
        lines.append(_step(entry)[1].rstrip().rstrip(";") + ";")
    body, prepared = [], set()
    for entry in part:
        name, text, values = _step(entry)
        if name is None:
            body.append(_renewed(text, fresh).replace(";", "\\;") + ";")
            continue
        if name not in prepared:
            prepared.add(name)
            lines.append("PREPARE bench_%s AS %s;" % (name, text))
        values = ", ".join(_renewed(value, fresh) for value in values)
        body.append("EXECUTE bench_%s%s;" % (name, "(%s)" % values if values else ""))
    lines += ["\\set fresh 0", "\\endif", "\\set n :n + 1", "\\set unique :client_id * 1000000000 + :n"]
    return "\n".join(lines + body) + "\n"


def _renewed(text, fresh):
    for literal, expression in (fresh or {}).items():
        text = text.replace(literal, expression)
    return text


def fresh_values(first, second):
    """Ids that differ between two calls of one operation, each with the expression of a new one.

    `first` and `second` are parts that transactions() answers. New ids count up for each connection,
    as UUIDv7 do.
    """
    pick = lambda part: [v for entry in part for v in _values(entry)]
    found = {}
    for a, b in zip(pick(first), pick(second)):
        if a != b and UUID.fullmatch(a):
            found.setdefault(a, "lpad((:unique::bigint * 8 + %d)::text, 32, '0')::uuid" % len(found))
    return found
