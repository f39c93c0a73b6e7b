"""Each service killed with -9 at each place where something has been done and the next not yet."""
import contextlib

import continuo
from fault import Fault, dying

POINTS = {
    "command.before_commit": "before a command's commit",
    "command.after_commit": "after a command's commit, before its answer",
    "relay.before_commit": "before it commits stamped events",
    "relay.after_commit": "after commit, before produce",
    "relay.after_produce": "after produce",
    "consumer.after_effect": "after the effect, before the position",
    "consumer.before_commit": "before the effect's commit",
    "consumer.after_commit": "after the effect's commit",
    "job.after_slice": "between two slices of a job",
}
# How many commands of one deal, or of the office, a service gets one after the other: the fault may
# come at any of them.
COMMANDS = {"directory": 2, "catalogue": 2, "crm": 2, "quoting": 4, "contracts": 1, "billing": 1,
            "commissions": 1, "webhooks": 1}
# In a round, revenue only follows what others do: its one command closes the month of all rounds.
WITHOUT_CONSUMERS = {"catalogue"}
WITH_JOBS = {"contracts", "billing"}


def reaches(service, point):
    kind = point.split(".")[0]
    return {"command": service in COMMANDS, "relay": True,
            "consumer": service not in WITHOUT_CONSUMERS, "job": service in WITH_JOBS}[kind]


def fault(service, point):
    @contextlib.contextmanager
    def disturb(stack, rng, _played):
        # The others take what has come meanwhile at once, so that only one pass is certain.
        nth = rng.randint(1, COMMANDS[service]) if point.startswith("command") else 1
        process = stack.arm(service, "%s=kill@%d" % (point, nth))
        with dying(stack, service, process):
            yield
    return Fault("%s killed %s" % (service, POINTS[point]), "killed in a " + point.split(".")[0],
                 disturb)


FAULTS = [fault(service, point) for point in POINTS for service in continuo.SERVICES
          if service != "gateway" and reaches(service, point)]
