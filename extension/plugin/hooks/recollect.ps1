# Tells Recollect of one moment of an agent's work, and gives its model what it should know.
# Ends with 0 whatever happens: an agent takes 2 for "stop".
#
# RECOLLECT_NODE is set by the extension where it runs beside the agent: the editor's own program,
# which works as Node. Without it, Node has to be on PATH.
param([string]$moment)

$program = Join-Path $PSScriptRoot "..\..\dist\cli.js"
$node = $env:RECOLLECT_NODE
if (-not $node) { $node = (Get-Command node -ErrorAction SilentlyContinue).Source }
if ($node -and (Test-Path $node) -and (Test-Path $program)) {
  $env:ELECTRON_RUN_AS_NODE = "1"
  & $node $program hook --agent vscode --event $moment 2>$null
}
exit 0
