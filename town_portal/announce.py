"""What ``make run`` does before the server takes over.

It migrates, loads the demo into an empty house, and prints the address and one account of each
role; all in the server's process, so that a second start takes seconds.
"""

from flask import Flask
from flask_migrate import upgrade

from town_portal.audit import queries as trail
from town_portal.config import Config
from town_portal.demo import operations as demo
from town_portal.demo import queries as demo_queries
from town_portal.foundation.db import db


def prepare(app: Flask) -> None:
    """Bring the database up to date; an empty house gets the demo."""
    with app.app_context():
        upgrade()
        if not trail.head_seq():
            demo.load(app)
        db.session.remove()


def announce(app: Flask) -> None:
    """Print the address and the demo's accounts."""
    config: Config = app.config["PORTAL"]
    with app.app_context():
        people = demo_queries.accounts()
        db.session.remove()
    address = f"http://127.0.0.1:{config.port}"
    print(f"\n汤塘镇信息公开协同平台  {address}/   公开门户  {address}/portal")
    if people:
        print(f"演示账号（人员均为虚构，密码都是 {people[0].password}）：")
    for account in people:
        print(f"  {account.phone}  {account.name}  {account.role}  {account.unit}")
    print("停止：Ctrl-C\n", flush=True)
