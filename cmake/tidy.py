#!/usr/bin/env python3
"""clang-tidy over every source of a configured build, many files at a time.

    tidy.py BUILD_DIR [WORD...]     only files whose path has one of the words

Most of clang-tidy's time goes into the headers of a file, so files of the same flags are included into one. Files that
name the same thing in one namespace cannot stand together: where they meet, one is examined by itself.
Ends with 1 where there is a finding, with 2 where a file cannot be read.
"""
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys

TOGETHER = 10
CLASH = re.compile(r"^(\S+?):\d+:\d+: error: .*\[clang-diagnostic-error", re.MULTILINE)


def flags_of(entry):
    """The command without compiler, source and output."""
    words = iter(shlex.split(entry["command"])[1:])
    kept = []
    for word in words:
        if word in ("-o", "-c"):
            next(words)
        elif word != entry["file"]:
            kept.append(word)
    return tuple(kept)


def batches_of(entries):
    """Groups of equal flags, cut so that neighbours of one folder fall into different batches."""
    groups = {}
    for entry in entries:
        groups.setdefault(flags_of(entry), []).append(entry["file"])
    for flags, files in groups.items():
        files.sort()
        count = -(-len(files) // TOGETHER)
        for k in range(count):
            yield flags, files[k::count]


def examine(root, folder, number, flags, files):
    """What clang-tidy says of these files, and whether it could read them."""
    source = files[0]
    if len(files) > 1:
        source = folder / f"{number}.cpp"
        source.write_text("".join(f'#include "{file}"\n' for file in files))
        flags = (*flags, "-Wno-shadow")  # a local name may be a neighbour's
    command = ["clang-tidy", "-quiet", f"--config-file={root}/.clang-tidy", r"--header-filter=(rooms/|\.cpp$)"]
    done = subprocess.run([*command, str(source), "--", *flags], capture_output=True, text=True, cwd=root, check=False)
    clashing = set(CLASH.findall(done.stdout))
    if len(files) > 1 and clashing:
        alone = [file for file in files if file in clashing] or files
        together = [file for file in files if file not in alone]
        parts = [examine(root, folder, number, flags, [file]) for file in alone]
        parts += [examine(root, folder, number, flags, together)] if together else []
        return "".join(text for text, _ in parts), all(read for _, read in parts)
    return done.stdout, not clashing and done.returncode >= 0


def findings_in(text):
    """Each finding with the lines that explain it."""
    found = []
    for line in text.splitlines():
        if re.search(r": (error|warning): .*\[[a-z]", line):
            found.append([line])
        elif found:
            found[-1].append(line)
    return ["\n".join(lines) for lines in found]


def main():
    build, words = pathlib.Path(sys.argv[1]).resolve(), sys.argv[2:]
    root = pathlib.Path(__file__).resolve().parent.parent
    entries = json.loads((build / "compile_commands.json").read_text())
    entries = [e for e in entries if "cmake_pch" not in e["file"]]
    if words:
        entries = [e for e in entries if any(word in e["file"] for word in words)]
    folder = build / "tidy"
    folder.mkdir(exist_ok=True)
    batches = list(batches_of(entries))
    seen, all_read = set(), True
    with concurrent.futures.ThreadPoolExecutor(len(os.sched_getaffinity(0))) as pool:
        work = [pool.submit(examine, root, folder, k, *batch) for k, batch in enumerate(batches)]
        for done, future in enumerate(concurrent.futures.as_completed(work), 1):
            text, read = future.result()
            all_read = all_read and read
            for finding in findings_in(text):
                if finding not in seen:
                    print(finding, flush=True)
                seen.add(finding)
            if done % max(1, len(batches) // 10) == 0:
                print(f"clang-tidy: {done} of {len(batches)} groups of files", file=sys.stderr, flush=True)
    print(f"clang-tidy: {len(seen)} findings in {len(entries)} sources", file=sys.stderr)
    return 2 if not all_read else 1 if seen else 0


if __name__ == "__main__":
    sys.exit(main())
