"""What an operator copies fits the program: names of settings, paths, users, and what nobody may loosen."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from bot.channels import whatsapp_webhook
from bot.channels.whatsapp_batch import Batch
from bot.children import HOPELESS
from bot.settings import TelegramSettings, WhatsAppSettings, load
from bot.web import BIGGEST, routes_for_telegram, routes_for_whatsapp
from tests.deploy.files import DEPLOY, ROOT, env, merged, texts, unit, unknown, yaml
from tests.test_house import saksi

TEXTS = dict(texts())
COMPOSE = yaml(DEPLOY / "compose.yaml")
SERVICES = COMPOSE["services"]
OURS = ("intake", "desk", "migrate")
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
# How bad systemd may find a unit, from 0 to 10; it calls up to 4.9 OK.
EXPOSED = 2.5
HARD = {
    "NoNewPrivileges": "yes", "ProtectSystem": "strict", "ProtectHome": "yes", "PrivateTmp": "yes", "LimitCORE": "0",
    "MemorySwapMax": "0", "CapabilityBoundingSet": "", "PrivateDevices": "yes", "ProtectProc": "invisible",
    "RuntimeDirectoryMode": "0700", "RuntimeDirectoryPreserve": "yes", "RestrictSUIDSGID": "yes", "Group": "saksi",
}  # fmt: skip
# Docker's and Podman's files may name an image without a host; nothing here names one with it.
HOST = re.compile(r"\b[a-z0-9-]+\.(io|dev|com|org|net|azurecr|amazonaws)(:\d+)?/[a-z0-9._/-]+:[a-z0-9]")


@pytest.mark.parametrize("name", TEXTS)
def test_every_setting_that_is_named_exists(name: str) -> None:
    assert unknown(TEXTS[name]) == set()


@pytest.mark.parametrize(
    "slip", ["SAKSI_TELEGRAM__TOKN=", "SAKSI_RUNTIM=/run/saksi", "`SAKSI_DESK_GROUP`", "SAKSI_EVN="]
)
def test_a_letter_wrong_would_be_seen(slip: str) -> None:
    assert unknown(f"SAKSI_STATE=state\n{slip}") == {slip.strip("`").partition("=")[0]}


@pytest.mark.parametrize("name", TEXTS)
def test_no_file_names_the_host_of_a_registry(name: str) -> None:
    assert not HOST.search(TEXTS[name])
    assert not re.search(r"^FROM \S+[.:]\S*/", TEXTS[name], re.MULTILINE)


def test_the_host_of_a_registry_would_be_seen() -> None:
    assert HOST.search("image: registry.example.com/saksi:1")


@pytest.mark.parametrize("name", ["intake", "desk"])
def test_the_example_settings_load_once_they_are_filled_in(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    fill = {
        "PIN": "ab" * 32, "TELEGRAM__TOKEN": "100:fake", "DESK__TOKEN": "200:fake", "DESK__GROUP": "-100123",
        "TELEGRAM__WEBHOOK_URL": "https://saksi.example.org/telegram", "TELEGRAM__WEBHOOK_SECRET": "fake",
        "DATABASE": "postgresql+psycopg://saksi:fake@database/saksi", "WHATSAPP__TOKEN": "fake",
        "WHATSAPP__PHONE_ID": "1", "WHATSAPP__APP_SECRET": "fake", "WHATSAPP__VERIFY_TOKEN": "fake",
    }  # fmt: skip
    given = env(DEPLOY / f"{name}.env.example")
    empty = {key.removeprefix("SAKSI_") for key, value in given.items() if not value}
    assert empty <= fill.keys()
    (tmp_path / "filled.env").write_text(
        "".join(f"{key}={value or fill[key.removeprefix('SAKSI_')]}\n" for key, value in given.items())
    )
    loaded = load(tmp_path / "filled.env")
    assert loaded.keys_folder == loaded.roster_folder / name
    assert loaded.state in loaded.roster_folder.parents
    assert (loaded.desk.token is not None) == (name == "desk")
    assert (loaded.telegram is not None) == (name == "intake")


@pytest.mark.parametrize("name", OURS)
def test_a_container_of_ours_can_do_nothing_it_need_not(name: str) -> None:
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["ulimits"] == {"core": 0}
    assert service["mem_limit"] == service["memswap_limit"]
    assert "cap_add" not in service
    assert "ports" not in service
    assert not service["user"].startswith("0")
    assert any(str(volume).endswith(":/run/saksi") for volume in service["volumes"])


def test_every_container_is_read_only_and_drops_all_capabilities() -> None:
    for service in SERVICES.values():
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service.get("cap_add", []) in ([], ["NET_BIND_SERVICE"])


def test_intake_and_desk_are_two_users_with_settings_and_keys_of_their_own() -> None:
    intake, desk = SERVICES["intake"], SERVICES["desk"]
    users = [service["user"].split(":") for service in (intake, desk)]
    assert users[0][0] != users[1][0]
    assert users[0][1] == users[1][1]
    for name, other in (("intake", "desk"), ("desk", "intake")):
        service = SERVICES[name]
        mounted = [str(volume) for volume in service["volumes"]]
        assert service["environment"] == {"SAKSI_ENV": f"/etc/saksi/{name}.env"}
        assert f"./{name}.env:/etc/saksi/{name}.env:ro" in mounted
        assert not any(f"{other}.env" in volume for volume in mounted)
        hidden = [volume for volume in service["volumes"] if isinstance(volume, dict)]
        assert [(one["type"], one["target"]) for one in hidden] == [("tmpfs", f"/var/lib/saksi/keys/{other}")]
        runtime = f"/run/saksi/{name}:/run/saksi"
        assert runtime in mounted
        assert (
            f"d /run/saksi/{name} 0700 {service['user'].replace(':', ' ')} -" in TEXTS["deploy/systemd/tmpfiles.conf"]
        )


def test_the_database_is_out_of_the_internets_reach_and_only_caddy_has_ports() -> None:
    assert COMPOSE["networks"]["back"] == {"internal": True}
    assert SERVICES["database"]["networks"] == ["back"]
    assert [name for name, service in SERVICES.items() if "ports" in service] == ["caddy"]


def test_compose_names_nothing_that_is_not_there() -> None:
    for name, service in SERVICES.items():
        assert set(service["networks"]) <= COMPOSE["networks"].keys(), name
        assert set(service.get("depends_on", ())) <= SERVICES.keys(), name
        assert set(service.get("secrets", ())) <= COMPOSE["secrets"].keys(), name
        for volume in (one for one in service.get("volumes", ()) if isinstance(one, str)):
            source = volume.split(":")[0]
            made = {"./state", "./intake.env", "./desk.env", "./database_password"}
            assert (
                source.startswith("/run/saksi/")
                or source in made | COMPOSE["volumes"].keys()
                or (DEPLOY / source).is_file()
            )


def test_several_intakes_change_a_service_that_is_there() -> None:
    scale = yaml(DEPLOY / "compose.scale.yaml")
    assert scale["services"].keys() <= SERVICES.keys()
    assert scale["services"]["intake"]["deploy"]["replicas"] > 1
    assert "container_name" not in SERVICES["intake"]


def routes() -> set[str]:
    """The paths that platforms call."""
    telegram = TelegramSettings.model_validate(
        {"token": "100:fake", "webhook_url": "https://x", "webhook_secret": "fake"}
    )
    whatsapp = WhatsAppSettings.model_validate(
        dict.fromkeys(("token", "phone_id", "app_secret", "verify_token"), "fake")
    )

    async def nothing(_: object) -> None:
        return

    def decode(body: bytes) -> Batch:
        return whatsapp_webhook.decode(body, phone_id="fake", new_item=str)

    return {
        route.path
        for route in (*routes_for_telegram(telegram, nothing), *routes_for_whatsapp(whatsapp, decode, nothing))
    }


def balanced(text: str) -> bool:
    code = re.sub(r"#.*|\"[^\"]*\"", "", text)
    return code.count("{") == code.count("}") > 0


def test_caddy_hands_on_what_the_intake_serves_and_writes_nothing_down() -> None:
    text = TEXTS["deploy/Caddyfile"]
    assert balanced(text)
    matched = re.search(r"@webhooks path (.*)", text)
    assert matched
    assert set(matched[1].split()) == routes()
    assert {"http.log.access", "http.log.error"} <= set(re.findall(r"http\.[a-z_.]+", text))
    # The one `log` is the global one; a site without it has no access log.
    assert len(re.findall(r"^\s*log\b", text, re.MULTILINE)) == 1
    assert "intake 8081" in text
    assert f"{BIGGEST >> 20}MB" in text


def test_nginx_hands_on_what_the_intake_serves_and_writes_nothing_down() -> None:
    text, handing = TEXTS["deploy/nginx.conf"], TEXTS["deploy/nginx-intake.conf"]
    assert balanced(text)
    assert set(re.findall(r"location = (\S+) \{ include /etc/nginx/saksi-intake.conf; \}", text)) == routes()
    assert "access_log off;" in text
    assert re.findall(r"access_log (?!off)|log_format", text) == []
    assert 'X-Forwarded-For ""' in handing
    assert f"client_max_body_size {BIGGEST >> 20}m;" in handing
    statements = [line for line in (text + handing).splitlines() if line.strip() and not line.strip().startswith("#")]
    assert all(line.rstrip().endswith((";", "{", "}")) for line in statements)


def test_the_listening_port_is_the_same_everywhere() -> None:
    port = env(DEPLOY / "intake.env.example")["SAKSI_LISTEN"].rpartition(":")[2]
    assert f"proxy_pass http://127.0.0.1:{port};" in TEXTS["deploy/nginx-intake.conf"]
    assert f"intake {port}" in TEXTS["deploy/Caddyfile"]


def test_the_containerfile_copies_what_there_is_and_ends_as_nobody() -> None:
    text = TEXTS["deploy/Containerfile"]
    copied = [word for line in re.findall(r"^COPY (?!--from)(.*)", text, re.MULTILINE) for word in line.split()[:-1]]
    assert all((ROOT / word).exists() for word in copied)
    assert {"bot", "handlers", "storage", "locales", "requirements.lock"} <= set(copied)
    users = re.findall(r"^USER (\d+)", text, re.MULTILINE)
    assert users
    assert "0" not in users
    assert "--require-hashes" in text


@pytest.mark.parametrize("path", [one for one in UNITS if "backup" not in one.stem], ids=lambda path: path.stem)
def test_a_unit_keeps_what_nobody_may_loosen(path: Path) -> None:
    name = path.stem.removeprefix("saksi-")
    found = unit(path)
    assert {key: found.get(key, ["missing"])[-1] for key in HARD} == HARD
    assert found["User"] == [path.stem]
    assert found["RuntimeDirectory"] == [path.stem]
    assert found["Environment"] == [f"SAKSI_ENV=/etc/saksi/{name}.env"]
    assert found["ExecStart"][0].endswith(f"saksi {name}")
    assert found["RestartPreventExitStatus"] == [str(HOPELESS)]
    assert env(DEPLOY / f"{name}.env.example")["SAKSI_RUNTIME"] == f"/run/{path.stem}"
    other = "desk" if name == "intake" else "intake"
    assert found["InaccessiblePaths"] == [f"-/var/lib/saksi/keys/{other} -/etc/saksi/{other}.env"]
    assert f"u {path.stem} -:saksi" in TEXTS["deploy/systemd/sysusers.conf"]


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_systemd_reads_a_unit_and_finds_little_exposed(path: Path, tmp_path: Path) -> None:
    tool = shutil.which("systemd-analyze")
    if tool is None:
        pytest.skip("no systemd-analyze on this machine")
    # Saksi is not installed where tests run.
    there = re.sub(r"/opt/saksi/\.venv/bin/saksi", shutil.which("true") or "/bin/true", path.read_text())
    (tmp_path / path.name).write_text(there)
    read = subprocess.run([tool, "verify", str(tmp_path / path.name)], capture_output=True, text=True, check=False)  # noqa: S603  # systemd's own
    complaints = [line for line in read.stderr.splitlines() if path.name in line]
    assert complaints == []
    scored = subprocess.run(  # noqa: S603  # as above
        [tool, "security", "--offline=true", "--no-pager", str(tmp_path / path.name)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    last = scored.stdout.strip().splitlines()[-1]
    print(last)  # noqa: T201  # for whoever reads the report
    score = re.search(r"([0-9.]+) [A-Z]+", last)
    assert score, scored.stderr
    assert float(score[1]) <= EXPOSED


def commands() -> list[tuple[str, ...]]:
    """Every `saksi ...` that the guide has somebody type."""
    text = TEXTS["docs/install.md"]
    lines = [line for line in text.splitlines() if line.startswith("    ")] + re.findall(r"`(saksi [^`]+)`", text)
    found = [words for line in lines for words in re.findall(r"(?:^|[\s/])saksi ((?:[a-z]+ ?)+)", line)]
    groups = {"officer", "keys", "owed"}
    split = [words.split() for words in found]
    return sorted({tuple(words[: 2 if words[0] in groups else 1]) for words in split if words[0] != "exec"})


@pytest.mark.parametrize("command", commands(), ids=" ".join)
def test_every_command_of_the_guide_exists(command: tuple[str, ...]) -> None:
    helped = saksi(*command, "--help")
    assert helped.returncode == 0, helped.stderr
    assert command[-1] in helped.stdout


def test_the_guide_names_files_that_are_there() -> None:
    named = set(re.findall(r"deploy/[\w./-]+\w", TEXTS["docs/install.md"]))
    assert len(named) > 5
    assert all((ROOT / name).exists() for name in named)


def test_merge_keys_are_carried_out() -> None:
    assert merged({"a": {"<<": {"b": 1, "c": 2}, "c": 3}, "d": [{"<<": {"e": 4}}]}) == {
        "a": {"b": 1, "c": 3},
        "d": [{"e": 4}],
    }
