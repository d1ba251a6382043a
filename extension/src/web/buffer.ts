// The build gives this to every file of the web bundle that uses the name.
export { Buffer } from "buffer/";
