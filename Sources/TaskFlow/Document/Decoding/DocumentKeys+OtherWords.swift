extension DocumentKeys {
  /// What people call a key who know other tools.
  static let otherWords: [String: [String]] = [
    "command": ["run"], "cmd": ["run"], "script": ["run"], "sh": ["run"], "bash": ["run"],
    "needs": ["after", "requires"], "depends_on": ["after", "requires"],
    "dependencies": ["after", "requires"], "depends": ["after", "requires"],
    "output": ["provides"], "outputs": ["provides"], "input": ["requires"],
    "args": ["requires"], "arguments": ["requires"], "if": ["when"], "condition": ["when"],
    "environment": ["env"], "rollback": ["revert"], "undo": ["revert"],
    "compensate": ["revert"], "steps": ["linear"], "tasks": ["linear", "graph"],
    "jobs": ["linear", "graph"], "parallel": ["unordered"], "sleep": ["wait"],
    "name": ["task", "flow"], "id": ["task", "flow"], "attempts": ["times"], "count": ["times"],
    "delay": ["backoff", "initial"], "values": ["for_each"], "foreach": ["for_each"],
    "vars": ["env", "inputs"], "parameters": ["inputs"], "params": ["inputs"],
  ]
}
