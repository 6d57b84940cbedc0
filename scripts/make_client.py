"""Makes a typed Python client out of the API's description: package `zbor_client` in `var/client/`. `make client`.

It is not kept in the repository: whoever uses the API makes it from the version that they talk to.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

from scripts.toolchain import VAR
from scripts.tools_apart import ensure_tools, tools_environment

FOLDER = VAR / "client"
PACKAGE = "zbor_client"
TAKEN_FOR = {
    "application/atom+xml": "text/html",
    **dict.fromkeys(("application/pdf", "image/png", "image/jpeg", "text/plain"), "application/octet-stream"),
}
"""Kinds of content that the generator does not know, as kinds that it handles in the same way: text or bytes."""


def main() -> None:
    """Make the client of the service at the address given; exit with 1 if that does not answer."""
    parser = argparse.ArgumentParser(description="Make a typed Python client of the API.")
    parser.add_argument("url", nargs="?", default="http://127.0.0.1:8000", help="where the service answers")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to put it (default: var/client)")
    arguments = parser.parse_args()
    try:
        with urlopen(f"{arguments.url}/v1/openapi.json", timeout=10) as answer:  # noqa: S310 - whatever one asks for
            document = json.load(answer)
    except OSError as error:
        sys.exit(f"{arguments.url} does not answer ({error}): start the service, with  make demo  for example")
    make_client(document, arguments.folder)
    print(f"{arguments.folder / PACKAGE}: put that folder where your program is; it needs httpx and attrs")


def make_client(document: object, folder: Path) -> None:
    """Write the package below the folder, in place of what was there.

    Raises `subprocess.CalledProcessError` if the description leaves out what the generator needs.
    """
    ensure_tools("api")
    folder.mkdir(parents=True, exist_ok=True)
    description, settings = folder / "openapi.json", folder / "settings.json"
    description.write_text(json.dumps(document))
    settings.write_text(json.dumps({"package_name_override": PACKAGE, "content_type_overrides": TAKEN_FOR}))
    shutil.rmtree(folder / PACKAGE, ignore_errors=True)
    command = ["openapi-python-client", "generate", "--path", str(description), "--config", str(settings)]
    command += ["--meta", "none", "--output-path", str(folder / PACKAGE), "--fail-on-warning"]
    subprocess.run(command, env=tools_environment("api"), check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
