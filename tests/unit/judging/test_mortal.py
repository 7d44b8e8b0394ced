"""Objects whose class says what happens when they go: they go when the test lets go of them, as in one process."""

import pytest

ROBOTS = """
class Robot:
    population = 0
    def __init__(self, name):
        self.name = name
        Robot.population += 1
    def __del__(self):
        print("bye", self.name)
        Robot.population -= 1
    def greet(self):
        return self.name
class Fleet(list):
    gone = []
    def __del__(self):
        self.gone.append(len(self))
class Walker(Robot):
    pass
def several(count):
    return [Robot(each) for each in range(count)]
kept = []
def keep(robot):
    kept.append(robot)
def boom():
    class Boom:
        def __del__(self):
            raise ValueError("too late")
    return Boom()
def endless():
    class Endless:
        def __del__(self):
            while True: pass
    return Endless()
"""


@pytest.fixture
def work(subject):
    session = subject(ROBOTS)
    return lambda name: session.find("work", name)


@pytest.mark.parametrize("name", ["Robot", "Walker"])
def test_an_object_goes_with_its_last_name(work, name):
    kind = work(name)
    robot = kind("a")
    assert robot.greet() == "a"
    assert kind.population == 1
    again = robot
    del robot
    assert kind.population == 1
    del again
    assert kind.population == 0


def test_what_it_says_then_is_heard_at_once(subject):
    session = subject(ROBOTS)
    robot = session.find("work", "Robot")("a")
    del robot
    assert session.printed() == "bye a\n"


def test_what_the_submission_holds_too_stays(work):
    robot, kind = work("Robot")("a"), work("Robot")
    work("keep")(robot)
    del robot
    assert kind.population == 1
    work("kept").clear()
    assert kind.population == 0


def test_members_of_a_list_go_one_by_one(work):
    robots, kind = work("several")(3), work("Robot")
    assert kind.population == 3
    del robots[0]
    assert kind.population == 2
    robots.clear()
    assert kind.population == 0


def test_a_list_of_the_submission_s_own_class_goes_as_well(work):
    kind = work("Fleet")
    fleet = kind([1, 2])
    fleet.append(3)
    del fleet
    assert kind.gone == [3]


def test_what_goes_wrong_then_is_nobody_s_error(work):
    dying = work("boom")()
    del dying
    assert work("Robot").population == 0


def test_what_never_ends_then_is_the_next_question_s_fault(work, subject):
    session = subject(ROBOTS)
    session.start(0.3)
    dying = session.find("work", "endless")()
    del dying
    assert session.fault is not None
    with pytest.raises(type(session.fault)):
        session.find("work", "Robot")


def test_a_call_is_still_told(subject):
    session = subject(ROBOTS)
    assert session.find("work", "Robot")("a").greet() == "a"
    assert session.calls.last(1) == ("Robot('a').greet()  →  'a'",)
