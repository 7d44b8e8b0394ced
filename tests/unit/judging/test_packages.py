"""A course's packages: what pip calls them, and which of them are imported before subjects are forked."""

import pytest

from tito.errors import BrokenError
from tito.judging.judge.launcher import Zygote
from tito.judging.judge.packages import distributions, places
from tito.sandbox.confine import best_level
from tito.sandbox.limits import Limits

THREADED = "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()\n"


@pytest.fixture
def installed(tmp_path, monkeypatch):
    """What installs a package of one module, as far as Python's own metadata tell."""
    monkeypatch.syspath_prepend(tmp_path)

    def install(name, text, requires="", module=""):
        module = module or name
        (tmp_path / f"{module}.py").write_text(text)
        info = tmp_path / f"{name.replace('-', '_')}-1.0.dist-info"
        info.mkdir()
        (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n{requires}")
        (info / "RECORD").write_text(f"{module}.py,,\n{info.name}/METADATA,,\n")

    return install


def test_a_package_that_starts_threads_is_left_to_the_subjects(installed):
    installed("calm", "x = 1\n")
    installed("threaded_one", THREADED)
    with Zygote(best_level(), Limits(cpu=5), ["threaded_one", "calm"]) as zygote:
        zygote.load({})
        assert zygote.threaded == ("threaded_one",)
        zygote.end(zygote.spawn())


def test_what_a_package_needs_is_found_by_its_markers_and_extras(installed):
    installed("needed", "")
    installed("extra", "")
    installed("never", "")
    installed(
        "whole",
        "",
        "Requires-Dist: needed\nRequires-Dist: extra; extra == 'x'\nRequires-Dist: never; python_version < '3'\n",
    )
    assert set(places(["whole"])) == {"whole", "needed"}


def test_an_extra_that_the_course_names_brings_what_it_needs(installed):
    installed("extra", "")
    installed("whole", "", "Provides-Extra: x\nRequires-Dist: extra; extra == 'x'\n")
    assert set(places(["whole[x]"])) == {"whole", "extra"}
    assert distributions(["whole[x]"]) == ["whole[x]"]


def test_packages_are_named_as_one_installs_or_imports_them(installed):
    installed("py-thing", "", module="thing")
    assert distributions(["thing"]) == distributions(["py-thing"]) == ["py-thing"]
    assert set(places(["py-thing"])) == set(places(["thing"])) == {"thing"}


def test_what_is_not_installed_says_how_to_install_it(monkeypatch):
    monkeypatch.setattr("tito.judging.judge.packages.metadata.packages_distributions", dict)
    with pytest.raises(BrokenError, match=r"package cv2 is not installed\. Run `pip install opencv-python-headless`"):
        places(["cv2"])
    assert distributions(["cv2"]) == ["opencv-python-headless"]
