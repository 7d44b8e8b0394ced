"""A session: answers, faults, clocks, output and the contract."""

import contextlib
import os
import textwrap
import time

import numpy as np
import pytest

from tito.judging.judge.contract import Contract
from tito.judging.judge.faults import SubjectFault, raised
from tito.judging.judge.session import Session
from tito.model.outcome import Status


def fault_of(call):
    with pytest.raises(SubjectFault) as caught:
        call()
    return caught.value


def test_a_function_is_called_with_data_and_gives_data(subject):
    double = subject("def double(x): return x * 2").find("work", "double")
    assert double(21) == 42
    np.testing.assert_array_equal(double(np.arange(3)), [0, 2, 4])


def test_an_exception_comes_as_its_built_in_type_with_the_students_frames(subject):
    session = subject("class Odd(KeyError): pass\ndef fail():\n    raise Odd('k')\n")
    with pytest.raises(KeyError) as caught:
        session.find("work", "fail")()
    told = raised(caught.value)
    assert told.name == "Odd"
    assert [(frame.path, frame.line, frame.function) for frame in told.frames] == [("work.py", 3, "fail")]


def test_a_students_exception_class_can_be_expected_by_name(subject):
    session = subject("class Odd(ValueError): pass\ndef fail(): raise Odd('k')")
    with pytest.raises(session.find("work", "Odd")):
        session.find("work", "fail")()


def test_a_name_that_is_not_defined_is_a_name_error(subject):
    with pytest.raises(NameError, match="'gone' is not defined"):
        subject("").find("work", "gone")


@pytest.mark.parametrize(("main", "found"), [(True, ["__main__", 3, 4, 5]), (False, ["notes"])])
def test_a_notebook_is_the_main_module_to_itself(zygote, main, found):
    text = """
        if __name__ == "__main__":
            import __main__, sys
            __main__.two = 4
            sys.modules["notes"].three = 5
            found = [__name__, 3, two, three]
        else:
            found = [__name__]
    """
    with contextlib.closing(Session(zygote, zygote.spawn(), Contract(recording=True), ())) as session:
        session.ready()
        session.start(2)
        assert session.run("notes", [("a.py", 1, textwrap.dedent(text))], main=main) == []
        assert session.find("notes", "found") == found


def test_cells_after_a_failing_one_still_run(zygote, subject):
    session = subject("x = 1")
    failed = session.run("work", [("a.py", 1, "1/0"), ("a.py", 9, "def f(:"), ("a.py", 12, "y = 2")])
    assert [(place, fault.name, fault.frames[-1].line) for place, fault in failed] == [
        (0, "ZeroDivisionError", 1),
        (1, "SyntaxError", 9),
    ]
    assert session.find("work", "y") == 2


@pytest.mark.parametrize(
    ("body", "status", "text"),
    [
        ("import os; os._exit(0)", Status.CRASHED, "exit code 0"),
        ("import os; os.kill(os.getpid(), 11)", Status.CRASHED, "SIGSEGV"),
        ("raise KeyboardInterrupt", Status.CRASHED, "KeyboardInterrupt"),
        ("class Stop(BaseException): pass\n    raise Stop", Status.CRASHED, "Stop"),
        ("while True: pass", Status.TIMEOUT, "no answer within 0.3 s"),
        ("import time; time.sleep(60)", Status.TIMEOUT, "no answer"),
        ("import os; os.close(3)", Status.CRASHED, "ended"),
        ("import os; os.write(3, b'x' * 99)", Status.CONTRACT, "protocol"),
    ],
)
def test_a_subject_that_ends_or_stalls_is_named(subject, body, status, text):
    session = subject(f"def f():\n    {body}\n")
    function = session.find("work", "f")
    session.start(0.3)
    fault = fault_of(function)
    session.close()
    assert fault.status is status
    assert text in fault.message


def test_an_endless_loop_is_found_with_its_line_and_its_output_kept(subject):
    session = subject("def f():\n    print('once')\n    while True:\n        g()\ndef g():\n    pass\n")
    function = session.find("work", "f")
    session.start(0.3)
    fault = fault_of(function)
    assert (fault.frames[0].path, fault.frames[0].function) != ("", "")
    assert "f" in [frame.function for frame in fault.frames if frame.path == "work.py"]
    assert session.printed() == "once\n"


def test_nothing_can_be_asked_after_a_fault(subject):
    session = subject("def f(): import os; os._exit(1)")
    function = session.find("work", "f")
    first = fault_of(function)
    assert fault_of(function) is first
    assert fault_of(lambda: session.find("work", "f")) is first


def test_a_fault_is_no_exception_that_a_test_could_expect(subject):
    function = subject("def f(): import os; os._exit(1)").find("work", "f")
    with pytest.raises(SubjectFault):
        try:
            function()
        except Exception:  # noqa: BLE001
            pytest.fail("swallowed")


def test_sleep_is_bound_by_the_wall_clock_and_not_by_processor_time_alone(subject):
    session = subject("import time\ndef f(): time.sleep(0.4); return 1")
    function = session.find("work", "f")
    session.start(0.2)
    assert function() == 1


def test_output_is_kept_up_to_a_limit_and_the_rest_counted(subject):
    session = subject("def f():\n    for _ in range(300): print('x' * 999)")
    session.find("work", "f")()
    text = session.printed()
    assert text.startswith("x" * 999 + "\n")
    assert "more bytes were printed" in text
    assert len(text) < 70_000


def test_endless_output_ends_with_the_clock(subject):
    session = subject("def f():\n    while True: print('x' * 9999)")
    function = session.find("work", "f")
    session.start(0.3)
    begun = time.monotonic()
    assert fault_of(function).status is Status.TIMEOUT
    assert time.monotonic() - begun < 5


def test_memory_has_a_limit(subject):
    with pytest.raises(MemoryError):
        subject("import numpy as np\ndef f(): return np.ones(10**9)").find("work", "f")()


def test_deep_recursion_is_an_error_of_the_call_alone(subject):
    session = subject("def f(): return f()\ndef g(): return 1")
    with pytest.raises(RecursionError):
        session.find("work", "f")()
    assert session.find("work", "g")() == 1


@pytest.mark.parametrize(
    "body",
    [
        "x = []\n    for _ in range(200): x = [x]\n    return x",
        "return list(range(10**6))",
        "return bytes(10**8)",
    ],
)
def test_an_answer_that_cannot_be_handed_over_is_an_error_of_the_call(subject, body):
    session = subject(f"def f():\n    {body}\ndef g(): return 1")
    with pytest.raises(Exception, match=r"too (deep|large)|too many"):
        session.find("work", "f")()
    assert session.find("work", "g")() == 1


def test_arrays_and_lists_written_in_place_come_back(subject):
    fill = subject("def fill(a, l, d):\n    a[1:] = 7\n    l.append(a[0])\n    d['k'] = 1").find("work", "fill")
    array, items, table = np.zeros(3), [], {}
    fill(array, items, table)
    np.testing.assert_array_equal(array, [0, 7, 7])
    assert items == [0.0]
    assert table == {"k": 1}


def test_an_object_where_the_reference_gave_data_is_refused(subject):
    source = "class Yes:\n    def __eq__(self, other): return True\ndef f(): return Yes()"
    session = subject(source, Contract({"f": "object", "f()": "data"}))
    fault = fault_of(session.find("work", "f"))
    assert fault.status is Status.CONTRACT
    assert fault.message == "f(): the submission gave an object of class 'Yes' where plain data is expected"


def test_an_object_where_the_reference_was_never_asked_is_refused(subject):
    session = subject("class A: b = property(lambda self: A())", Contract({"A": "object", "A()": "object"}))
    made = session.find("work", "A")()
    assert fault_of(lambda: made.b).status is Status.CONTRACT


def test_an_object_hidden_in_a_list_is_refused_too(subject):
    session = subject("class Yes: pass\ndef f(): return [1, (Yes(),)]", Contract({"f": "object", "f()": "data"}))
    assert fault_of(session.find("work", "f")).status is Status.CONTRACT


def test_a_renamed_class_keeps_the_contract_of_the_name_it_is_bound_to(subject):
    contract = Contract({"A": "object", "A()": "object", "A.twin()": "object"})
    session = subject("class Mine:\n    def twin(self): return Mine()\nA = Mine", contract)
    assert type(session.find("work", "A")().twin()).__name__ == "Mine"


def test_recording_notes_the_widest_kind_of_each_answer(subject):
    contract = Contract(recording=True)
    session = subject("class A:\n    n = None\n    def twin(self): return A()", contract)
    made = session.find("work", "A")()
    assert made.n is None
    made.twin()
    assert {key: str(kind) for key, kind in contract.kinds.items()} == {
        "A": "object", "A()": "object", "A.n": "data", "A.twin()": "object",
    }  # fmt: skip


def test_the_subject_leaves_no_scratch_folder_behind(zygote):
    started = zygote.spawn()
    assert os.path.isdir(started.scratch)  # noqa: PTH112
    zygote.end(started)
    assert not os.path.exists(started.scratch)  # noqa: PTH110


def test_the_subject_has_no_environment_stdin_or_descriptor_of_the_judge(subject):
    session = subject(
        """
        import os, sys
        def look():
            return sorted(os.environ), sys.stdin.read(), [each for each in range(64) if is_open(each)]

        def is_open(number):
            try:
                return bool(os.fstat(number))
            except OSError:
                return False
        """
    )
    names, typed, descriptors = session.find("work", "look")()
    assert names == ["HOME", "LANG", "OPENBLAS_NUM_THREADS", "PATH", "TMPDIR"]
    assert typed == ""
    assert descriptors == [0, 1, 2, 3]


def test_the_subject_can_import_numpy_but_neither_tito_nor_pytest(subject):
    session = subject("")
    failed = session.run(
        "work", [("a", 1, "import numpy.linalg"), ("b", 1, "import pytest"), ("c", 1, "import rich")]
    )
    assert [(place, fault.name) for place, fault in failed] == [
        (1, "ModuleNotFoundError"),
        (2, "ModuleNotFoundError"),
    ]
