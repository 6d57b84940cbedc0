"""What an operator can set, read once from the environment when a program starts.

Everything below the entry is handed the frozen `Settings` or single values of it; nothing else reads the environment.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from backend.errors import SettingsError

PREFIX = "ZBOR_"
_WALLET = re.compile(r"0x[0-9a-fA-F]{40}")
_MAIL_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~\-]{1,64}@[A-Za-z0-9][A-Za-z0-9.\-]{0,252}")
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def _http_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("must be an address such as http://127.0.0.1:8545")
    return value


def _http_addresses(value: str) -> str:
    addresses = [part.strip() for part in value.split(",") if part.strip()]
    if not addresses:
        raise ValueError("must be an address such as http://127.0.0.1:8545")
    return ",".join(_http_address(address) for address in addresses)


def _web_socket_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("ws", "wss") or not parts.hostname:
        raise ValueError("must be an address such as ws://127.0.0.1:8545")
    return value


def _database_address(value: str) -> str:
    if not value.startswith(("sqlite:///", "postgresql")):
        raise ValueError("must be an address such as sqlite:///var/zbor.db or postgresql+psycopg://user@host/name")
    return value


def _existing_file(value: Path) -> Path:
    if not value.is_file():
        raise ValueError(f"there is no file {value}; the deploy script writes it")
    return value


def _existing_key(value: Path) -> Path:
    if not value.is_file():
        raise ValueError("there is no such file")
    if value.stat().st_mode & 0o077:
        raise ValueError("others than its owner may read the file; take that from them (chmod 600)")
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("must be a time zone such as Europe/Ljubljana") from error
    return value


def _listed(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


def _by_chain(value: object) -> object:
    if not isinstance(value, str):
        return value
    pairs = [part.partition("=") for part in value.split(",") if part.strip()]
    return tuple((chain.strip(), address.strip()) for chain, _, address in pairs)


def _networks(value: tuple[str, ...]) -> tuple[str, ...]:
    for each in value:
        try:
            ip_network(each)
        except ValueError as error:
            raise ValueError("must be addresses or networks such as 10.0.0.0/8, separated by commas") from error
    return value


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ValueError("must be an address without a path, such as https://governance.example.org")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _mail_server(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname or parts.username is not None:
        raise ValueError("must be an address such as smtp://mail.example.org:587; user and password are set apart")
    return value


def _mail_address(value: str) -> str:
    if not _MAIL_ADDRESS.fullmatch(value):
        raise ValueError("must be a plain address such as zbor@example.org")
    return value


def _wallets(value: tuple[str, ...]) -> tuple[str, ...]:
    if not all(_WALLET.fullmatch(each) for each in value):
        raise ValueError("must be addresses of wallets, 0x and 40 hexadecimal digits each")
    return tuple(each.lower() for each in value)


def _existing(value: tuple[Path, ...]) -> tuple[Path, ...]:
    for path in value:
        if not path.exists():
            raise ValueError(f"there is no file or folder {path}")
    return value


HttpAddress = Annotated[str, AfterValidator(_http_address)]
Wallets = Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_wallets)]


class Settings(BaseModel):
    """Each field is the environment variable of the same name in upper case with `ZBOR_` before it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    deployment: Annotated[Path, AfterValidator(_existing_file)]
    """The record that the deploy script wrote: addresses, block, chain."""
    rpc_url: Annotated[str, AfterValidator(_http_addresses)] = Field("http://127.0.0.1:8545", repr=False)
    """The nodes to read from, separated by commas; may carry keys, so they are never shown."""
    ws_url: Annotated[str, AfterValidator(_web_socket_address)] | None = Field(None, repr=False)
    """Where a node announces new blocks by WebSocket; without it the indexer only looks every now and then."""
    public_rpc_url: HttpAddress | None = None
    """A node that a visitor's wallet may use; the node above if that is on loopback, else none."""
    further_rpc_urls: Annotated[tuple[tuple[int, HttpAddress], ...], BeforeValidator(_by_chain)] = Field((), repr=False)
    """Nodes of other chains, written `<chain id>=<address>` and separated by commas."""
    chain_id: int | None = Field(None, ge=1)
    """Refuse to start on any other chain; the record's chain if not set."""
    chain_name: str = "Zbor"
    """What a wallet calls the chain when the portal offers to add it."""
    database_url: Annotated[str, AfterValidator(_database_address)] = Field("sqlite:///var/zbor.db", repr=False)
    database_read_url: Annotated[str, AfterValidator(_database_address)] | None = Field(None, repr=False)
    """A streaming replica of the database, which answers are read from while it is fresh enough."""
    most_stale_seconds: float = Field(10.0, ge=0, le=86_400)
    """How old the replica's knowledge may be; what is older is read from the database itself."""
    documents: Path = Path("var/documents")
    """Folder of the texts and reasons."""
    host: str = Field("127.0.0.1", min_length=1)
    port: int = Field(8000, ge=0, le=65535)
    also_index: Annotated[tuple[Path, ...], BeforeValidator(_listed), AfterValidator(_existing)] = ()
    """Deployment records, or folders of them, of further consortia to mirror in the same database."""
    index: bool = True
    """Whether `serve` also follows the chain."""
    poll_seconds: float = Field(1.0, ge=0.05, le=3600)
    """Pause between looks for a new block."""
    finality_depth: int = Field(12, ge=0, le=100_000)
    """Blocks; one that deep is final, where the node has no finalized block to name."""
    crosscheck_seconds: float = Field(30.0, ge=0, le=86_400)
    """Pause between comparisons of the mirror with the contracts' own views; 0 for none."""
    consortium: str = Field("Zbor", min_length=1, max_length=200)
    """Name shown on pages and in the API."""
    notice: str | None = Field(None, max_length=2000)
    """Shown on every page and in the status; the record's notice if not set."""
    contact: Annotated[str, AfterValidator(_mail_address)] | None = None
    """Where the coordinator's office answers members; shown at the foot of every page."""
    sources_url: HttpAddress | None = None
    """Where anyone gets the program that runs here, with its sources."""
    time_zone: Annotated[str, AfterValidator(_time_zone)] = "Europe/Ljubljana"
    """Zone in which pages show times; the API speaks UTC."""
    cors_origins: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """Origins whose pages may read the API, separated by commas; `*` for any."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["text", "json"] = "text"
    """Lines for people, or one JSON object a line for machines."""
    stall_seconds: float = Field(300.0, ge=0.5, le=86_400)
    """After so many seconds without a sign of life from indexing the process ends, to be started anew."""
    metrics_port: int | None = Field(None, ge=0, le=65535)
    """Where `index` offers /metrics, on the host above; `serve` offers them beside everything else."""
    requests_per_minute: int = Field(0, ge=0, le=1_000_000)
    """How many requests one client may make to the API of one process, and of how many pages; 0 for no limit."""
    trusted_proxies: Annotated[tuple[str, ...], BeforeValidator(_listed), AfterValidator(_networks)] = ()
    """Addresses or networks of proxies whose word is taken for who asks and by which scheme."""
    relay_key_file: Annotated[Path, AfterValidator(_existing_key)] | None = Field(None, repr=False)
    """The key of the account that pays for signed ballots; a file that only its owner may read."""
    relay_key: str | None = Field(None, repr=False)
    """The same key itself, where it comes from the environment."""
    relay_most_gwei: float = Field(100.0, ge=0, le=1_000_000)
    """For a unit of gas; while fees are higher nothing is sent."""
    relay_reserve_ether: float = Field(0.0, ge=0, le=1_000_000)
    """Kept in the relay's account: below it nothing is sent."""
    relay_daily_ballots: int = Field(20, ge=1, le=10_000)
    """Of one member in 24 hours."""
    relay_resubmit_seconds: float = Field(60.0, ge=0.1, le=86_400)
    """After which a transaction that is in no block is offered at a higher price."""
    public_url: Annotated[str, AfterValidator(_origin)] | None = None
    """Where people reach the service; messages to sign in are bound to it. Host and port above if not set."""
    coordinators: Wallets = ()
    """Wallets of coordinators beside the offices of the registry, separated by commas."""
    auditors: Wallets = ()
    """Wallets of auditors, separated by commas."""
    documents_per_day: int = Field(50, ge=0, le=100_000)
    """How many documents a member may hand in on one day (UTC)."""
    megabytes_per_day: int = Field(64, ge=0, le=100_000)
    """And how much in all, in units of 1,048,576 bytes."""
    ipfs_url: HttpAddress | None = Field(None, repr=False)
    """HTTP interface of a node of IPFS that keeps a second copy of every document; may carry a key."""
    most_listeners: int = Field(5_000, ge=1, le=100_000)
    """Clients that may listen to one process's stream at the same time."""
    webhook_hosts: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    """Hosts, as `name` or `name:port`, that subscribers may have called by plain http and at private addresses."""

    smtp_url: Annotated[str, AfterValidator(_mail_server)] | None = Field(None, repr=False)
    """The server that takes e-mail, such as smtp://mail.example.org:587; without it no notices are sent."""
    smtp_user: str | None = Field(None, repr=False)
    smtp_password: str | None = Field(None, repr=False)
    mail_from: Annotated[str, AfterValidator(_mail_address)] | None = None
    """The address that notices come from; `zbor` at the host of the public address if not set."""

    @property
    def sends_mail(self) -> bool:
        """Whether a mail server is set, so that notices are sent."""
        return self.smtp_url is not None

    @property
    def relays(self) -> bool:
        """Whether a key is set, so that signed ballots can be sent."""
        return self.relay_key_file is not None or self.relay_key is not None

    @property
    def origin(self) -> str:
        """Where people reach the service, such as https://governance.example.org: scheme, host and port."""
        return self.public_url or f"http://{self.host}:{self.port}"

    @property
    def rpc_urls(self) -> tuple[str, ...]:
        """The nodes to read from, the preferred one first."""
        return tuple(self.rpc_url.split(","))

    @property
    def wallet_rpc_url(self) -> str | None:
        """The node a visitor's wallet may be pointed to; never the operator's own one unless it is on loopback."""
        if self.public_rpc_url is not None:
            return self.public_rpc_url
        first = self.rpc_urls[0]
        return first if urlsplit(first).hostname in LOOPBACK else None

    @property
    def further_records(self) -> tuple[Path, ...]:
        """Paths of the deployment records of the further consortia; that of the served one is not among them."""
        found = [
            each for path in self.also_index for each in (sorted(path.glob("*.json")) if path.is_dir() else [path])
        ]
        served = self.deployment.resolve()
        return tuple(dict.fromkeys(path for path in found if path.resolve() != served))

    def rpc_url_of(self, chain_id: int) -> str:
        """The node that serves a chain: the one named for it, or else the one of `ZBOR_RPC_URL`."""
        return dict(self.further_rpc_urls).get(chain_id, self.rpc_url)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Read and check all variables at once; an empty variable counts as not set.

    Raises:
        SettingsError: names every wrong or missing variable and says what each must be. Never repeats a value.
    """
    given = {
        name: environment[PREFIX + name.upper()]
        for name in Settings.model_fields
        if environment.get(PREFIX + name.upper(), "") != ""
    }
    try:
        return Settings.model_validate(given)
    except ValidationError as error:
        raise _settings_error(error) from None


def _settings_error(error: ValidationError) -> SettingsError:
    problems: dict[str, str] = {}
    for detail in error.errors(include_url=False, include_input=False):
        name = PREFIX + str(detail["loc"][0]).upper()
        problems[name] = "must be set" if detail["type"] == "missing" else detail["msg"].removeprefix("Value error, ")
    if len(problems) == 1:
        return SettingsError(*next(iter(problems.items())))
    return SettingsError(", ".join(problems), "; ".join(f"{name} {problem}" for name, problem in problems.items()))
