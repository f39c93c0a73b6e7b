"""A Kafka broker of a test's own: topics outlive an instance, and another's database begins anew.

    with broker.Broker() as kafka:
        continuo.Instance("deal", events=kafka.settings)
"""
import pathlib
import shutil
import socket
import subprocess
import tempfile

import continuo


def available():
    return bool(shutil.which("java") and shutil.which("mvn"))


class Broker:
    """`properties`: more settings of the broker, with {port} and {controller}."""

    def __init__(self, properties=""):
        self.properties = properties

    def __enter__(self):
        self.directory = pathlib.Path(tempfile.mkdtemp(prefix="continuo-kafka-"))
        self.port, self.controller = continuo.free_ports(2)
        self.settings = 'transport = "kafka"\nbrokers = "127.0.0.1:%d"\n' % self.port
        self.process = None
        try:
            self.start()
            return self
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_):
        if self.process:
            self.process.terminate()
            try:
                self.process.wait(15)
            except subprocess.TimeoutExpired:
                self.kill()
        shutil.rmtree(self.directory, ignore_errors=True)

    def start(self):
        """Also again after kill(), with what it had on its disk."""
        self.process = subprocess.Popen(
            [str(continuo.ROOT / "deploy/kafka/start"), str(self.directory), str(self.port),
             str(self.controller), str(self._properties())], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        continuo.await_true(self._accepts, "the Kafka broker", 60)

    def _properties(self):
        path = self.directory / "more.properties"
        path.write_text(self.properties.format(port=self.port, controller=self.controller))
        return path

    def kill(self):
        self.process.kill()
        self.process.wait()

    def _accepts(self):
        if self.process.poll() is not None:
            raise continuo.Failed("the Kafka broker ended with %d" % self.process.returncode)
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
            return True
        except OSError:
            return False
