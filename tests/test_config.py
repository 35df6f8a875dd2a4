"""Half a configuration is refused at start, in words that say what to set."""

import importlib.util
from pathlib import Path

import pytest

from town_portal.config import BadConfiguration, Config

KEY = "3f9c1b7de2a84f60b5c8d1e7a9f02b46"


def read(tmp_path: Path, **given: str) -> Config:
    names = {name if name == "PORT" else f"TOWN_PORTAL_{name}": value for name, value in given.items()}
    return Config.from_environment({"TOWN_PORTAL_DATA": str(tmp_path), **names})


def test_nothing_given_serves_this_machine_from_one_folder(tmp_path: Path) -> None:
    config = read(tmp_path)
    assert config.database == f"sqlite:///{tmp_path / 'town_portal.db'}"
    assert (config.port, config.production, config.worker_inside) == (8000, False, True)
    assert {config.files.parent, config.keys.parent, config.checkpoints.parent} == {tmp_path}


def test_a_machine_makes_its_own_key_once_and_keeps_it_to_itself(tmp_path: Path) -> None:
    first = read(tmp_path).secret_key
    assert len(first) >= 32
    assert read(tmp_path).secret_key == first
    assert (tmp_path / "keys" / "session.key").stat().st_mode & 0o077 == 0


def test_production_takes_no_key_of_its_own_making(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="SECRET_KEY"):
        read(tmp_path, MODE="production", HOSTS="portal.example")
    assert not (tmp_path / "keys").exists()


@pytest.mark.parametrize("weak", ["short", "a" * 40, "ab" * 20, "changeme"])
def test_a_weak_key_is_refused_everywhere(tmp_path: Path, weak: str) -> None:
    for mode in ("local", "production"):
        with pytest.raises(BadConfiguration, match="too weak"):
            read(tmp_path, MODE=mode, HOSTS="portal.example", SECRET_KEY=weak)


def test_production_names_its_hosts(tmp_path: Path) -> None:
    with pytest.raises(BadConfiguration, match="TOWN_PORTAL_HOSTS"):
        read(tmp_path, MODE="production", SECRET_KEY=KEY)
    config = read(tmp_path, MODE="production", SECRET_KEY=KEY, HOSTS="a.example, b.example")
    assert config.hosts == ("a.example", "b.example")


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("MODE", "prod", "MODE"),
        ("WORKER", "somewhere", "WORKER"),
        ("QUEUE", "amqp://somewhere", "takes the address of a Redis"),
        ("PORT", "http", "PORT"),
        ("PORT", "0", "PORT"),
        ("PORT", "70000", "PORT"),
        ("STAFF_NETWORKS", "10.0.0.0/8,nonsense", "STAFF_NETWORKS"),
    ],
)
def test_what_makes_no_sense_is_named(tmp_path: Path, name: str, value: str, words: str) -> None:
    with pytest.raises(BadConfiguration, match=words):
        read(tmp_path, **{name: value})


def test_a_redis_without_its_package_is_refused_in_words(tmp_path: Path) -> None:
    if importlib.util.find_spec("redis"):
        assert read(tmp_path, QUEUE="redis://127.0.0.1/3").queue == "redis://127.0.0.1/3"
        return
    with pytest.raises(BadConfiguration, match="the package redis is not installed"):
        read(tmp_path, QUEUE="redis://127.0.0.1/3")
    assert read(tmp_path).queue is None
