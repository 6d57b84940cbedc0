"""What every page is told on which somebody signs in or acts with their wallet: chain, service, who is who."""

from __future__ import annotations

from backend.portal.visit import Visit
from backend.queries.roll import read_roll
from backend.settings import Settings


def signing_box(visited: Visit, settings: Settings) -> dict[str, object]:
    """The facts as JSON-ready values; the sentences each page adds itself."""
    reading, words = visited.reading, visited.words
    members = [one.ref for one in read_roll(reading.session, reading.consortium)]
    return {
        "chainId": reading.consortium.chain_id,
        "chainName": settings.chain_name,
        "rpcUrl": settings.wallet_rpc_url,
        "origin": settings.origin,
        "language": words.language,
        "locale": str(words.locale).replace("_", "-"),
        "timeZone": settings.time_zone,
        "registry": reading.consortium.registry,
        "members": {str(member.id): {"name": member.name, "code": member.code} for member in members},
    }
