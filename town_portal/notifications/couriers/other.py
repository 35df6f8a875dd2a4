"""The long tail of services, by Apprise where it is installed. It tells no reasons: taken, or not."""

import importlib
import logging

from town_portal.notifications.rules.connection import Connection
from town_portal.notifications.rules.outcome import Outcome, broken, delivered, later
from town_portal.notifications.rules.payload import Envelope


def send(connection: Connection, envelope: Envelope) -> Outcome:
    """Bring a message by Apprise. It follows its own time limits and may wait for the service's rate."""
    logging.getLogger("apprise").setLevel(logging.CRITICAL)  # its lines hold whole addresses
    try:
        apprise = importlib.import_module("apprise")
    except ImportError:
        return broken("这台服务器没有装 apprise 组件，“其他服务”的通道发不了。请系统维护人员装上，或者停用这条通道")
    service = apprise.Apprise.instantiate(connection.secret["url"], suppress_exceptions=True)
    if service is None:
        return broken("apprise 不认识这个地址。请核对格式，在“更换密钥”里换上")
    try:
        taken = service.notify(body=envelope.text, title="")
    except Exception:  # noqa: BLE001 - whatever a service's own code raises, with the address in its words
        taken = False
    return delivered() if taken else later("对方没有收下，过一会儿自动再发。一直这样，请核对地址")
