"""A network between the processes that can be cut and made slow: each service in a network namespace of
its own, all on one bridge; Postgres over TCP on it. Needs root. The gateway and Postgres are on the
machine itself, so that callers and psql reach them whatever is cut."""
import os
import re
import shutil
import subprocess

import continuo
from continuo import Failed
from stack import Surroundings


def command(*words):
    done = subprocess.run(words, capture_output=True, text=True)
    if done.returncode != 0:
        raise Failed("%s: %s" % (" ".join(words), done.stderr.strip()))


class Network(Surroundings):
    @staticmethod
    def missing():
        if os.geteuid() != 0:
            return "only root may make network namespaces: run this as root"
        if not (shutil.which("ip") and shutil.which("tc")):
            return "ip and tc are not there: apt-get install iproute2"
        return ""

    def __init__(self):
        self.mark = "%05d" % (os.getpid() % 100_000)
        self.net = "10.%d.%d" % (200 + os.getpid() // 256 % 50, os.getpid() % 256)
        self.bridge = "cb" + self.mark
        self.services = [name for name in continuo.SERVICES if name != "gateway"]

    def __enter__(self):
        try:
            command("ip", "link", "add", self.bridge, "type", "bridge")
            command("ip", "address", "add", self.net + ".1/24", "dev", self.bridge)
            command("ip", "link", "set", self.bridge, "up")
            for name in self.services:
                self._attach(name)
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        for name in self.services:
            subprocess.run(["ip", "netns", "del", self.space(name)], capture_output=True)
        subprocess.run(["ip", "link", "del", self.bridge], capture_output=True)

    def _attach(self, name):
        space, outer = self.space(name), self.cable(name)
        command("ip", "netns", "add", space)
        command("ip", "link", "add", outer, "type", "veth", "peer", "name", "eth0", "netns", space)
        command("ip", "link", "set", outer, "master", self.bridge, "up")
        within = ("ip", "-n", space)
        command(*within, "address", "add", self.host(name) + "/24", "dev", "eth0")
        command(*within, "link", "set", "eth0", "up")
        command(*within, "link", "set", "lo", "up")

    def space(self, name):
        return "continuo-%s-%s" % (self.mark, name)

    def cable(self, name):
        return "cv%s-%d" % (self.mark, self.services.index(name))

    # What a stack asks of its surroundings.

    def host(self, name):
        if name not in self.services:
            return "127.0.0.1"
        return "%s.%d" % (self.net, 10 + self.services.index(name))

    def wrapped(self, name):
        return ["ip", "netns", "exec", self.space(name)] if name in self.services else []

    def lend_database(self, stack):
        with open(stack.cluster + "/data/pg_hba.conf", "a") as rules:
            rules.write("host all all %s.0/24 trust\n" % self.net)
        with open(stack.cluster + "/settings", "a") as settings:
            settings.write("-c listen_addresses=%s.1 " % self.net)
        stack.crash_postgres()
        stack.restart_postgres()

    def configure(self, stack):
        address = {}
        for (name, *_), path in zip(stack.groups, stack.settings):
            listen = re.search(r'^listen = "(127\.0\.0\.1:(\d+))"', path.read_text(), re.M)
            if listen:
                address[listen[1]] = "%s:%s" % (self.host(name), listen[2])
        for path in stack.settings:
            text = path.read_text().replace("[admin]\n", '[admin]\naddress = "0.0.0.0"\n')
            text = text.replace("host=" + stack.cluster, "host=%s.1" % self.net)
            for before, after in address.items():
                text = text.replace('"%s"' % before, '"%s"' % after)
            path.write_text(text)

    # What is done to it.

    def cut(self, name):
        """What is on the cable is lost, both ways, and nobody is told."""
        command("ip", "link", "set", self.cable(name), "down")

    def join(self, name):
        command("ip", "link", "set", self.cable(name), "up")

    def slow(self, name, kilobits):
        """Both ways. What does not fit into half a second is lost, as on a bad line."""
        shape = ("root", "tbf", "rate", "%dkbit" % kilobits, "burst", "16kb", "latency", "500ms")
        command("tc", "qdisc", "add", "dev", self.cable(name), *shape)
        command("tc", "-n", self.space(name), "qdisc", "add", "dev", "eth0", *shape)

    def restore(self, name):
        command("tc", "qdisc", "del", "dev", self.cable(name), "root")
        command("tc", "-n", self.space(name), "qdisc", "del", "dev", "eth0", "root")
