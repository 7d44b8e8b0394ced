import sys

subject = sys.modules["tito.judging.subject.server"].Subject
subject._found = lambda *args: []
subject._do_find = lambda self, module, name: {}[object()]
