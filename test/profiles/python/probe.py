"""Asks one installed library version what it really does, and prints the answer as JSON.

Started by check.ts with PYTHONPATH at the installed package; reads {"library", "cases": [{"id", "role", "settings"}], "names"} from standard input.
No broker is needed: constructors are given an api_version where they would otherwise look for one.
"""

import ast
import ctypes
import glob
import importlib
import inspect
import json
import logging
import math
import os
import sys

logging.disable(logging.CRITICAL)

HERE = os.environ["PYTHONPATH"].split(os.pathsep)[0]


def plain(value):
    """A value as JSON can carry it; what has no literal form as None or its own name."""
    if isinstance(value, bool) or value is None or isinstance(value, (int, str)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else 2147483647
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if inspect.isclass(value):
        return getattr(value, "name", value.__name__)
    return getattr(value, "name", None)


def error_text(error):
    text = str(error)
    if isinstance(error, Refused):
        return text
    name = type(error).__name__
    return text if text.startswith(name) else "%s: %s" % (name, text)


def attempt(build):
    try:
        return {"ok": True, "effective": build()}
    except BaseException as error:  # assertions included: that is what is asked
        return {"ok": False, "error": error_text(error)}


# kafka-python and kafka-python-ng


def kafka_python(cases):
    try:
        import kafka
        from kafka import KafkaConsumer, KafkaProducer
    except BaseException as error:
        return read_default_config(error)
    import kafka.errors

    defaults = {
        "consumer": {k: plain(v) for k, v in KafkaConsumer.DEFAULT_CONFIG.items()},
        "producer": {k: plain(v) for k, v in KafkaProducer.DEFAULT_CONFIG.items()},
    }
    deprecated = {"consumer": [], "producer": list(getattr(KafkaProducer, "DEPRECATED_CONFIGS", ()))}
    # api_version keeps the constructor from asking a broker; from 3.0 on the session timeout depends on it
    api = (3, 0, 0) if "bootstrap_timeout_ms" in defaults["consumer"] else (2, 5, 0)

    def build(case):
        base = {"bootstrap_servers": "127.0.0.1:1", "api_version": api}
        if case["role"] == "consumer":
            client = KafkaConsumer(**{**base, **case["settings"]})
            config = dict(client.config)
            config["enable_auto_commit"] = bool(client._coordinator.config["enable_auto_commit"])
            strategy = client._subscription._default_offset_reset_strategy
            config["auto_offset_reset"] = {-1: "latest", -2: "earliest"}.get(strategy, "none")
        else:
            client = KafkaProducer(**{**base, **case["settings"]})
            config = dict(client.config)
        return {k: plain(v) for k, v in config.items()}

    return {"defaults": defaults, "deprecated": deprecated, "cases": {c["id"]: attempt(lambda c=c: build(c)) for c in cases}}


def read_default_config(error):
    """A release that this Python cannot import any more: its DEFAULT_CONFIG is read, not run."""
    found = {}
    for role, path, name in (("consumer", "consumer/group.py", "KafkaConsumer"), ("producer", "producer/kafka.py", "KafkaProducer")):
        with open(os.path.join(HERE, "kafka", path)) as source:
            tree = ast.parse(source.read())
        for node in ast.walk(tree):
            if not isinstance(node, ast.ClassDef) or node.name != name:
                continue
            for statement in node.body:
                if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == "DEFAULT_CONFIG":
                    found[role] = {key.value: literal(value) for key, value in zip(statement.value.keys, statement.value.values)}
    return {"defaults": found, "deprecated": {}, "cases": {}, "note": "read, not run: " + error_text(error)}


def literal(node):
    text = ast.unparse(node)
    if "Assignor" in text:
        return [{"Range": "range", "RoundRobin": "roundrobin"}[n.id.split("Partition")[0]] for n in node.elts]
    if text in ("float('inf')", "sys.maxsize"):
        return 2147483647
    try:
        return plain(eval(text, {"__builtins__": {}}, {"__version__": "<version>"}))  # arithmetic of literals only
    except Exception:
        return None


# aiokafka


def signature_defaults(function):
    parameters = list(inspect.signature(function).parameters.values())[1:]
    return {
        p.name: plain(p.default) if p.default is not p.empty else None
        for p in parameters
        if p.kind in (p.KEYWORD_ONLY, p.POSITIONAL_OR_KEYWORD)
    }


def aiokafka(cases):
    import asyncio

    from aiokafka import AIOKafkaConsumer, AIOKafkaProducer

    defaults = {"consumer": signature_defaults(AIOKafkaConsumer.__init__), "producer": signature_defaults(AIOKafkaProducer.__init__)}

    async def build(case):
        if case["role"] == "consumer":
            client = AIOKafkaConsumer(bootstrap_servers="127.0.0.1:1", **case["settings"])
            return {"enable_auto_commit": plain(bool(client._enable_auto_commit) and client._group_id is not None)}
        client = AIOKafkaProducer(bootstrap_servers="127.0.0.1:1", **case["settings"])
        sender = client._sender
        return {"acks": sender._acks, "enable_idempotence": client._txn_manager is not None}

    answers = {}
    for case in cases:
        answers[case["id"]] = attempt(lambda case=case: asyncio.run(build(case)))
    # the default of acks is a marker; what it stands for is what a producer without settings has
    bare = attempt(lambda: asyncio.run(build({"role": "producer", "settings": {}})))
    if bare["ok"]:
        defaults["producer"]["acks"] = bare["effective"]["acks"]
    return {"defaults": defaults, "deprecated": {}, "cases": answers}


# librdkafka, by its C functions, and confluent-kafka on top of it where this Python can load it


class Refused(Exception):
    """Told in librdkafka's own words, without a type of Python's."""


class Librdkafka:
    def __init__(self):
        found = glob.glob(os.path.join(HERE, "confluent_kafka*", "librdkafka*")) + glob.glob(
            os.path.join(HERE, "confluent_kafka", ".libs", "librdkafka*")
        )
        self.lib = lib = ctypes.CDLL(found[0])
        pointer, text = ctypes.c_void_p, ctypes.c_char_p
        for name, result, arguments in (
            ("rd_kafka_version_str", text, []),
            ("rd_kafka_conf_new", pointer, []),
            ("rd_kafka_topic_conf_new", pointer, []),
            ("rd_kafka_conf_set", ctypes.c_int, [pointer, text, text, pointer, ctypes.c_size_t]),
            ("rd_kafka_conf_get", ctypes.c_int, [pointer, text, pointer, pointer]),
            ("rd_kafka_topic_conf_get", ctypes.c_int, [pointer, text, pointer, pointer]),
            ("rd_kafka_conf_dump", ctypes.POINTER(text), [pointer, pointer]),
            ("rd_kafka_topic_conf_dump", ctypes.POINTER(text), [pointer, pointer]),
            ("rd_kafka_new", pointer, [ctypes.c_int, pointer, pointer, ctypes.c_size_t]),
        ):
            function = getattr(lib, name)
            function.restype, function.argtypes = result, arguments

    def version(self):
        return self.lib.rd_kafka_version_str().decode()

    def defaults(self):
        found = {}
        count = ctypes.c_size_t()
        for new, dump in (
            (self.lib.rd_kafka_topic_conf_new, self.lib.rd_kafka_topic_conf_dump),
            (self.lib.rd_kafka_conf_new, self.lib.rd_kafka_conf_dump),
        ):
            pairs = dump(new(), ctypes.byref(count))
            found.update({pairs[i].decode(): pairs[i + 1].decode() for i in range(0, count.value, 2)})
        return found

    def knows(self, name):
        """True unless setting it is answered by RD_KAFKA_CONF_UNKNOWN; a value that is no good is answered otherwise."""
        errors = ctypes.create_string_buffer(512)
        return self.lib.rd_kafka_conf_set(self.lib.rd_kafka_conf_new(), name.encode(), b"x", errors, 512) != -2

    def build(self, case):
        errors = ctypes.create_string_buffer(512)
        conf = self.lib.rd_kafka_conf_new()
        for key, value in case["settings"].items():
            text = None if value is None else str(value).encode()
            if self.lib.rd_kafka_conf_set(conf, key.encode(), text, errors, 512) != 0:
                raise Refused(errors.value.decode().strip())
        self.lib.rd_kafka_conf_set(conf, b"log_level", b"0", errors, 512)
        handle = self.lib.rd_kafka_new(0 if case["role"] == "producer" else 1, conf, errors, 512)
        if not handle:
            raise Refused(errors.value.decode().strip())
        # the settings of the running client; the oldest releases do not hand them out
        if not hasattr(self.lib, "rd_kafka_conf"):
            return {}
        self.lib.rd_kafka_conf.restype, self.lib.rd_kafka_conf.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
        self.lib.rd_kafka_default_topic_conf_dup.restype = ctypes.c_void_p
        self.lib.rd_kafka_default_topic_conf_dup.argtypes = [ctypes.c_void_p]
        topic = self.lib.rd_kafka_default_topic_conf_dup(handle)
        return {
            **self.read(self.lib.rd_kafka_topic_conf_get, topic, case["names"]),
            **self.read(self.lib.rd_kafka_conf_get, self.lib.rd_kafka_conf(handle), case["names"]),
        }

    def read(self, get, conf, names):
        values = {}
        for name in names:
            buffer, size = ctypes.create_string_buffer(512), ctypes.c_size_t(512)
            if get(conf, name.encode(), buffer, ctypes.byref(size)) == 0:
                values[name] = buffer.value.decode()
        return values


def confluent_kafka(cases, names):
    library = Librdkafka()
    answers = {c["id"]: attempt(lambda c=c: library.build({**c, "names": names["settings"]})) for c in cases}
    answer = {
        "librdkafka": library.version(),
        "defaults": {"both": library.defaults()},
        "knows": {name: library.knows(name) for name in names["properties"]},
        "cases": answers,
        "binding": {},
    }
    try:
        binding = importlib.import_module("confluent_kafka")
    except BaseException as error:
        answer["note"] = "librdkafka only: " + error_text(error)
        return answer
    for case in cases:
        kind = binding.Producer if case["role"] == "producer" else binding.Consumer

        def build(kind=kind, case=case):
            kind({**case["settings"], "log_level": 0, "logger": logging.getLogger("probe")})
            return {}

        answer["binding"][case["id"]] = attempt(build)
    return answer


# faust


def faust(cases):
    import faust as library

    def build(case):
        app = library.App("probe-app", broker="kafka://127.0.0.1:1", **case["settings"])
        conf = app.conf
        names = (
            "broker_commit_every broker_commit_interval broker_heartbeat_interval broker_max_poll_interval broker_max_poll_records"
            " broker_request_timeout broker_session_timeout consumer_auto_offset_reset consumer_group_instance_id"
            " processing_guarantee producer_acks producer_linger producer_request_timeout"
        ).split()
        values = {}
        for name in names:
            if not hasattr(conf, name):
                continue
            value = getattr(conf, name)
            values[name] = getattr(value, "value", plain(value))
        values["in_transaction"] = bool(app.in_transaction)
        return values

    bare = attempt(lambda: build({"settings": {}}))
    parameters = sorted(getattr(library.Settings, "SETTINGS", {}) or signature_defaults(library.Settings.__init__))
    return {
        "defaults": {"both": bare.get("effective", {})},
        "parameters": parameters,
        "note": bare.get("error", ""),
        "deprecated": {},
        "cases": {c["id"]: attempt(lambda c=c: build(c)) for c in cases},
    }


# FastStream


def faststream(kind, cases):
    module = importlib.import_module("faststream." + kind)
    broker_class = module.KafkaBroker

    def build(case):
        options = engine_options(kind, broker_class, case["role"], policies(case["settings"]))
        if kind == "kafka" and case["role"] == "consumer" and options.get("group_id") is None:
            options["enable_auto_commit"] = False  # what aiokafka makes of it
        return options

    return {
        "defaults": {
            "consumer": signature_defaults(broker_class.subscriber),
            "producer": signature_defaults(broker_class.__init__),
        },
        "deprecated": {},
        "cases": {c["id"]: attempt(lambda c=c: build(c)) for c in cases},
    }


def policies(settings):
    try:
        from faststream import AckPolicy
    except ImportError:  # the word did not exist yet
        return settings
    return {k: AckPolicy(v) if k == "ack_policy" else v for k, v in settings.items()}


class Built(BaseException):
    """Raised in the place of the engine's client: it was given these options."""


def engine_options(kind, broker_class, role, settings):
    """What the client of the engine is constructed with, in its own spelling; nothing is connected to."""
    import asyncio
    from unittest import mock

    def caught(*args, **kwargs):
        options = {**(args[0] if args and isinstance(args[0], dict) else {}), **kwargs}
        raise Built({k: plain(v) for k, v in options.items()})

    idle = mock.AsyncMock() if kind == "kafka" else mock.MagicMock()
    consumer, producer = ("AIOKafkaConsumer", "AIOKafkaProducer") if kind == "kafka" else ("Consumer", "Producer")
    wanted, other = (consumer, producer) if role == "consumer" else (producer, consumer)
    if kind == "kafka":
        importlib.import_module("aiokafka.admin.client")
    stand_ins = {wanted: caught, other: lambda *a, **k: idle}
    # its answers are awaited, and then looked into: topics that are there already
    admin = mock.AsyncMock(**{"create_topics.return_value": mock.MagicMock()}) if kind == "kafka" else mock.MagicMock()
    stand_ins["AIOKafkaAdminClient" if kind == "kafka" else "AdminClient"] = lambda *a, **k: admin
    patched = []
    for name, loaded in list(sys.modules.items()):
        if not name.startswith("faststream." + kind) and name not in ("aiokafka", "aiokafka.admin", "aiokafka.admin.client", "confluent_kafka"):
            continue
        for attribute, stand_in in stand_ins.items():
            if hasattr(loaded, attribute):
                patched.append(mock.patch.object(loaded, attribute, stand_in))

    async def start():
        broker = broker_class("127.0.0.1:1", **(settings if role == "producer" else {}))
        if role == "consumer":

            @broker.subscriber("orders", **settings)
            async def handle(message):
                pass

        await asyncio.wait_for(broker.start(), 20)

    for patch in patched:
        patch.start()
    try:
        asyncio.run(start())
    except Built as built:
        return built.args[0]
    finally:
        for patch in patched:
            patch.stop()
    raise LookupError("the engine's client was never built")


def main():
    request = json.load(sys.stdin)
    library, cases = request["library"], request["cases"]
    if library in ("kafka-python", "kafka-python-ng"):
        answer = kafka_python(cases)
    elif library == "aiokafka":
        answer = aiokafka(cases)
    elif library == "confluent-kafka":
        answer = confluent_kafka(cases, request["names"])
    elif library == "faust":
        answer = faust(cases)
    else:
        answer = faststream(library.split("-")[1], cases)
    sys.stdout.write(json.dumps(answer))
    sys.stdout.flush()
    # threads of clients that never met a broker are not waited for
    os._exit(0)


main()
