"""A class on a cluster: the same grades as on one machine, whatever dies meanwhile, and a sentence where it cannot."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from decimal import Decimal
from pathlib import Path

import pytest

from tito.errors import BrokenError
from tito.report import class_json
from tito.scoring import statistics
from tito.workflows.course.opening import open_course
from tito.workflows.grading import cluster, cluster_worker, parcel
from tito.workflows.grading.cluster import Cluster
from tito.workflows.grading.grade import Grading, grade
from tito.workflows.grading.judges import start_judges

distributed = pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@contextlib.contextmanager
def cluster_of(count, **settings):
    """Give the address of a cluster of so many workers; `settings` are Dask's, in the environment."""
    command = [sys.executable, str(Path(__file__).with_name("cluster_process.py")), str(count)]
    environment = os.environ | settings
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        yield process.stdout.readline().strip()
        process.stdin.close()


@pytest.fixture(scope="module")
def address():
    with cluster_of(2) as started:
        yield started


@pytest.fixture
def graded(address):
    """Grade a class on the cluster; return the result with each student whom progress was told of, in that order."""

    def run(made, progress=lambda _: None, store=None):
        told = []

        def tell(advance):
            told.append(advance.student)
            progress(advance)

        course = open_course(made.course)
        with start_judges(course, None, cluster=address) as judges:
            assert isinstance(judges, Cluster)
            grading = Grading(course, "01", [made.submitted], judges, store=store)
            for advance in grading.advance():
                tell(advance)
            return grading.result(), told

    return run


def scores(result):
    return {each.student: each.earned for each in result.grades}


def plain(result):
    """Return a result as plain data without what a clock decides."""
    native = json.loads(class_json(result.rubric, result.grades, statistics(result.rubric, result.grades), ""))

    def timeless(value):
        if isinstance(value, dict):
            return {name: timeless(each) for name, each in value.items() if name != "seconds"}
        return [timeless(each) for each in value] if isinstance(value, list) else value

    return timeless(native)


def pids(address, count=1):
    """Return the workers' process ids, when there are `count` again after others were killed."""
    with distributed.Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)
        return list(client.run(os.getpid).values())


def judges_of(workers):
    import psutil

    found = [each for pid in workers for each in psutil.Process(pid).children()]
    running = [each for each in found if each.status() != psutil.STATUS_ZOMBIE]
    return [each for each in running if "grading.worker" in " ".join(each.cmdline())]


def test_a_cluster_gives_what_one_machine_gives(graded, new_class):
    made = new_class(20)
    (made.submitted / "odd.ipynb").write_text("{")
    (made.submitted / "crash.py").write_text("import os\nos._exit(3)\n")
    course = open_course(made.course)
    with start_judges(course, None, 1) as judges:
        here = grade(course, "01", [made.submitted], judges)
    there, told = graded(made)
    assert plain(there) == plain(here)
    assert sorted(told) == sorted([*made.expected, "odd", "crash"])
    assert scores(there) == made.expected | {"odd": Decimal(0), "crash": Decimal(0)}


def test_a_killed_worker_loses_nothing_and_doubles_nothing(graded, new_class, address):
    made, killed, store = new_class(32, pause=0.05), [], {}

    def kill(advance):
        if advance.done in {8, 20}:
            killed.append(pids(address)[0])
            os.kill(killed[-1], signal.SIGKILL)

    result, told = graded(made, kill, store)
    assert len(killed) == 2
    assert sorted(told) == sorted(made.expected)
    assert scores(result) == made.expected
    assert len(store) == len(made.expected)


def test_a_submission_that_workers_die_of_is_given_up_and_the_rest_is_graded(graded, new_class, monkeypatch):
    judge_batch = cluster_worker.judge_batch

    def deadly(digest, works):
        if any(work["student"] == "s05" for work in works):
            os._exit(9)
        return judge_batch(digest, works)

    monkeypatch.setattr(cluster_worker, "judge_batch", deadly)
    made, store = new_class(10), {}
    result, told = graded(made, store=store)
    assert sorted(told) == sorted(made.expected)
    broken = [each for each in result.grades if each.broken]
    assert [each.student for each in broken] == ["s05"]
    assert {name: score for name, score in scores(result).items() if name != "s05"} == {
        name: score for name, score in made.expected.items() if name != "s05"
    }
    assert len(store) == 9


def test_a_killed_judge_is_replaced_within_its_worker(graded, new_class, address):
    made, killed = new_class(32, pause=0.05), []
    # One judge of each: whoever dies of two is given up.
    moments = dict(zip((5, 15), pids(address, 2), strict=True))

    def kill(advance):
        if advance.done in moments:
            killed.append(judges_of([moments[advance.done]]))
            for judge in killed[-1]:
                judge.kill()

    result, told = graded(made, kill)
    assert all(killed)
    assert sorted(told) == sorted(made.expected)
    assert scores(result) == made.expected


def test_a_grader_is_sent_to_each_worker_once(graded, new_class, monkeypatch):
    made, sent = new_class(4), []
    # Nobody has this one yet.
    settings = made.course / "tito.toml"
    settings.write_text(settings.read_text("utf-8") + "submission_seconds = 51\n", "utf-8")
    run = distributed.Client.run

    def noted(self, function, *arguments, **options):
        if function is cluster_worker.keep:
            sent.extend(options["workers"])
        return run(self, function, *arguments, **options)

    monkeypatch.setattr(distributed.Client, "run", noted)
    graded(made)
    assert sent
    (made.submitted / "s00.py").write_text("def double(x):\n    return 2 * x\n")
    assert scores(graded(made)[0]) == made.expected
    # A worker that has come in the meantime is another one.
    assert len(sent) == len(set(sent))


def test_a_worker_with_other_versions_is_refused_before_anyone_is_graded(graded, new_class, monkeypatch):
    ours = cluster.versions
    monkeypatch.setattr(cluster, "versions", lambda packages: ours(packages) | {"numpy": "0.9"})
    with pytest.raises(BrokenError, match=r"^the worker tcp://\S+ cannot judge: it has numpy .*, not 0.9"):
        graded(new_class(2))


def test_a_worker_that_joined_later_and_cannot_judge_says_so(graded, new_class, monkeypatch):
    there = cluster.versions(["numpy"]) | {"numpy": "0.9"}
    monkeypatch.setattr(parcel, "versions", lambda _: there)
    with pytest.raises(BrokenError, match=r"^the worker tcp://\S+ cannot judge: it has numpy .*, not 0.9"):
        graded(new_class(2))


def test_nothing_is_left_when_the_workers_have_gone(new_class):
    import psutil

    made = new_class(4)
    with cluster_of(1) as own:
        course = open_course(made.course)
        with start_judges(course, None, cluster=own) as judges:
            grade(course, "01", [made.submitted], judges)
        (pid,) = pids(own)
        family = psutil.Process(pid).children(recursive=True)
        assert family
    psutil.wait_procs(family, timeout=10)
    assert not [each for each in family if each.is_running()]
    assert not list(Path(tempfile.gettempdir()).glob(f"tito-run-{pid}-*"))


@pytest.mark.parametrize(
    ("address", "code", "sentence"),
    [
        ("tcp://127.0.0.1:9", 4, "tito: there is no Dask scheduler at tcp://127.0.0.1:9."),
        (
            "tls://127.0.0.1:9",
            2,
            "tito: --cluster tls://127.0.0.1:9 needs certificates, and Dask has been told of none.",
        ),
        ("gopher://a:1", 2, "tito: --cluster gopher://a:1 is no address of a scheduler. Write tcp://"),
    ],
)
def test_an_address_where_there_is_no_cluster_gets_a_sentence(new_class, address, code, sentence):
    done = new_class(1).run("--cluster", address)
    assert (done.returncode, done.stderr[: len(sentence)]) == (code, sentence)
    assert done.stderr.count("\n") == 1


@pytest.fixture
def certificates(tmp_path):
    """Return Dask's settings, as docs/scale.md gives them, with certificates made for this test."""
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("there is no openssl here to make certificates")
    (tmp_path / "names").write_text("subjectAltName=DNS:localhost,IP:127.0.0.1")
    for command in (
        "req -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 2 -subj /CN=ca",
        "req -newkey rsa:2048 -nodes -keyout me.key -out me.csr -subj /CN=localhost",
        "x509 -req -in me.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out me.pem -days 2 -extfile names",
    ):
        subprocess.run([openssl, *command.split()], cwd=tmp_path, check=True, capture_output=True)
    comm = "DASK_DISTRIBUTED__COMM__"
    own = {f"{comm}TLS__{each}__CERT": str(tmp_path / "me.pem") for each in ("SCHEDULER", "WORKER", "CLIENT")}
    own |= {f"{comm}TLS__{each}__KEY": str(tmp_path / "me.key") for each in ("SCHEDULER", "WORKER", "CLIENT")}
    return {f"{comm}REQUIRE_ENCRYPTION": "True", f"{comm}TLS__CA_FILE": str(tmp_path / "ca.pem"), **own}


def test_a_cluster_is_reached_over_tls_and_by_nobody_without_a_certificate(new_class, certificates, tmp_path):
    made = new_class(4)
    with cluster_of(1, **certificates) as address:
        assert address.startswith("tls://")
        done = made.run("--cluster", address, "--json", tmp_path / "out.json", **certificates)
        bare = made.run("--cluster", address.replace("tls", "tcp"))
    assert done.returncode == 0, done.stderr
    assert made.scores(tmp_path / "out.json") == made.expected
    assert (bare.returncode, bare.stderr.count("\n")) == (4, 1)


def test_certificates_that_are_not_there_get_a_sentence(new_class, certificates, tmp_path):
    (tmp_path / "ca.pem").unlink()
    done = new_class(1).run("--cluster", "tls://127.0.0.1:9", **certificates)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "these certificates cannot be used" in done.stderr


def test_without_dask_it_says_what_to_install(new_class, tmp_path):
    (tmp_path / "distributed.py").write_text("raise ImportError\n")
    done = new_class(1).run("--cluster", "tcp://127.0.0.1:9", PYTHONPATH=str(tmp_path))
    sentence = "--cluster needs Dask, which is not installed. Run `pip install 'tito-autograder[cluster]'`."
    assert (done.returncode, done.stderr) == (2, f"tito: {sentence}\n")
