// The protocol for models' tools, apart from the command line: only one command needs it, and
// the others are to start at once.
export { serveMcp } from "./node/mcp/serveMcp.js";
