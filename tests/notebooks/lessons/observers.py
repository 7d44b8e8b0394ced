# %% given
import enum

# %% solution bus
class Bus:
    def __init__(self):
        self.heard = {}
    def on(self, topic, call):
        if call not in self.heard.setdefault(topic, []):
            self.heard[topic].append(call)
        return call
    def off(self, topic, call):
        self.heard[topic].remove(call)
    def say(self, topic, *words):
        return [call(*words) for call in self.heard.get(topic, [])]

# %% right bus
class Bus:
    def __init__(self):
        self.heard = []
    def on(self, topic, call):
        if (topic, call) not in self.heard:
            self.heard.append((topic, call))
        return call
    def off(self, topic, call):
        self.heard = [each for each in self.heard if each != (topic, call)]
    def say(self, topic, *words):
        return [call(*words) for at, call in self.heard if at == topic]

# %% right bus
class Bus(dict):
    def on(self, topic, call):
        self.setdefault(topic, {})[call] = True
        return call
    def off(self, topic, call):
        del self[topic][call]
    def say(self, topic, *words):
        return [call(*words) for call in self.get(topic, ())]

# %% wrong bus
class Bus:
    def __init__(self):
        self.heard = {}
    def on(self, topic, call):
        self.heard.setdefault(topic, []).append(call)
        return call
    def off(self, topic, call):
        self.heard[topic].pop()
    def say(self, topic, *words):
        return [call(*words) for call in self.heard.get(topic, [])]

# %% test functions
class Topic(enum.Enum):
    NEWS = 1
    SPORT = 2
bus = Bus()
@lambda call: bus.on(Topic.NEWS, call)
def loud(word):
    return word.upper()
def quiet(word):
    return word.lower()
bus.on(Topic.NEWS, quiet)
bus.on(Topic.NEWS, loud)
bus.on(Topic.SPORT, loud)
assert bus.say(Topic.NEWS, "Rain") == ["RAIN", "rain"]
bus.off(Topic.NEWS, loud)
assert bus.say(Topic.NEWS, "Rain") == ["rain"]
assert bus.say(Topic.SPORT, "Goal") == ["GOAL"]

# %% test methods
class Reader:
    def __init__(self):
        self.read = []
    def hear(self, word):
        self.read.append(word)
ann, bob, bus = Reader(), Reader(), Bus()
for each in (ann, bob, ann):
    bus.on("news", each.hear)
bus.say("news", "one")
bus.off("news", ann.hear)
bus.say("news", "two")
assert (ann.read, bob.read) == (["one"], ["one", "two"])

# %% test lists
found, bus = [], Bus()
bus.on("all", found.append)
bus.say("all", 1)
bus.off("all", found.append)
bus.say("all", 2)
assert found == [1]
