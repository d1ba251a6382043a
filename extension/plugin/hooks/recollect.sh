# Tells Recollect of one moment of an agent's work, and gives its model what it should know.
# Ends with 0 whatever happens: an agent takes 2 for "stop".
#
# RECOLLECT_NODE is set by the extension where it runs beside the agent: the editor's own program,
# which works as Node. Without it, Node has to be on PATH.

program="$(dirname "$0")/../../dist/cli.js"
if [ -r "$program" ]; then
  if [ -x "${RECOLLECT_NODE:-}" ]; then
    ELECTRON_RUN_AS_NODE=1 "$RECOLLECT_NODE" "$program" hook --agent vscode --event "$1" 2>/dev/null
  elif command -v node >/dev/null 2>&1; then
    node "$program" hook --agent vscode --event "$1" 2>/dev/null
  fi
fi
exit 0
