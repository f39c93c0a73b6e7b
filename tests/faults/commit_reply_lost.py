"""A service's replies to COMMIT are lost, one in so many, whoever waits for them: a command, a job, a
consumer, the relay, a lease. What was committed must count once, and be known to have been."""
import contextlib

import continuo
from continuo import Failed
from fault import POSTGRES, KAFKA, Fault
from proxy import CommitThief

SERVICES = [name for name in continuo.SERVICES if name != "gateway"]


def lossy(service, transports):
    @contextlib.contextmanager
    def disturb(stack, rng, _played):
        settings = stack.settings[continuo.SERVICES.index(service)]
        direct = settings.read_text()
        with CommitThief(stack.cluster, rng.random()) as thief:
            # Its own database alone: the bus is another's.
            through = '%s[postgres.urls]\n%s = "host=%s dbname=%s"\n' % (
                direct, service, thief.directory, stack.database)
            stack.end(service)
            settings.write_text(through)
            stack.start(service)
            stack.await_ready(service)
            thief.steal(rng.choice([0.03, 0.1, 0.25]))
            try:
                yield
            finally:
                thief.steal(0)
                settings.write_text(direct)
                stack.end(service)
                stack.start(service)
                stack.await_ready(service)
                stack.mended()
            if thief.stolen == 0:
                raise Failed("no reply was lost: the test shows nothing")
    return Fault("commit replies of %s lost" % service, "commit reply lost", disturb,
                 transports=transports)


FAULTS = [lossy(service, (POSTGRES, KAFKA) if service in ("quoting", "billing") else (POSTGRES,))
          for service in SERVICES]
