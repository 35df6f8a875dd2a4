"""What ``make run`` prints before the server takes over: the address and the demo's accounts."""

from town_portal.config import Config
from town_portal.demo import queries as demo
from town_portal.factory import create_app


def main() -> None:
    """Print the address and one account of each role."""
    config = Config.from_environment()
    print(
        f"\n汤塘镇信息公开协同平台  http://127.0.0.1:{config.port}/   公开门户  http://127.0.0.1:{config.port}/portal"
    )
    with create_app(config).app_context():
        people = demo.accounts()
    if people:
        print(f"演示账号（人员均为虚构，密码都是 {people[0][4]}）：")
        for role, unit, name, phone, _password in people:
            print(f"  {phone}  {name}  {role}  {unit}")
    print("停止：Ctrl-C\n", flush=True)


if __name__ == "__main__":
    main()
