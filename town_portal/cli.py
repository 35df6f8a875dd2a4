"""Commands for the people who run the portal: ``flask --app wsgi …``."""

import json
import os
import sys
import threading
from pathlib import Path
from typing import TextIO

import click
from flask import Flask, current_app
from flask.cli import AppGroup, with_appcontext

from town_portal.access import matrix
from town_portal.access.actor import SYSTEM
from town_portal.accounts import operations as accounts
from town_portal.audit import operations as audit
from town_portal.audit import queries as trail
from town_portal.audit.rules.checkpoint import BadCheckpoint
from town_portal.backups import operations as backups
from town_portal.backups import queries as backup_queries
from town_portal.columns import operations as columns
from town_portal.columns import queries as column_queries
from town_portal.config import Config
from town_portal.demo import operations as demo
from town_portal.demo import queries as demo_queries
from town_portal.exports import operations as exports
from town_portal.files import queries as files
from town_portal.files.store import Store
from town_portal.foundation import clock
from town_portal.foundation.db import db
from town_portal.foundation.errors import Refused
from town_portal.jobs import queries as jobs
from town_portal.jobs.executor import Executor
from town_portal.model_texts import operations as model_texts
from town_portal.model_texts import queries as model_text_queries
from town_portal.network import operations as network
from town_portal.network import queries as network_queries
from town_portal.notifications import operations as notifications
from town_portal.proofreading import operations as terms
from town_portal.proofreading import queries as proofreading
from town_portal.proofreading.language_model import MODEL, is_there
from town_portal.proofreading.rules.lexicon import from_roster
from town_portal.releases import operations as releases
from town_portal.releases import queries as release_queries
from town_portal.search import operations as search
from town_portal.workdays import operations as workdays
from town_portal.workdays import queries as workday_queries
from town_portal.workdays.rules import notice_file

ROOT = Path(__file__).resolve().parents[1]
NOTICES = Path(__file__).parent / "workdays" / "notices"

GOOD, DAMAGED, COULD_NOT_RUN = 0, 1, 2


def _config() -> Config:
    config: Config = current_app.config["PORTAL"]
    return config


audit_group = AppGroup("audit", help="The tamper-evident trail.")


@audit_group.command("verify")
@click.option("--checkpoints", "folder", type=click.Path(path_type=Path), help="Folder with signed checkpoints.")
@click.option("--chain-only", is_flag=True, help="Leave the bound rows and the files out.")
@click.option("--item", type=int, help="Also print the events of one item.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object instead of words.")
def verify(folder: Path | None, chain_only: bool, item: int | None, as_json: bool) -> None:
    """Recompute the trail. Exit 0: sound; 1: damaged; 2: could not run."""
    folder = folder or _config().checkpoints
    try:
        points = audit.checkpoints(folder, audit.public_key(_config().keys)) if folder.exists() else []
    except (BadCheckpoint, OSError) as error:
        click.echo(f"存证读不出来：{error}", err=True)
        sys.exit(COULD_NOT_RUN)
    report = trail.verify(points, with_rows=not chain_only)
    if not chain_only:
        for file, words in files.broken(Store(_config().files)):
            report.blame(None, f"上传文件“{file.name}”（{file.token}）：{words}")
    if as_json:
        found = [{"seq": finding.seq, "words": finding.words} for finding in report.findings]
        click.echo(json.dumps({"sound": report.sound, "events": report.events, "rows": report.rows,
                               "checkpoints": report.checkpoints, "root": report.root, "findings": found},
                              ensure_ascii=False))  # fmt: skip
    else:
        click.echo(
            f"留痕 {report.events} 条，业务数据 {report.rows} 行，存证 {report.checkpoints} 份，根值 {report.root}"
        )
        for finding in report.findings:
            click.echo(f"✗ {finding.words}")
        click.echo("完好：没有发现改动。" if report.sound else "不完好：见上。")
    if item is not None:
        for event in reversed(trail.timeline("Submission", item)):
            click.echo(f"{event.seq}\t{event.at.isoformat()}\t{event.actor_name}\t{event.label}\t{event.digest}")
    sys.exit(GOOD if report.sound else DAMAGED)


@audit_group.command("checkpoint")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Where to write it (default: the data folder).")
def checkpoint(folder: Path | None) -> None:
    """Sign the trail as it is now. Copy the file off this machine."""
    path = audit.checkpoint(folder or _config().checkpoints, audit.open_key(_config().keys))
    click.echo(f"已签存证：{path}" if path else "没有新的留痕，不用再签。")


backup_group = AppGroup("backup", help="Backups, and the way back.")
_BACKUP = click.argument("backup", type=click.Path(path_type=Path))
_KEY = click.option("--key", required=True, type=click.Path(path_type=Path), help="The file new-key made.")


@backup_group.command("new-key")
@click.argument("place", type=click.Path(path_type=Path))
def backup_key(place: Path) -> None:
    """Make the key that opens backups into the file PLACE, outside of the data folder."""
    recipient = backups.new_key(_config(), place)
    click.echo(f"备份密钥已写到 {place.absolute()}（公钥 {recipient}）。")
    click.echo("请把它抄到两个 U 盘，锁进保险柜，再从这台机器上删掉：没有它，备份打不开；有了它，谁都能看备份。")


@backup_group.command("make")
def backup_make() -> None:
    """Make a backup now, while people write."""
    made = backups.make(_config())
    click.echo(f"备份已做好：{made.path}，{made.size / 1024 / 1024:.1f} MB，留痕 {made.seq} 条。")


@backup_group.command("list")
def backup_list() -> None:
    """The backups there are, the newest first."""
    copied = backup_queries.copied(_config())
    for one in backup_queries.backups(_config().backups):
        state = "缺损" if not one.whole else "两处都有" if one.name in copied else "只有一处"
        click.echo(f"{clock.local(one.made_at):%Y-%m-%d %H:%M}\t{one.size / 1024 / 1024:.1f} MB\t{state}\t{one.path}")


@backup_group.command("verify")
@_BACKUP
@_KEY
def backup_verify(backup: Path, key: Path) -> None:
    """Open a backup aside and check that it could be restored from; nothing of it stays."""
    manifest = backups.verify(_config(), backup, key)
    click.echo(f"这份备份能用：{len(manifest.entries)} 个文件、留痕 {manifest.seq} 条都对得上。")


@backup_group.command("restore")
@_BACKUP
@_KEY
@click.option("--instead", is_flag=True, help="Put what is here aside (SQLite).")
def backup_restore(backup: Path, key: Path, instead: bool) -> None:
    """Put the house as it was into an empty place. Stop the server and its workers first."""
    if backups.occupied() and jobs.workers():
        raise Refused("网站还在运行，没有恢复。请先停掉网站和后台任务，过一分钟再来。")
    manifest = backups.restore(_config(), backup, key, instead=instead)
    click.echo(
        f"已恢复到 {clock.local(manifest.made_at):%Y年%m月%d日 %H:%M} 的样子，留痕 {manifest.seq} 条。现在可以启动网站。"
    )


accounts_group = AppGroup("accounts", help="Accounts.")


@accounts_group.command("first-administrator")
@click.argument("name")
@click.argument("phone")
def first_administrator(name: str, phone: str) -> None:
    """Make the first administrator; prints a one-time address valid for 24 hours."""
    secret = accounts.first_administrator(name, phone)
    click.echo(f"请 {name} 在 24 小时内打开 /sign-in/links/{secret} 设置密码。这个地址只能用一次。")


channels_group = AppGroup("channels", help="Messages to work groups, phones and mail boxes.")


@channels_group.command("deliver")
def deliver() -> None:
    """Carry out what is due now; what fails waits for its next turn."""
    done = notifications.deliver(f"command {os.getpid()}", clock.now(), _config().keys)
    click.echo(f"送出 {done} 条消息。")


@channels_group.command("new-key")
def new_key() -> None:
    """Seal every channel's secret with a new key. The former keys stay in the file until they are taken out by hand."""
    number = notifications.seal_again(SYSTEM, _config().keys)
    click.echo(f"{number} 条通道的密钥已用新的密钥文件重新加密。备份密钥文件夹后，可以从文件里删去旧的几行。")


workdays_group = AppGroup("workdays", help="The working-day calendar.")


@workdays_group.command("load")
@click.argument("year", type=int)
@click.argument("notice", type=click.File(encoding="utf-8-sig"))
@click.option("--source", required=True, help="The notice's title and date.")
def load_year(year: int, notice: TextIO, source: str) -> None:
    """Load a year's notice from a CSV file: day,works,name."""
    workdays.load_year(SYSTEM, year, notice_file.parse(notice.read()), source)
    click.echo(f"{year} 年的放假安排已载入。")


access_group = AppGroup("access", help="Who may do what.")


@access_group.command("matrix")
def print_matrix() -> None:
    """Print routes and moves against roles, as the stored list of the tests has it."""
    click.echo(matrix.table(current_app), nl=False)


@click.command("proofread")
@click.option("--roster", type=click.File(encoding="utf-8"), help="Names as JSON; without it, the portal's own.")
@click.argument("lines", type=click.File(encoding="utf-8"))
@click.argument("answers", type=click.File("w", encoding="utf-8"))
@with_appcontext
def proofread(roster: TextIO | None, lines: TextIO, answers: TextIO) -> None:
    """Proofread LINES (JSON, one {id, text, ctx?} a line) into ANSWERS ({id, issues} a line)."""
    from town_portal.proofreading import batch  # noqa: PLC0415 - the checks are heavy; no other command wants them

    terms = proofreading.shipped_terms()
    lexicon = from_roster(json.load(roster), terms) if roster else proofreading.lexicon()
    if not is_there():
        click.echo("没有错别字模型，这一次不查模型能找的错别字。", err=True)
    answers.writelines(f"{answer}\n" for answer in batch.proofread_lines(lines, lexicon, batch.checks(MODEL)))


lexicon_group = AppGroup("lexicon", help="The proofreader's lists.")


@lexicon_group.command("adopt")
def lexicon_adopt() -> None:
    """Take over the names and exceptions that the settings held before there was 校对词库; once, after an upgrade."""
    for proposal in terms.adopt_settings(SYSTEM):
        click.echo(f"已接收：{proposal}")


demo_group = AppGroup("demo", help="Invented data to try the portal with.")


@demo_group.command("load")
@click.option("--if-empty", is_flag=True, help="Do nothing when the house is not empty.")
def demo_load(if_empty: bool) -> None:
    """Found the 31 units and play a year of invented work into them."""
    if if_empty and trail.head_seq():
        return
    demo.load(current_app._get_current_object(), click.echo)  # type: ignore[attr-defined]


@demo_group.command("reset")
def demo_reset() -> None:
    """Remove the demo's data; refuses when the data is not the demo's."""
    demo.reset(current_app._get_current_object())  # type: ignore[attr-defined]
    click.echo("演示数据已清空。")


@demo_group.command("accounts")
def demo_accounts() -> None:
    """Print one account of each role."""
    for role, unit, name, phone, password in demo_queries.accounts():
        click.echo(f"  {role:　<6}{phone}  {password}  {name}（{unit}）")


@click.command("found")
def found() -> None:
    """Found an empty house for real use: units, column tree, model texts, the shipped calendars."""
    if not network_queries.units():
        network.found_units(SYSTEM)
    if not column_queries.has_any():
        columns.found_tree(SYSTEM)
    if not model_text_queries.has_any():
        model_texts.found(SYSTEM)
    if not release_queries.has_channels():
        releases.found_channels(SYSTEM)
    for path in sorted(NOTICES.glob("*.csv")):
        year = int(path.stem)
        if workday_queries.notice(year) is None:
            text = path.read_text(encoding="utf-8")
            workdays.load_year(SYSTEM, year, notice_file.parse(text), notice_file.source_of(text))
    click.echo("单位、栏目、范文和放假安排已建好。下一步：flask --app wsgi accounts first-administrator 姓名 手机号")


@click.command("worker")
def worker() -> None:
    """Run a background worker by itself (TOWN_PORTAL_WORKER=apart); as many as you like, on as many machines."""
    executor = Executor(current_app._get_current_object())  # type: ignore[attr-defined]
    threading.Thread(target=proofreading.reader().start, name="proofreader", daemon=True).start()
    click.echo(f"后台任务开始运行：{executor.name}", err=True)
    ended = executor.work_until_told()
    click.echo("后台任务已停。" if ended else "后台任务已停，有没办完的，过一会儿由别处接着办。", err=True)
    sys.exit(GOOD if ended else COULD_NOT_RUN)


portal_group = AppGroup("portal", help="公开门户")


@portal_group.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--full", is_flag=True, help="Write every file anew, also what has not changed.")
def portal_export(folder: Path, full: bool) -> None:
    """Write the whole public side into FOLDER; the former export stays whole until the new one is."""
    result = exports.export_to(folder, full=full)
    told = result.figures
    click.echo(
        f"已导出到 {folder}：{told['pages']} 页，{told['files']} 个文件，"
        f"新写 {told['written']}，没变 {told['kept']}，去掉 {told['removed']}。"
    )
    for words in result.problems:
        click.echo(f"  {words}")


search_group = AppGroup("search", help="检索")


@search_group.command("rebuild")
def search_rebuild() -> None:
    """Make every text findable anew; what is found meanwhile may be incomplete."""
    search.start_anew()
    count = 0
    while done := search.index(500):
        count += done
    click.echo(f"已重建检索：{count} 篇。")


def add_commands(app: Flask) -> None:
    """Hang the commands on the app; a refusal is told in words, not as a stack of calls."""
    for group in (
        audit_group,
        backup_group,
        accounts_group,
        channels_group,
        workdays_group,
        access_group,
        lexicon_group,
        search_group,
        portal_group,
        demo_group,
    ):
        app.cli.add_command(_speaking(group))
    app.cli.add_command(_spoken(found))
    app.cli.add_command(worker)
    app.cli.add_command(_spoken(proofread))


def _speaking(group: AppGroup) -> AppGroup:
    for command in group.commands.values():
        _spoken(command)
    return group


def _spoken(command: click.Command) -> click.Command:
    inner = command.callback
    if inner is None or getattr(inner, "spoken", False):
        return command

    def speak(*args: object, **kwargs: object) -> object:
        try:
            return inner(*args, **kwargs)
        except Refused as refusal:
            db.session.rollback()
            raise click.ClickException(refusal.reason) from refusal

    speak.spoken = True  # type: ignore[attr-defined]
    command.callback = speak
    return command
