"""What the service tells Prometheus: read from the pulse and the nodes at the moment it is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from prometheus_client import CollectorRegistry, generate_latest, start_http_server
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from backend.chain.endpoints import Endpoint
from backend.errands import Errands
from backend.health import Watch
from backend.notices.deliveries import Standing
from backend.notices.outbox import LetterStanding
from backend.queries.views import RelayView

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class _Watched(Collector):
    def __init__(
        self, watch: Watch, waiting: Callable[[], int] | None, errands: Callable[[], Errands | None] | None
    ) -> None:
        self._watch = watch
        self._waiting = waiting
        self._errands = errands

    def collect(self) -> Iterator[Metric]:
        if self._watch.follows:
            yield from _of_indexer(self._watch)
            yield from _of_nodes(self._watch.endpoints)
        yield from _of_comparison(self._watch)
        found = self._errands() if self._errands is not None else None
        if found is not None:
            yield from _of_subscriptions(found.calls)
            yield from _of_relay(found.ballots)
            yield from _of_letters(found.letters)
        if self._waiting is not None:
            told = "Questions that wait for the next revision; clients that ask the very same are one"
            yield GaugeMetricFamily("zbor_waiting", told, value=self._waiting())


def registry_of(
    watch: Watch,
    waiting: Callable[[], int] | None = None,
    errands: Callable[[], Errands | None] | None = None,
) -> CollectorRegistry:
    """Make the registry of one process.

    `waiting` counts the clients that wait for news, where any can; `errands` looks at relay and webhooks.
    """
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Watched(watch, waiting, errands))
    return registry


def written(registry: CollectorRegistry) -> bytes:
    """Write all figures in Prometheus's text format."""
    return generate_latest(registry)


def offer(watch: Watch, port: int, host: str) -> None:
    """Offer /metrics from a thread of its own, for a process that serves nothing else."""
    start_http_server(port, host, registry_of(watch))


def _of_indexer(watch: Watch) -> Iterator[Metric]:
    vitals = watch.pulse.vitals()
    counted = {
        "events": (vitals.events, "Events taken in since the process began"),
        "reorganisations": (vitals.reorganisations, "Reorganisations followed"),
        "blocks_cut": (vitals.blocks_cut, "Blocks that reorganisations took back"),
        "failed_looks": (vitals.failures, "Looks that ended with an error"),
    }
    for name, (value, meaning) in counted.items():
        yield CounterMetricFamily(f"zbor_{name}", meaning, value=value)
    yield GaugeMetricFamily("zbor_indexer_stopped", "1 if indexing has given up", value=int(vitals.stopped))
    yield GaugeMetricFamily("zbor_last_turn_seconds", "Since the indexer last did anything", value=vitals.turned)
    if vitals.looked is not None:
        yield GaugeMetricFamily("zbor_last_look_seconds", "Since the mirror agreed with the node", value=vitals.looked)
    if vitals.blocks_behind is not None:
        yield GaugeMetricFamily("zbor_blocks_behind", "Blocks not taken in yet", value=vitals.blocks_behind)


def _of_comparison(watch: Watch) -> Iterator[Metric]:
    tell = watch.further.get("comparison")
    if tell is not None:
        found = len(tell()["differences"])
        yield GaugeMetricFamily("zbor_differences", "Fields in which the mirror and the contracts differ", value=found)


def _of_subscriptions(calls: Standing) -> Iterator[Metric]:
    by_state = GaugeMetricFamily("zbor_webhooks", "Subscriptions, by how calling them goes", labels=["state"])
    for state, number in (("called", calls.called), ("failing", calls.failing), ("given_up", calls.given_up)):
        by_state.add_metric([state], number)
    yield by_state
    yield GaugeMetricFamily("zbor_webhooks_due", "Subscriptions that may be called now", value=calls.due)


def _of_letters(letters: LetterStanding) -> Iterator[Metric]:
    yield GaugeMetricFamily("zbor_notices_waiting", "Letters that are not sent yet", value=letters.waiting)
    yield GaugeMetricFamily("zbor_notices_failing", "Of these, failed and tried again", value=letters.failing)
    yield GaugeMetricFamily("zbor_notices_given_up", "Letters given up in the last day", value=letters.given_up)


def _of_relay(ballots: RelayView) -> Iterator[Metric]:
    if ballots.status == "off":
        return
    ready = int(ballots.status == "ready")
    yield GaugeMetricFamily("zbor_relay_ready", "1 if signed ballots are sent, 0 if they wait", value=ready)
    yield GaugeMetricFamily("zbor_relay_waiting", "Signed ballots that are not sent yet", value=ballots.waiting)
    yield GaugeMetricFamily("zbor_relay_in_flight", "Signed ballots sent, in no block yet", value=ballots.in_flight)
    if ballots.ballots_left is not None:
        left = ballots.ballots_left
        yield GaugeMetricFamily("zbor_relay_ballots_left", "Ballots that the account can pay for", value=left)


def _of_nodes(endpoints: list[Endpoint]) -> Iterator[Metric]:
    requests = CounterMetricFamily("zbor_node_requests", "Questions asked, by number in ZBOR_RPC_URL", labels=["node"])
    failures = CounterMetricFamily("zbor_node_failures", "Questions without a usable answer", labels=["node"])
    health = GaugeMetricFamily("zbor_node_health", "1 is well, 0 is left out", labels=["node"])
    for each in endpoints:
        requests.add_metric([str(each.number)], each.requests)
        failures.add_metric([str(each.number)], each.failures)
        health.add_metric([str(each.number)], each.health)
    yield from (requests, failures, health)
