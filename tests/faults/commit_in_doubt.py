"""A commit that took place and whose answer was lost, since Postgres stopped in between.

The service sleeps before the commit until commits wait for a standby that there is not: it is made,
and not answered, until the server is stopped `immediate`.
"""
import contextlib

from continuo import await_true
from fault import Fault, outlived

POINTS = {
    "command.before_commit": "a command",
    "relay.before_commit": "stamped events",
    "consumer.before_commit": "an effect",
}
SERVICES = ["catalogue", "quoting", "contracts", "billing"]


def fault(service, point):
    @contextlib.contextmanager
    def disturb(stack, _rng, _played):
        stack.arm(service, point + "=stop")

        def doubt():
            await_true(lambda: stack.stopped(service), service + " stops", 60)
            waiting = commits_waiting(stack, service)
            stack.set_synchronous_standby("nobody")
            stack.wake(service)
            await_true(lambda: commits_waiting(stack, service) > waiting,
                       service + "'s commit is in doubt", 10)
            stack.crash_postgres()
            stack.restart_postgres()
            stack.set_synchronous_standby("")
            stack.mended()
        with outlived(stack, doubt):
            yield
    return Fault("commit of %s by %s in doubt" % (POINTS[point], service), "commit in doubt",
                 disturb)


def commits_waiting(stack, service):
    return int(stack.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep' AND "
                         "application_name = 'continuo-%s'" % service)[0][0])


FAULTS = [fault(service, point) for point in POINTS for service in SERVICES
          if (service, point) != ("catalogue", "consumer.before_commit")]
