"""Archives built in code, honest and not: a member is (name, content) or (name, content, kind)."""

import io
import stat
import tarfile
import zipfile

MODES = {"file": stat.S_IFREG, "link": stat.S_IFLNK, "device": stat.S_IFCHR, "pipe": stat.S_IFIFO}
TYPES = {
    "file": tarfile.REGTYPE,
    "folder": tarfile.DIRTYPE,
    "link": tarfile.SYMTYPE,
    "hard link": tarfile.LNKTYPE,
    "device": tarfile.CHRTYPE,
    "pipe": tarfile.FIFOTYPE,
}


def zipped(*members, method=zipfile.ZIP_DEFLATED):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content, *kind in members:
            entry = zipfile.ZipInfo(name)
            entry.compress_type = method
            entry.external_attr = (MODES[kind[0]] | 0o644) << 16 if kind else 0
            archive.writestr(entry, content)
    return file.getvalue()


def tarred(*members, packed="", form=tarfile.PAX_FORMAT):
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode=f"w:{packed}", format=form) as archive:
        for name, content, *kind in members:
            entry = tarfile.TarInfo(name)
            entry.type = TYPES[kind[0]] if kind else tarfile.REGTYPE
            entry.linkname = content if "link" in "".join(kind) else ""
            data = b"" if kind and kind[0] != "file" else content.encode() if isinstance(content, str) else content
            entry.size = len(data)
            archive.addfile(entry, io.BytesIO(data))
    return file.getvalue()
