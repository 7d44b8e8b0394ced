"""tinytorch.perf: what students build, module by module. Made by `tito export`; nothing is imported here."""
