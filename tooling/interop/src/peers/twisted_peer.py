"""Real Twisted as a peer of the matrix.

  twisted_peer.py server SETUP    serves on a free port of 127.0.0.1 until it is killed
  twisted_peer.py client SETUP    connects, says its part, and ends

SETUP is a JSON document. What happens is told on standard output, a JSON document a line.
"""
import hashlib
import json
import re
import sys

from OpenSSL import SSL
from twisted.internet import interfaces, protocol, reactor, ssl
from zope.interface import implementer


def tell(**facts):
    print(json.dumps(facts), flush=True)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def certificates(path):
    found = re.findall(rb"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", read(path), re.S)
    return [ssl.Certificate.loadPEM(pem) for pem in found]


def identity(setup):
    """The arguments of CertificateOptions for a certificate, its key and its chain."""
    mine = setup["identity"]
    key = ssl.KeyPair.load(read(mine["key"]), SSL.FILETYPE_PEM)
    [certificate] = certificates(mine["cert"])
    return dict(
        privateKey=key.original,
        certificate=certificate.original,
        extraCertChain=[one.original for one in certificates(mine["chain"])],
    )


def alpn(setup):
    return [name.encode() for name in setup["alpn"]] if "alpn" in setup else None


def server_options(setup):
    more = identity(setup)
    if "clientCa" in setup:
        more["trustRoot"] = ssl.trustRootFromCertificates(certificates(setup["clientCa"]))
    if setup.get("only") == "TLSv1.3":
        more["raiseMinimumTo"] = ssl.TLSVersion.TLSv1_3
    options = ssl.CertificateOptions(acceptableProtocols=alpn(setup), **more)
    if setup.get("only") == "TLSv1.2":
        # Twisted 22.4's lowerMaximumSecurityTo leaves out the version that it names; and its default minimum is 1.0.
        options.getContext().set_min_proto_version(SSL.TLS1_2_VERSION)
        options.getContext().set_max_proto_version(SSL.TLS1_2_VERSION)
    return options


def client_options(setup):
    more = identity(setup) if "identity" in setup else {}
    return ssl.optionsForClientTLS(
        setup["name"],
        trustRoot=ssl.trustRootFromCertificates(certificates(setup["trust"])),
        acceptableProtocols=alpn(setup),
        extraCertificateOptions=more,
    )


@implementer(interfaces.IHandshakeListener)
class Peer(protocol.Protocol):
    """Both sides: gathers what was seen, and tells it when the connection is over."""

    def __init__(self, setup):
        self.setup = setup
        self.seen = {}
        self.done = False
        self.isSecure = not setup["startTls"]
        self.parts = []
        self.size = 0
        self.wanted = None

    def handshakeCompleted(self):
        connection = self.transport.getHandle()
        negotiated = connection.get_alpn_proto_negotiated()
        certificate = self.transport.getPeerCertificate()
        self.seen["version"] = connection.get_protocol_version_name()
        if negotiated:
            self.seen["alpn"] = negotiated.decode()
        if certificate:
            self.seen["peer"] = certificate.get_subject().CN

    def body(self, data):
        """The body of the message, once it is whole."""
        self.parts.append(data)
        self.size += len(data)
        if self.wanted is None:
            head, end, _ = b"".join(self.parts).partition(b"\r\n\r\n")
            if not end:
                return None
            self.start = len(head) + len(end)
            self.wanted = self.start + int(re.search(rb"(?i)content-length: *(\d+)", head).group(1))
        return b"".join(self.parts)[self.start :] if self.size >= self.wanted else None

    def lines(self, data):
        """The lines that are whole."""
        self.parts.append(data)
        *whole, rest = b"".join(self.parts).split(b"\r\n")
        self.parts = [rest]
        return whole

    def finish(self, **more):
        self.done = True
        self.seen.update(more)
        self.transport.loseConnection()

    def connectionLost(self, reason):
        if not self.done:
            self.seen["refused"] = str(reason.value)
        self.over()


class Server(Peer):
    def connectionMade(self):
        if not self.isSecure:
            self.say(b"220 localhost ESMTP")

    def dataReceived(self, data):
        if self.setup["startTls"]:
            return self.talk(data)
        body = self.body(data)
        if body is None:
            return
        self.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\nConnection: close\r\n\r\n" % len(body))
        self.transport.write(body)
        self.finish(sha256=hashlib.sha256(body).hexdigest())

    def talk(self, data):
        for line in self.lines(data):
            command = line.split(b" ")[0].upper()
            if command == b"EHLO":
                self.say(b"250 localhost" if self.isSecure else b"250-localhost\r\n250 STARTTLS")
            elif command == b"STARTTLS" and not self.isSecure:
                self.say(b"220 Go ahead")
                self.isSecure = True
                self.transport.startTLS(server_options(self.setup))
                return
            elif command == b"QUIT":
                self.say(b"221 Bye")
                self.finish()
            else:
                self.say(b"250 " + line)

    def say(self, line):
        self.transport.write(line + b"\r\n")

    def over(self):
        tell(sight=self.seen)


class Client(Peer):
    # After this many answers: this is said.
    script = [b"EHLO localhost", b"STARTTLS", None, b"NOOP matrix", b"QUIT"]
    answered = 0

    def connectionMade(self):
        if self.isSecure:
            body = read(self.setup["body"])
            head = "PUT / HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\nConnection: close\r\n\r\n"
            self.transport.write((head % (self.setup["name"], len(body))).encode())
            self.transport.write(body)

    def dataReceived(self, data):
        if self.setup["startTls"]:
            return self.talk(data)
        body = self.body(data)
        if body is not None:
            self.finish(sha256=hashlib.sha256(body).hexdigest())

    def talk(self, data):
        for line in self.lines(data):
            if line[:1] != b"2":
                return self.transport.abortConnection()
            if line[3:4] == b"-":
                continue
            self.answered += 1
            if self.answered > len(self.script):
                return self.finish()
            command = self.script[self.answered - 1]
            if command is None:
                self.transport.startTLS(client_options(self.setup))
                command = b"EHLO localhost"
            self.transport.write(command + b"\r\n")

    def over(self):
        tell(sight=self.seen)
        if reactor.running:
            reactor.stop()


class ServerFactory(protocol.Factory):
    noisy = False

    def __init__(self, setup):
        self.setup = setup

    def buildProtocol(self, addr):
        return Server(self.setup)


class ClientFactory(protocol.ClientFactory):
    noisy = False

    def __init__(self, setup):
        self.setup = setup

    def buildProtocol(self, addr):
        return Client(self.setup)

    def clientConnectionFailed(self, connector, reason):
        tell(sight=dict(refused=str(reason.value)))
        reactor.stop()


def main(role, setup):
    if role == "client":
        factory = ClientFactory(setup)
        if setup["startTls"]:
            reactor.connectTCP("127.0.0.1", setup["port"], factory)
        else:
            reactor.connectSSL("127.0.0.1", setup["port"], factory, client_options(setup))
    elif setup["startTls"]:
        server_options(setup)
        tell(port=reactor.listenTCP(0, ServerFactory(setup), interface="127.0.0.1").getHost().port)
    else:
        port = reactor.listenSSL(0, ServerFactory(setup), server_options(setup), interface="127.0.0.1")
        tell(port=port.getHost().port)
    reactor.run()


main(sys.argv[1], json.loads(sys.argv[2]))
