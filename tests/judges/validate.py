"""Runs pyHanko's command line over many files in one process, since starting it
takes longer than judging. Reads a JSON array of argument lists from standard
input; prints a JSON array of what each said, with its exit code.
"""

import json
import sys

from click.testing import CliRunner

from pyhanko.cli import cli_root

runner = CliRunner()
said = []
for line in json.load(sys.stdin):
    result = runner.invoke(cli_root, line, prog_name="pyhanko")
    said.append({"code": result.exit_code, "said": result.output})
json.dump(said, sys.stdout, ensure_ascii=False)
