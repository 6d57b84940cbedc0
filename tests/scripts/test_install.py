"""Set-up says in one line what is wrong, and does again only what an interrupted or outdated run left undone."""

import subprocess
import sys

import pytest

from scripts import install


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "ROOT", tmp_path)
    monkeypatch.setattr(install, "LOG", tmp_path / "setup.log")
    return tmp_path


def failing(message):
    return [sys.executable, "-c", f"import sys; print({message!r}, file=sys.stderr); sys.exit(3)"]


@pytest.mark.parametrize(
    ("output", "advice"),
    [
        ("OSError: [Errno 28] No space left on device", "disk is full"),
        ("npm error code ENOTFOUND", "network"),
        ("ERROR: No matching distribution found for uv==0.13.9", "network"),
        ("THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE", "arrived broken"),
        ("npm error code EINTEGRITY", "arrived broken"),
        ("ensurepip is not available", "python3-venv"),
        ("npm error code EACCES", "not writable"),
        ("something else entirely", "setup.log"),
    ],
)
def test_the_cause_of_a_failed_installer_is_told_in_one_line(checkout, output, advice):
    with pytest.raises(install.SetupError) as refusal:
        install.run(failing(output))
    assert advice in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_whole_output_of_an_installer_is_kept_in_the_log(checkout):
    with pytest.raises(install.SetupError):
        install.run(failing("a very particular message"))
    assert "a very particular message" in install.LOG.read_text()


def test_installers_keep_their_downloads_and_logs_inside_the_checkout(checkout):
    install.run([sys.executable, "-c", "import os; [print(f'{name}={value}') for name, value in os.environ.items()]"])
    told = dict(line.partition("=")[::2] for line in install.LOG.read_text().splitlines() if "=" in line)
    for name in ("PIP_CACHE_DIR", "UV_CACHE_DIR", "npm_config_cache", "npm_config_logs_dir"):
        assert told[name].startswith(str(checkout)), name


def test_a_missing_installer_is_a_refusal_and_no_crash(checkout):
    with pytest.raises(install.SetupError, match="no-such-program"):
        install.run(["no-such-program"])


def test_a_folder_without_a_stamp_is_not_taken_as_finished(tmp_path):
    assert not install.is_stamped(tmp_path, install.digest("lock"))


def test_a_folder_made_from_another_lock_file_is_not_taken_as_finished(tmp_path):
    install.write_stamp(tmp_path, install.digest("old lock"))
    assert not install.is_stamped(tmp_path, install.digest("new lock"))


def test_a_folder_made_from_the_same_lock_file_is_left_alone(tmp_path):
    install.write_stamp(tmp_path, install.digest("lock", "path"))
    assert install.is_stamped(tmp_path, install.digest("lock", "path"))


def test_the_parts_of_a_digest_are_told_from_each_other():
    assert install.digest("ab", "c") != install.digest("a", "bc")


def test_a_python_that_is_too_old_is_refused_with_the_version_that_is_needed(monkeypatch):
    monkeypatch.setattr(install, "OLDEST_PYTHON", (99, 0))
    monkeypatch.setattr(install, "may_run", lambda _command: False)
    with pytest.raises(install.SetupError, match=r"too old: Zbor needs 3\.11 or newer"):
        install.ensure_python()


def test_a_machine_without_node_is_seen_as_such(tmp_path, monkeypatch):
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not install.has_node()


@pytest.mark.parametrize(("version", "enough"), [("v18.20.0", False), ("v20.0.0", True), ("v24.1.0", True)])
def test_a_node_counts_only_when_it_is_new_enough(tmp_path, monkeypatch, version, enough):
    monkeypatch.setattr(install, "VENV", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("node", "npm"):
        program = tmp_path / name
        program.write_text(f"#!/bin/sh\necho {version}\n")
        program.chmod(0o755)
    assert install.has_node() is enough


def test_a_missing_browser_that_this_user_may_not_install_is_a_refusal(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(install.SetupError, match="need Chromium"):
        install.ensure_browser()


def test_the_refusal_is_all_that_the_command_prints_and_its_exit_status_is_one(checkout, monkeypatch, capsys):
    def refuse():
        raise install.SetupError("The disk is full.")

    monkeypatch.setattr(install, "install", refuse)
    monkeypatch.setattr(sys, "argv", ["install.py"])
    with pytest.raises(SystemExit) as ended:
        install.main()
    assert ended.value.code == "\nset-up stopped: The disk is full."
    assert capsys.readouterr() == ("", "")


def test_set_up_needs_nothing_but_the_standard_library():
    program = "import sys; sys.path.insert(0, 'scripts'); import install, toolchain; print('ok')"
    ended = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program], check=False, cwd=install.ROOT, capture_output=True, text=True
    )
    assert (ended.stdout, ended.stderr) == ("ok\n", "")
