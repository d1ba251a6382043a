/** What `recollect help` says. */
export const USAGE = `Usage: recollect <command> [options]

Commands:
  serve                  answer HTTP requests on 127.0.0.1 until interrupted
  ask "<question>"       answer a question in plain words, as the Chat view does
  mcp                    serve the tools of assistants on standard input and output (MCP)
  connect <agent>        have an agent use the memories: claude-code, codex, cursor, gemini, copilot,
                         devin (also called windsurf), opencode, cline or zed
  hook                   answer one hook of an agent: its JSON on standard input; always ends with 0
  learn                  make memories of a repository's commits, those that are new
  search <words>         list what is remembered, the best first
  export [file]          write memories into a file of plain text, or to standard output
  import <file>          take in an export; "-" reads standard input
  import                 list what of agents and of other memories is on this machine
  import --from <name> [path]
                         take it in, each thing once; names are in the list, and "all" stands for all of it
  check                  read and verify every file
  help                   show this

Options of all commands:
  --storage <folder>     the folder with the memories; else RECOLLECT_STORAGE, else the editor's
  --verbose              say on standard error what happens

Options of serve:
  --port <number>        else CLAUDE_MEM_WORKER_PORT, else 37700 and the user's number modulo 100; 0 takes a free one
  --repository <folder>  the repository of the branch endpoints; else the current folder
  --like claude-mem      answer as today's claude-mem where its guide has another shape
  --token-file <file>    where the token is kept; else serve.token in the storage folder
  --no-token             ask for no token; needs --let-every-local-program-read-and-write

Options of mcp:
  --repository <folder>  the folder that is worked in; else the client's, else the current one
  --beside-tools         lists no tools to an editor that has them from the extension

Options of connect:
  --dry-run              only show what would be written, and where
  --undo                 take it out again

Options of export:
  --format <name>        jsonl (unless told), markdown to read, or claude-mem; all but markdown can be imported
  --project <name>       only of this project; may be told several times

Options of import --from:
  --dry-run              only count what would be read; without --from, of all that is there

Options of hook:
  --agent <name>         claude-code, vscode, copilot, codex, cursor, gemini or devin; else found from
                         the input
  --event <name>         the agent's name of the event, where its input does not say
Options of learn:
  --repository <folder>  the repository; else that of the current folder
  --max-commits <number> how many of the newest are learned, 1 to 20000; 20000 unless told
  --json                 print JSON

Options of ask:
  --repository <folder>  the project that is asked about; else the current folder
  --after <question>     the question that was asked before
  --at <time>            ask as if it were then, and of nothing that happened later
  --file <path>          the file that "this file" means
  --limit <number>       1 to 200; 10 unless told
  --json                 print JSON

Options of search:
  --limit <number>       1 to 200; 10 unless told
  --project <name>       only of this project
  --json                 print JSON

Environment:
  RECOLLECT_TOKEN          the token of serve, at least 16 characters; else that of the token file
  CLAUDE_MEM_CONTEXT_OBSERVATIONS
                           observations of the injected context, 1 to 200; 50 unless told
  RECOLLECT_RECOVERY_CODE  opens encrypted memories
`;
