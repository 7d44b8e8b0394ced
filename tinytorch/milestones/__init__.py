"""tinytorch.milestones: what changed the field, done again with the parts that students build; `tito milestone`."""
