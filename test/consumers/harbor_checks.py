"""Harbor's own validators on what is exported for it. `python harbor_checks.py FOLDER`: one folder a format.

The Agent Data Protocol takes the same documents, but has no validator on the package index: its rules are checked as
`understudy` understands them.
"""

import json
import sys
from pathlib import Path

from harbor.lint import lint_task
from harbor.models.task.task import Task
from harbor.utils.trajectory_validator import TrajectoryValidator

# Advice on how to run a task, not on its form.
ADVICE = {"unpinned-image", "root-agent", "shared-verifier"}

# Arguments of the tools that the Agent Data Protocol has built in.
ADP_TOOLS = {
    "execute_bash": {"command"},
    "execute_ipython_cell": {"code"},
    "str_replace_editor": {"command", "path", "view_range", "file_text", "old_str", "new_str", "insert_line"},
    "finish": {"message", "task_completed"},
}


def check_atif(file):
    validator = TrajectoryValidator()
    assert validator.validate(file), f"{file.name}: {validator.errors}"


def check_agent_data(document):
    """Tools that are built in, with their arguments; each answer belongs to the call of its step, and no id comes twice."""
    seen = set()
    for step in document["steps"]:
        calls = {call["tool_call_id"]: call for call in step.get("tool_calls", [])}
        assert step["source"] == "agent" or not calls
        assert not seen & set(calls), "an id comes twice"
        seen |= set(calls)
        for call in calls.values():
            assert set(call["arguments"]) <= ADP_TOOLS[call["function_name"]], call
        for result in step.get("observation", {}).get("results", []):
            assert result["source_call_id"] in calls
    assert seen, "no calls"


def check_task(folder):
    """Reads as Harbor reads it, and the linter finds nothing wrong in its form."""
    assert Task(folder).config.task.name.startswith("understudy/")
    faults = [one for one in lint_task(folder) if one.rule.value not in ADVICE]
    assert not faults, faults


def main(parent):
    documents = [file for file in sorted((parent / "atif").glob("*.json"))]
    for file in documents:
        check_atif(file)
        check_agent_data(json.loads(file.read_text("utf-8")))
    tasks = [folder for folder in sorted((parent / "harbor").iterdir()) if folder.is_dir()]
    for folder in tasks:
        check_task(folder)
    assert documents and tasks
    print(f"Harbor validates {len(documents)} trajectories (ATIF) and {len(tasks)} tasks")
    print("Agent Data Protocol: no validator on the package index; its tools, arguments and ids were checked by hand")


main(Path(sys.argv[1]))
