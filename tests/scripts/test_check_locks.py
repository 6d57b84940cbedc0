"""Lock files hold what the project asks for, no more and no less, and no download address."""

import json
import shutil

import pytest

from scripts import check_locks
from scripts.toolchain import ROOT

FILES = [*check_locks.LOCKS, "pyproject.toml", "package.json", "package-lock.json", ".npmrc"]


@pytest.fixture
def checkout(tmp_path):
    for name in FILES:
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def change(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def faults(root):
    return [*check_locks.python_faults(root), *check_locks.node_faults(root), *check_locks.addresses(root)]


def test_the_lock_files_of_this_checkout_have_no_fault(checkout):
    assert faults(checkout) == []


def test_a_requirement_that_is_not_locked_is_a_fault(checkout):
    change(checkout / "pyproject.toml", '"jinja2>=3.1"', '"jinja2>=3.1", "left-pad>=1"')
    assert faults(checkout) == ["requirements.lock: pyproject.toml asks for left-pad>=1, locked is None"]


def test_a_locked_version_that_no_longer_fits_is_a_fault(checkout):
    change(checkout / "pyproject.toml", '"jinja2>=3.1"', '"jinja2>=99"')
    assert len(faults(checkout)) == 1


def test_a_package_that_nothing_asks_for_any_more_is_a_fault(checkout):
    change(checkout / "pyproject.toml", '"jinja2>=3.1"', '"babel>=2.17"')
    assert faults(checkout) == ["requirements.lock: jinja2 is locked, but nothing asks for it"]


def test_a_requirement_of_the_installer_belongs_to_its_own_lock_file(checkout):
    change(checkout / "pyproject.toml", 'installer = ["uv>=0.9"]', 'installer = ["uv>=99"]')
    assert [fault.split(":")[0] for fault in faults(checkout)] == ["requirements-installer.lock"]


def test_a_node_package_of_another_version_is_a_fault(checkout):
    path = checkout / "package.json"
    wanted = json.loads(path.read_text())
    wanted["dependencies"]["solc"] = "0.0.1"
    path.write_text(json.dumps(wanted))
    assert len(faults(checkout)) == 2


def test_a_node_package_without_its_hash_is_a_fault(checkout):
    path = checkout / "package-lock.json"
    lock = json.loads(path.read_text())
    del lock["packages"]["node_modules/solc"]["integrity"]
    path.write_text(json.dumps(lock))
    assert len(faults(checkout)) == 1


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("requirements.lock", "--index-url https://packages.example/simple"),
        ("requirements.lock", "left-pad @ https://packages.example/left-pad.whl"),
        ("package-lock.json", '"resolved": "https://packages.example/left-pad.tgz"'),
        (".npmrc", "registry=https://packages.example/"),
    ],
)
def test_a_download_address_is_a_fault(checkout, name, line):
    with (checkout / name).open("a") as file:
        file.write(f"\n{line}\n")
    assert any(line in fault for fault in check_locks.addresses(checkout))
